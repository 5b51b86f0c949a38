"""One case, or a few, read whole in one statement: the row, its lanes and its clocks as JSON."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from server.base import database
from server.base.ids import valid_number
from server.cases.record.files import CaseFile, ClockFile, EventFile, PartyFile, RowFile

_PARTS = ("rows", "clocks", "parties")
COLUMNS = tuple(field.name for field in fields(CaseFile) if field.name not in _PARTS)
_LISTED = ", ".join(f"c.{name}" for name in COLUMNS)
_EVENT_COLUMNS = tuple(field.name for field in fields(EventFile))
_WORDS = {"words_id": "w.id AS words_id", "words_sealed": "w.words_sealed"}
_EVENTS = ", ".join(_WORDS.get(name, f"e.{name}") for name in _EVENT_COLUMNS)
_HISTORY = (
    f"SELECT e.case_id, {_EVENTS} FROM case_event e"
    " LEFT JOIN case_words w ON w.case_id = e.case_id AND w.version = e.version"
)

_SQLITE = {
    "rows": "(SELECT json_group_array(json_array(r.no, r.lane, r.state, r.live, hex(r.post_id),"
    " hex(r.unit_id), hex(r.account_id), hex(r.key_hash), r.changed, r.came_from, r.due_at))"
    " FROM case_row r WHERE r.case_id = c.id)",
    "clocks": "(SELECT json_group_array(json_array(k.no, k.key, json(k.kept), k.due_at,"
    " k.ring_at)) FROM case_clock k WHERE k.case_id = c.id)",
    "parties": "(SELECT json_group_array(json_array(p.relation, hex(p.account_id),"
    " hex(p.key_hash), hex(p.post_id), hex(p.unit_id)))"
    " FROM case_party p WHERE p.case_id = c.id)",
}
_POSTGRES = {
    "rows": "(SELECT json_agg(json_build_array(r.no, r.lane, r.state, r.live, r.post_id,"
    " r.unit_id, r.account_id, encode(r.key_hash, 'hex'), r.changed, r.came_from, r.due_at))"
    " FROM case_row r WHERE r.case_id = c.id)::text",
    "clocks": "(SELECT json_agg(json_build_array(k.no, k.key, k.kept, k.due_at, k.ring_at))"
    " FROM case_clock k WHERE k.case_id = c.id)::text",
    "parties": "(SELECT json_agg(json_build_array(p.relation, p.account_id,"
    " encode(p.key_hash, 'hex'), p.post_id, p.unit_id))"
    " FROM case_party p WHERE p.case_id = c.id)::text",
}


def selected() -> str:
    """The columns of a whole case `c`, for a SELECT."""
    parts = _SQLITE if database.dialect() == "sqlite" else _POSTGRES
    return ", ".join([_LISTED, *(f"{parts[name]} AS {name}" for name in _PARTS)])


def case_of(row: Mapping[str, Any]) -> CaseFile:
    """The value of one row read with `selected`."""
    whole = {name: row[name] for name in COLUMNS} | {"category": row["category"] or ""}
    rows = sorted((_row(one) for one in _listed(row, "rows")), key=lambda one: one.no)
    clocks = sorted((_clock(one) for one in _listed(row, "clocks")), key=clock_order)
    parties = tuple(_party(one) for one in _listed(row, "parties"))
    return CaseFile(**whole, rows=tuple(rows), clocks=tuple(clocks), parties=parties)


def clock_order(clock: ClockFile) -> tuple[int, str]:
    """The order clocks stand in, whatever order the tables give them in."""
    return clock.no, clock.key


async def read_by_number(number: str) -> CaseFile | None:
    """The case with this receipt number, or None. One statement; asks nobody's permission."""
    if not valid_number(number):
        return None
    row = await database.fetch_one(f"SELECT {selected()} FROM cases c WHERE c.number = $1", number)
    return case_of(row) if row else None


async def read_by_id(case_id: UUID) -> CaseFile | None:
    row = await database.fetch_one(f"SELECT {selected()} FROM cases c WHERE c.id = $1", case_id)
    return case_of(row) if row else None


async def read_events(case_id: UUID) -> tuple[EventFile, ...]:
    """The history of one case, oldest first."""
    rows = await database.fetch(f"{_HISTORY} WHERE e.case_id = $1 ORDER BY e.version", case_id)
    return tuple(_event(row) for row in rows)


async def read_events_of(case_ids: Iterable[UUID]) -> dict[UUID, list[EventFile]]:
    """The histories of several cases at once."""
    listed, args = database.in_list(list(case_ids), start=1)
    rows = await database.fetch(
        f"{_HISTORY} WHERE e.case_id IN {listed} ORDER BY e.case_id, e.version", *args
    )
    found: dict[UUID, list[EventFile]] = {}
    for row in rows:
        found.setdefault(row["case_id"], []).append(_event(row))
    return found


def _event(row: Mapping[str, Any]) -> EventFile:
    return EventFile(**{name: row[name] for name in _EVENT_COLUMNS})


def _listed(row: Mapping[str, Any], name: str) -> list[list[Any]]:
    text = row.get(name)
    if not text:
        return []
    found: list[list[Any]] = json.loads(text) if isinstance(text, str) else text
    return found


def _row(one: list[Any]) -> RowFile:
    no, lane, state, live, post, unit, account, key, changed, came_from, due_at = one
    return RowFile(
        no, lane, state, bool(live), _id(post), _id(unit), _id(account), _bytes(key),
        changed, came_from, _instant(due_at),
    )  # fmt: skip


def _clock(one: list[Any]) -> ClockFile:
    no, key, kept, due_at, ring_at = one
    kept = json.loads(kept) if isinstance(kept, str) else kept
    return ClockFile(no, key, kept, _instant(due_at), _instant(ring_at))


def _party(one: list[Any]) -> PartyFile:
    relation, account, key, post, unit = one
    return PartyFile(relation, _id(account), _bytes(key), _id(post), _id(unit))


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _bytes(text: str | None) -> bytes | None:
    return bytes.fromhex(text) if text else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
