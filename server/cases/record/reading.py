"""One case, or a few, read whole in one statement: the row, its lanes and its clocks as JSON."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from server.base import database
from server.base.ids import valid_number
from server.cases.record.files import CaseFile, ClockFile, EventFile, PartyFile, RowFile
from server.cases.record.references import Reference

_PARTS = ("rows", "clocks", "parties")
_PAST = ("events", "elsewhere")
COLUMNS = tuple(name for name in CaseFile.__struct_fields__ if name not in _PARTS)
_LISTED = ", ".join(f"c.{name}" for name in COLUMNS)
_EVENT_COLUMNS = EventFile.__struct_fields__
_WORDS = {"words_id": "w.id AS words_id", "words_sealed": "w.words_sealed"}
_EVENTS = ", ".join(_WORDS.get(name, f"e.{name}") for name in _EVENT_COLUMNS)
_HISTORY = (
    f"SELECT e.case_id, {_EVENTS} FROM case_event e"
    " LEFT JOIN case_words w ON w.case_id = e.case_id AND w.version = e.version"
)


class History(msgspec.Struct, frozen=True):
    """What has happened in a case, oldest first, and what it is called in other systems."""

    events: tuple[EventFile, ...]
    elsewhere: tuple[Reference, ...]


def _hex(*names: str) -> str:
    """Ids for JSON on SQLite, as they are read back from it."""
    return ", ".join(f"nullif(hex({name}), '')" for name in names)


def _base64(name: str) -> str:
    """Bytes for JSON on PostgreSQL, which would break a long line."""
    return f"translate(encode({name}, 'base64'), chr(10), '')"


_OF_EVENT = (
    " FROM case_event e LEFT JOIN case_words w ON w.case_id = e.case_id AND w.version = e.version"
    " WHERE e.case_id = c.id"
)
# The order of the values is that of the fields of RowFile, ClockFile, PartyFile and so on.
_SQLITE = {
    "rows": "(SELECT json_group_array(json_array(r.no, r.lane, r.state, r.live,"
    f" {_hex('r.post_id', 'r.unit_id', 'r.account_id')}, in_base64(r.key_hash), r.changed,"
    " r.came_from, r.due_at)) FROM case_row r WHERE r.case_id = c.id)",
    "clocks": "(SELECT json_group_array(json_array(k.no, k.key, json(k.kept), k.due_at,"
    " k.ring_at)) FROM case_clock k WHERE k.case_id = c.id)",
    "parties": f"(SELECT json_group_array(json_array(p.relation, {_hex('p.account_id')},"
    f" in_base64(p.key_hash), {_hex('p.post_id', 'p.unit_id')}))"
    " FROM case_party p WHERE p.case_id = c.id)",
    "events": "(SELECT json_group_array(json_array(e.version, e.at, e.move, e.no,"
    f" {_hex('e.by_account_id', 'e.by_post_id')}, e.by_name, e.by_role, json(e.body),"
    f" in_base64(e.chain), {_hex('w.id')}, in_base64(w.words_sealed))){_OF_EVENT})",
    "elsewhere": "(SELECT json_group_array(json_array(x.id, x.system, x.number))"
    " FROM case_reference x WHERE x.case_id = c.id)",
}
_POSTGRES = {
    "rows": "(SELECT json_agg(json_build_array(r.no, r.lane, r.state, r.live, r.post_id,"
    f" r.unit_id, r.account_id, {_base64('r.key_hash')}, r.changed, r.came_from, r.due_at))"
    " FROM case_row r WHERE r.case_id = c.id)::text",
    "clocks": "(SELECT json_agg(json_build_array(k.no, k.key, k.kept, k.due_at, k.ring_at))"
    " FROM case_clock k WHERE k.case_id = c.id)::text",
    "parties": "(SELECT json_agg(json_build_array(p.relation, p.account_id,"
    f" {_base64('p.key_hash')}, p.post_id, p.unit_id))"
    " FROM case_party p WHERE p.case_id = c.id)::text",
    "events": "(SELECT json_agg(json_build_array(e.version, e.at, e.move, e.no, e.by_account_id,"
    f" e.by_post_id, e.by_name, e.by_role, e.body, {_base64('e.chain')}, w.id,"
    f" {_base64('w.words_sealed')})){_OF_EVENT})::text",
    "elsewhere": "(SELECT json_agg(json_build_array(x.id, x.system, x.number))"
    " FROM case_reference x WHERE x.case_id = c.id)::text",
}


def selected() -> str:
    """The columns of a whole case `c`, for a SELECT."""
    return f"{_LISTED}, {_as_json(_PARTS)}"


def _as_json(names: Iterable[str]) -> str:
    parts = _SQLITE if database.dialect() == "sqlite" else _POSTGRES
    return ", ".join(f"{parts[name]} AS {name}" for name in names)


def as_arrays(columns: Iterable[str], source: str) -> str:
    """All rows of a source as one JSON value, an array for each row; nothing for none."""
    array, group, cast = (
        ("json_array", "json_group_array", "")
        if (database.dialect() == "sqlite")
        else ("json_build_array", "json_agg", "::text")
    )
    return f"(SELECT {group}({array}({', '.join(columns)})) FROM {source}){cast}"


def case_of(row: Mapping[str, Any]) -> CaseFile:
    """The value of one row read with `selected`."""
    whole = {name: row[name] for name in COLUMNS} | {"category": row["category"] or ""}
    return CaseFile(
        **whole,
        rows=tuple(sorted(listed(_ROWS, row["rows"]), key=_row_order)),
        clocks=tuple(sorted(listed(_CLOCKS, row["clocks"]), key=clock_order)),
        parties=tuple(listed(_PARTIES, row["parties"])),
    )


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


def past() -> str:
    """The columns of the history of a case `c`, for a SELECT."""
    return _as_json(_PAST)


def history_of(row: Mapping[str, Any]) -> History:
    """The history in a row read with `past`."""
    numbers = sorted(listed(_ELSEWHERE, row["elsewhere"]))
    return History(
        tuple(sorted(listed(_EVENTS_READ, row["events"]), key=_event_order)),
        tuple(Reference(system=system, number=number) for _, system, number in numbers),
    )


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


def _event_order(event: EventFile) -> int:
    return event.version


def _row_order(row: RowFile) -> int:
    return row.no


Part = TypeVar("Part")
_ROWS = msgspec.json.Decoder(list[RowFile], strict=False)  # SQLite's booleans are 0 and 1
_CLOCKS = msgspec.json.Decoder(list[ClockFile])
_PARTIES = msgspec.json.Decoder(list[PartyFile])
_EVENTS_READ = msgspec.json.Decoder(list[EventFile])
_ELSEWHERE = msgspec.json.Decoder(list[tuple[int, str, str]])


def listed(decoder: "msgspec.json.Decoder[list[Part]]", text: str | None) -> list[Part]:
    """The parts in one such JSON value."""
    return decoder.decode(text) if text else []
