"""Categories, dispatch rules, merchants and codes, as the rows of a workbook would have them."""

from server import codes, merchants
from server.workbook.draft import Draft
from server.workbook.parsing import Line
from server.workbook.standing import Values

_IN_USE: Values = dict.fromkeys(("token", "short", "ended_on", "successor")) | {
    "batch": "",
    "ended_for": "",
}
_ROOMS_ONLY = "户内码只给房屋。"


def offer(draft: Draft) -> None:
    """Check what can be reported, whose it is, who trades where, and the signs; keep what is to be
    written."""
    draft.rows["town"] = [values for values, line in draft.merged("town") if line is not None]
    for sheet in ("holidays", "categories"):
        draft.rows[sheet] = [values for values, line in draft.merged(sheet) if line is not None]
    _rules(draft)
    _merchants(draft)
    _codes(draft)


def _rules(draft: Draft) -> None:
    kept = draft.rows["rules"] = []
    for values, line in draft.merged("rules"):
        if line is None:
            continue
        draft.named(line, "category_key", "categories", values["category_key"])
        if (values["starts"] is None) != (values["ends"] is None):
            line.find("ends" if values["ends"] is None else "starts", "开始和结束要一起填。")
        if not line.findings:
            kept.append(values)


def _merchants(draft: Draft) -> None:
    kept = draft.rows["merchants"] = []
    trading: dict[str, str] = {}  # where the merchant of a credit code is
    laid = sorted(
        draft.merged("merchants"), key=lambda one: one[1] is not None
    )  # what stands first
    for values, line in laid:
        uscc, place = values["uscc"], values["place"]
        if line is None:
            trading[uscc or ""] = place
            continue
        ground = draft.place(line, "place", place, "premises")
        _check_merchant(line, values)
        if uscc and trading.setdefault(uscc, place) != place:
            line.find("uscc", f"这个代码已经登记在{trading[uscc]}的商户名下。")
        if not line.findings and ground is not None:
            duties = [key for key in merchants.DUTIES if key in values["duties"]]
            where = {"place_id": ground.id, "path": ground.path}
            kept.append(values | where | {"duties": duties})


def _check_merchant(line: Line, values: Values) -> None:
    if values["kind"] == "shop" and not values["uscc"]:
        line.find("uscc", "店铺要填统一社会信用代码，摊位没有的可以不填。")
    if values["duties"] and not values["duties_signed_on"]:
        line.find("duties_signed_on", "填了门前三包，签字日期也要填。")
    elif values["duties_signed_on"] and not values["duties"]:
        line.find("duties", "填了签字日期，请写签了哪几项。")


def _codes(draft: Draft) -> None:
    offered: list[tuple[Values, Line]] = []
    standing = draft.standing.rows["codes"]
    hanging = {key[:2] for key, values in standing.items() if values["ended_on"] is None}
    shorts = {values["short"] for values in standing.values()}
    taken = draft.standing.shorts - shorts
    for line in draft.good("codes").values():
        values = _IN_USE | line.values
        token = values["token"]
        ground = draft.place(line, "place", values["place"])
        _check_sign(line, values, ground.kind if ground else "")
        _check_end(line, values, standing.get(line.name))
        if line.findings or ground is None or _hangs(values, standing, hanging):
            continue
        if token in draft.standing.tokens:
            line.find("token", "这个口令已经用在别的牌子上，或者已经停用。")
        elif values["short"] and (values["short"] in shorts | taken):
            line.find("short", "这个短号已经用在别的牌子上。")
        else:
            shorts.add(values["short"])
            offered.append((values | {"place_id": ground.id, "path": ground.path}, line))
    _follow(offered, draft.standing.tokens)
    draft.rows["codes"] = [values for values, line in offered if not line.findings]


def _follow(offered: list[tuple[Values, Line]], standing: set[str]) -> None:
    """Find fault with whatever leads on to a sign that neither stands nor comes with it."""
    lost = True
    while lost:
        coming = {values["token"] for values, line in offered if not line.findings} | standing
        lost = False
        for values, line in offered:
            successor = values["successor"]
            if not line.findings and successor and successor not in coming:
                line.find("successor", "没有口令是这个的牌子，或者那一行有错。")
                lost = True


def _hangs(values: Values, standing: dict, hanging: set) -> bool:
    """Whether this very sign hangs there, or one of its kind where no particular one is named."""
    place, kind, token = values["place"], values["kind"], values["token"]
    if token is None:
        return (place, kind) in hanging
    return (place, kind, token) in standing


def _check_end(line: Line, values: Values, stands: Values | None) -> None:
    """Whether what is said of its end fits: a workbook tells of it, and ends or revives nothing."""
    ended = values["ended_on"] is not None
    for name in ("ended_for", "successor"):
        if values[name] and not ended:
            line.find(name, "停用的牌子要填停用日期。")
    if ended and values["token"] is None:
        line.find("token", "停用的是印好的牌子，口令也要填。")
    elif ended and values["successor"] == values["token"]:
        line.find("successor", "接替它的是另一块牌子。")
    if stands is not None and (stands["ended_on"] is not None) != ended:
        line.find("ended_on", "一块牌子停用没停用，表格改不了，请在“码”里办。")


def _check_sign(line: Line, values: Values, place_kind: str) -> None:
    short = values["short"]
    if values["kind"] == "household" and place_kind not in ("room", ""):
        line.find("kind", _ROOMS_ONLY)
    if short and values["kind"] in codes.WITHOUT_SHORT:
        line.find("short", "户内码和干部码没有短号，请清空。")
    elif short and values["token"] is None:
        line.find("token", "有短号的是印好的牌子，口令也要填。")
