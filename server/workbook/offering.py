"""Categories, dispatch rules and codes, as the rows of a workbook would have them."""

from server import codes
from server.workbook.draft import Draft
from server.workbook.parsing import Line
from server.workbook.standing import Values

_ROOMS_ONLY = "户内码只给房屋。"


def offer(draft: Draft) -> None:
    """Check what can be reported, whose it is, and the signs; keep what is to be written."""
    draft.rows["town"] = [values for values, line in draft.merged("town") if line is not None]
    draft.rows["categories"] = [
        values for values, line in draft.merged("categories") if line is not None
    ]
    _rules(draft)
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


def _codes(draft: Draft) -> None:
    kept = draft.rows["codes"] = []
    standing = draft.standing.rows["codes"]
    hanging = {(place, kind) for place, kind, _ in standing}
    shorts = {values["short"] for values in standing.values()}
    taken = draft.standing.shorts - shorts
    for line in draft.good("codes").values():
        values = {"token": None, "short": None, "batch": ""} | line.values
        token = values["token"]
        ground = draft.place(line, "place", values["place"])
        _check_sign(draft, line, values, ground.kind if ground else "")
        if line.findings or ground is None or _hangs(values, standing, hanging):
            continue
        if token in draft.standing.tokens:
            line.find("token", "这个口令已经用在别的牌子上，或者已经停用。")
        elif values["short"] and (values["short"] in shorts | taken):
            line.find("short", "这个短号已经用在别的牌子上。")
        else:
            shorts.add(values["short"])
            kept.append(values | {"place_id": ground.id})


def _hangs(values: Values, standing: dict, hanging: set) -> bool:
    """Whether this very sign hangs there, or one of its kind where no particular one is named."""
    place, kind, token = values["place"], values["kind"], values["token"]
    if token is None:
        return (place, kind) in hanging
    return (place, kind, token) in standing


def _check_sign(draft: Draft, line: Line, values: Values, place_kind: str) -> None:
    short = values["short"]
    if values["kind"] == "household" and place_kind not in ("room", ""):
        line.find("kind", _ROOMS_ONLY)
    if short and values["kind"] in codes.WITHOUT_SHORT:
        line.find("short", "户内码和干部码没有短号，请清空。")
    elif short and values["token"] is None:
        line.find("token", "有短号的是印好的牌子，口令也要填。")
