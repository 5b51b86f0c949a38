"""Turns and leave as the rows of a workbook would have them: whose they are, and when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from server import org, rosters
from server.base import clock
from server.org import Shift
from server.workbook.draft import Draft
from server.workbook.parsing import Line
from server.workbook.standing import Key, Values

POST = ("unit", "role", "area", "nth")
Spans = dict[str, list[tuple[datetime, datetime]]]


def by_post(draft: Draft, sheet: str) -> dict[Key, list[Line]]:
    """The lines of a sheet, each post's together."""
    found: dict[Key, list[Line]] = {}
    for line in draft.sent.lines.get(sheet, ()):
        found.setdefault(line.name[: len(POST)], []).append(line)
    return found


def together(lines: list[Line], what: str) -> None:
    """Of one post all rows are written or none."""
    if any(line.findings for line in lines):
        for line in lines:
            if not line.findings:
                line.find("", f"同一岗位有一行{what}不对，改好后一起写入。", follows=True)


def without_post(draft: Draft, line: Line, key: Key) -> None:
    """The post of this line is not there: nowhere, or not yet because its own row is wrong."""
    if draft.is_sent("posts", key):
        line.find("role", "这个岗位在“岗位”表里的那一行没有写入，先改好那里。", follows=True)
    else:
        line.find("role", "没有这个岗位，请先在“岗位”表里填上。")


def take_turns(draft: Draft, posts: dict[Key, UUID]) -> None:
    """Posts with every turn the file has for them: these replace what they had."""
    kept = draft.rows["shifts"] = []
    for key, lines in by_post(draft, "shifts").items():
        for line in [line for line in lines if not line.findings]:
            _check_turn(draft, line, key, posts)
        if len(lines) > rosters.MOST_SHIFTS:
            said = f"一个岗位最多排{rosters.MOST_SHIFTS}行。"
            lines[rosters.MOST_SHIFTS].find("who", said)
        together(lines, "轮班")
        if "shifts" not in draft.refused and not any(line.findings for line in lines):
            turns = [_turn(draft, line.values) for line in lines]
            kept.append({"post_id": posts[key], "shifts": turns})


def _check_turn(draft: Draft, line: Line, key: Key, posts: dict[Key, UUID]) -> None:
    values = line.values
    if key not in posts:
        without_post(draft, line, key)
    elif draft.named(line, "who", "staff", values["who"]):
        if values["who"] not in draft.holders.get(key, ()):
            line.find("who", f"“{values['who']}”不在这个岗位，请先写进“岗位”表的任职人。")
    if not org.duty.is_stretch(values["starts"], values["ends"]):
        line.find("ends", "开始和结束之间要有时间；结束早于开始的，到第二天。")
    if values.get("until") and values["until"] < values["on_day"]:
        line.find("until", "不能早于从哪天起。")


def _turn(draft: Draft, values: Values) -> Shift:
    return Shift(
        account_id=draft.staff[values["who"]],
        title=values.get("title") or "",
        starts=values["starts"],
        ends=values["ends"],
        on_day=values["on_day"],
        every=values.get("every") or 0,
        until=values.get("until"),
    )


def take_leave(draft: Draft, posts: dict[Key, UUID]) -> None:
    """Leaves that are not over, of who holds a post; what stands is not written again."""
    kept = draft.rows["leave"] = []
    standing, spans = draft.standing.rows["leave"], Spans()
    for before in standing.values():
        spans.setdefault(before["who"], []).append((before["since"], before["until"]))
    for name, line in draft.good("leave").items():
        values = {"deputy": None} | line.values
        if values["until"] <= clock.now():
            draft.note("请假", f"第{line.number}行的时间已经过了，没有写入。")
        elif name in standing:
            _check_same(line, values, standing[name])
        else:
            _check_leave(draft, line, values, spans)
            stays = _stays(draft, line, values, posts)
            if not line.findings:
                kept.append(values | stays)


def _check_same(line: Line, values: Values, before: Values) -> None:
    for key in ("until", "deputy"):
        if values[key] != before[key]:
            line.find(key, "这次请假已经有了，要改请先在“我的值班”里取消，再写。")


def _check_leave(draft: Draft, line: Line, values: Values, spans: Spans) -> None:
    since, until, who = values["since"], values["until"], values["who"]
    draft.named(line, "who", "staff", who)
    if values["deputy"]:
        draft.named(line, "deputy", "staff", values["deputy"])
    if until <= since:
        line.find("until", "回来的时间要晚于离开的时间。")
    elif until - since > rosters.LONGEST_LEAVE:
        line.find("until", f"一次最长{rosters.LONGEST_LEAVE.days}天。")
    if any(begins < until and since < ends for begins, ends in spans.get(who, ())):
        line.find("since", "这段时间已经请过假了。")
    spans.setdefault(who, []).append((since, until))


def _stays(draft: Draft, line: Line, values: Values, posts: dict[Key, UUID]) -> dict[str, Any]:
    """The posts somebody is away from, and those of them at which the deputy stands in."""
    who, deputy = values["who"], values["deputy"]
    held = [key for key, holders in draft.holders.items() if who in holders and key in posts]
    units = {key[0] for key, holders in draft.holders.items() if deputy in holders}
    stood_in = [key for key in held if key[0] in units]
    if not held and who in _to_hold(draft):
        said = f"“{who}”的岗位在“岗位”表里没有写入，先改好那里。"
        line.find("who", said, follows=True)
    elif not held:
        line.find("who", "没有任职的岗位，不用写请假。")
    elif deputy and (deputy == who or not stood_in):
        line.find("deputy", "代班的要是同一单位的另一位同事。")
    return {
        "away_from": [posts[key] for key in held],
        "stood_in_at": [posts[key] for key in stood_in],
    }


def _to_hold(draft: Draft) -> set[str]:
    """The logins that hold a post in the file, written or not."""
    posts = draft.sent.lines.get("posts", ())
    return {login for line in posts for login in line.values.get("holder") or ()}
