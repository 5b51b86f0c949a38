"""Units, people, posts and who answers where, as the rows of a workbook would have them."""

from uuid import UUID

from server import org
from server.base.ids import new_id
from server.org import DutyHours
from server.workbook.draft import Draft
from server.workbook.parsing import Line
from server.workbook.standing import Key, Values
from server.workbook.turns import POST, by_post, take_leave, take_turns, together, without_post


def staff(draft: Draft) -> None:
    """Check everything about who works where, and keep what is to be written."""
    _units(draft)
    _people(draft)
    posts = _posts(draft)
    _hours(draft, posts)
    take_turns(draft, posts)
    take_leave(draft, posts)
    for sheet in ("answering", "phones"):
        _under_a_place(draft, sheet)


def _units(draft: Draft) -> None:
    laid = [(values, line) for values, line in draft.merged("units") if line is not None]
    for values, line in laid:
        _path(draft, line, "area", values)
        if values["above"] and values["above"] == values["name"]:
            line.find("above", "上级不能是自己。")
        elif values["above"]:
            draft.named(line, "above", "units", values["above"])
    draft.units = dict(draft.standing.units)
    left = [(values, line) for values, line in laid if not line.findings]
    while ready := [one for one in left if not one[0]["above"] or one[0]["above"] in draft.units]:
        for values, _ in ready:
            values["id"] = draft.units.setdefault(values["name"], new_id())
            values["parent_id"] = draft.units[values["above"]] if values["above"] else None
        done = {values["name"] for values, _ in ready}
        left = [one for one in left if one[0]["name"] not in done]
    _unraised(laid, left)
    draft.rows["units"] = [values for values, line in laid if not line.findings]


def _unraised(laid: list[tuple[Values, Line]], left: list[tuple[Values, Line]]) -> None:
    """Units without one above them: it is not written, or they go round in a circle."""
    unwritten = {values["name"] for values, line in laid if line.findings}
    while waiting := [one for one in left if one[0]["above"] in unwritten]:
        for values, line in waiting:
            said = f"“{values['above']}”那一行没有写入，先改好那里。"
            line.find("above", said, follows=True)
            unwritten.add(values["name"])
        left = [one for one in left if not one[1].findings]
    for values, line in left:
        line.find("above", f"“{values['above']}”绕了一圈又回到这里，上级不能绕圈。")


def _people(draft: Draft) -> None:
    kept = draft.rows["staff"] = []
    draft.staff = dict(draft.standing.staff)
    for values, line in draft.merged("staff"):
        if line is None:
            continue
        if values["login"] in draft.standing.gone:
            line.find("login", "这个工号已经停用，换一个。")
            continue
        key = draft.staff.setdefault(values["login"], new_id())
        kept.append({"id": key, "login": values["login"], "name": values["name"]})


def _posts(draft: Draft) -> dict[Key, UUID]:
    """The ids of all posts there would be; new ones in the order of their numbers."""
    kept = draft.rows["posts"] = []
    ids = dict(draft.standing.posts)
    for values, line in sorted(draft.merged("posts"), key=lambda laid: laid[0]["nth"]):
        key = tuple(values[name] for name in POST)
        before = draft.standing.rows["posts"].get(key, {}).get("holder") or []
        draft.holders[key] = before
        if line is None:
            continue
        if values["nth"] > 1 and (*key[:3], values["nth"] - 1) not in ids:
            line.find("nth", f"序号要从1连着写，还没有第{values['nth'] - 1}个。")
        _unit(draft, line, values)
        _path(draft, line, "area", values)
        for login in values["holder"]:
            draft.named(line, "holder", "staff", login)
        answers = [draft.place(line, "answers", ref) for ref in values["answers"] or []]
        if line.findings:
            continue
        values["id"] = ids.setdefault(key, new_id())
        values["holder"] = draft.holders[key] = _holding(before, values["holder"])
        values["unit_id"] = draft.units[values["unit"]]
        values["paths"] = [ground.path for ground in answers if ground]
        values["key"] = key
        kept.append(values)
    return ids


def _holding(before: list[str], said: list[str]) -> list[str]:
    """Who holds a post then. Where it is one of several who take turns, they all stay."""
    return before if len(said) == 1 and said[0] in before else list(dict.fromkeys(said))


def _hours(draft: Draft, posts: dict[Key, UUID]) -> None:
    """Posts with every stretch the file has for them: these replace what they had."""
    kept = draft.rows["hours"] = []
    for key, lines in by_post(draft, "hours").items():
        _check_post(draft, posts, key, lines)
        if "hours" not in draft.refused and not any(line.findings for line in lines):
            kept.append({"post_id": posts[key], "hours": [_stretch(line) for line in lines]})


def _check_post(draft: Draft, posts: dict[Key, UUID], key: Key, lines: list[Line]) -> None:
    """The hours of one post stand or fall together."""
    good = [line for line in lines if not line.findings]
    if key not in posts:
        for line in good:
            without_post(draft, line, key)
        return
    _check_stretches(good)
    together(lines, "值班")


def _check_stretches(lines: list[Line]) -> None:
    """In every stretch of a post lies time, and none runs into the next."""
    for line in lines:
        if not org.duty.is_stretch(line.values["starts"], line.values["ends"]):
            line.find("ends", "开始和结束之间要有时间；结束早于开始的，到第二天。")
    good = [line for line in lines if not line.findings]
    for nth, before in org.week.overlaps([_stretch(line) for line in good]):
        good[nth].find("starts", f"和第{good[before].number}行的时间重叠。")


def _stretch(line: Line) -> DutyHours:
    return DutyHours(*(line.values[name] for name in ("days", "starts", "ends")))


def _under_a_place(draft: Draft, sheet: str) -> None:
    kept = draft.rows[sheet] = []
    for values, line in draft.merged(sheet):
        if line is None:
            continue
        _path(draft, line, "area", values)
        if sheet == "answering":
            _unit(draft, line, values)
        if not line.findings:
            unit_id = draft.units[values["unit"]] if sheet == "answering" else None
            kept.append(values | {"unit_id": unit_id})


def _unit(draft: Draft, line: Line, values: Values) -> None:
    if draft.named(line, "unit", "units", values["unit"]) and values["unit"] not in draft.units:
        said = f"“{values['unit']}”在“单位”表里的那一行没有写入，先改好那里。"
        line.find("unit", said, follows=True)


def _path(draft: Draft, line: Line, key: str, values: Values) -> None:
    """Keep the path of the place that a cell names beside it."""
    ground = draft.place(line, key, values[key]) if values[key] else None
    values["path"] = ground.path if ground else ""
