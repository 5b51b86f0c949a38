"""The copy as a file: JSON, or one sheet for people who would rather open it in Excel."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType

from server.base import clock, dates, spreadsheets
from server.base.spreadsheets import Table
from server.privacy.copies import CaseCopy, ConversationCopy, HomeCopy, OwnCopy, PraiseCopy

FILE = "我的信息"  # what the file is called
HEAD = ("部分", "项目", "内容", "时间")
_SOLVED = {"yes": "解决了", "partly": "部分解决", "no": "没解决"}
_RATING = {"satisfied": "满意", "fair": "一般", "dissatisfied": "不满意"}
Row = tuple[object, ...]


class CopyQuery(Struct, frozen=True, kw_only=True):
    """As JSON for machines, or as CSV for Excel."""

    format: Literal["json", "csv"] = "json"


async def as_file(copy: OwnCopy, asked: CopyQuery) -> tuple[bytes, str, str]:
    """The copy as it was asked for: its bytes, their kind, and what the file is called."""
    if asked.format == "csv":
        return await as_csv(copy), spreadsheets.CSV, f"{FILE}.csv"
    return as_json(copy), "application/json; charset=utf-8", f"{FILE}.json"


def as_json(copy: OwnCopy) -> bytes:
    """As it is kept, for whoever takes it elsewhere; laid out so that people can read it too."""
    return msgspec.json.format(msgspec.json.encode(copy), indent=2)


async def as_csv(copy: OwnCopy) -> bytes:
    """One line for each thing that is kept."""
    rows = [
        *_account(copy),
        *(row for case in copy.cases for row in _case(case)),
        *(row for one in copy.praises for row in _praise(one)),
        *(row for one in copy.conversations for row in _conversation(one)),
        *(row for one in copy.homes for row in _home(one)),
    ]
    told = [tuple("" if cell is None else str(cell) for cell in row) for row in rows]
    return await spreadsheets.as_csv(Table(FILE, HEAD, told))


def _account(copy: OwnCopy) -> Iterator[Row]:
    yield "账号", "姓名", copy.name, ""
    yield "账号", "手机号", copy.phone, ""
    yield "账号", "开通", "", _when(copy.since)
    for session in copy.sessions:
        yield "登录", session.device, f"上次使用：{_when(session.used_at)}", _when(session.since)
    for consent in copy.consents:
        taken_back = f"已撤回：{_when(consent.withdrawn_at)}" if consent.withdrawn_at else ""
        yield "隐私说明", f"同意第{consent.version}版", taken_back, _when(consent.accepted_at)
    for message in copy.messages:
        yield "消息", message.title, message.body, _when(message.at)


def _case(case: CaseCopy) -> Iterator[Row]:
    part = f"{'我报的' if case.raised else '我附议的'}{case.number}"
    yield part, case.category, case.state, _when(case.opened_at)
    told = {
        "地点": case.place,
        "具体位置": case.spot,
        "内容": case.text,
        "姓名": case.name,
        "电话": case.phone,
        "坐标": f"{case.lng},{case.lat}" if case.lng is not UNSET else UNSET,
        "解决": _SOLVED.get(case.solved, case.solved) if case.solved else UNSET,
        "评价": _RATING.get(case.rating, case.rating) if case.rating else UNSET,
    }
    yield from ((part, name, value, "") for name, value in told.items() if value is not UNSET)
    for move in case.moves:
        said = [move.by, move.said or "", " ".join(move.photos or [])]
        yield part, move.move, "；".join(word for word in said if word), _when(move.at)


def _praise(one: PraiseCopy) -> Iterator[Row]:
    part = f"点赞：{one.target}"
    yield part, one.tag, one.state, _when(one.at)
    told = {"地点": one.place, "内容": one.text, "原因": one.reason}
    yield from ((part, name, value, "") for name, value in told.items() if value is not UNSET)


def _conversation(one: ConversationCopy) -> Iterator[Row]:
    part = f"留言：{one.to}"
    yield part, one.state, one.place, _when(one.opened_at)
    for said in one.messages:
        words = [said.text or "", " ".join(said.photos or [])]
        yield part, said.by or "我", "；".join(word for word in words if word), _when(said.at)


def _home(one: HomeCopy) -> Iterator[Row]:
    part = f"我的家：{one.kin}"
    yield part, one.state, one.place, _when(one.at)
    if one.reason is not UNSET:
        yield part, "原因", one.reason, ""
    if one.ended_at is not UNSET:
        yield part, "解除", "", _when(one.ended_at)
    if one.until is not UNSET:
        yield part, "绑定到", "", _when(one.until)


def _when(at: datetime | UnsetType | None) -> str:
    """Town time, as people write it."""
    return dates.in_tables(clock.shown(at)) if isinstance(at, datetime) else ""
