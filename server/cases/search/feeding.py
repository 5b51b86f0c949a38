"""Feeding the search: the worker reads which cases had an event, and writes what they have now.

A step of it costs the residents and the desk nothing. What is read and how far is written in one
unit, guarded by how far it was before: broken off anywhere it goes on from there, and of two
workers one is first. A town that has never been read is read from its first event on.
"""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from server import trust
from server.base import database
from server.base.unit import AnyOf, LostRace, Unit, unit_of_work
from server.cases.models import CaseParty
from server.cases.search.models import CaseSearch, SearchCursor
from server.cases.search.pieces import marks_of_case, pieces

BATCH = 250
_ONE = 1  # the only row of the cursor
_CASES = (
    "SELECT c.id, c.path, c.place_name, c.text, c.spot, c.live, s.id AS nth, s.words, s.place,"
    " (SELECT h.full_name FROM place h WHERE h.id = c.place_id AND h.kind = 'room') AS door,"
    " (SELECT k.title FROM category k WHERE k.key = c.category) AS kind,"
    " (SELECT e.id FROM case_event e WHERE e.case_id = c.id AND e.version = 1) AS opened,"
    " (SELECT count(*) FROM case_party p WHERE p.case_id = c.id AND p.ended = c.live) AS stale"
    " FROM cases c LEFT JOIN case_search s ON s.case_id = c.id WHERE c.id IN {ids}"
)


async def feed() -> bool:
    """Read the next events; whether there may be more."""
    read = await database.fetch_one("SELECT * FROM case_search_cursor WHERE id = $1", _ONE)
    assert read is not None
    place = (read["epoch"], read["tx"], read["event_id"])
    events = await trust.rows_after("case_event", "case_id", place, most=BATCH)
    if not events:
        return False
    ids = list(dict.fromkeys(event["case_id"] for event in events))
    cases, hands = await _cases(ids), await _hands(ids)
    last = events[-1]
    try:
        async with unit_of_work(takes_long=True) as unit:
            unit.update(
                SearchCursor,
                where=dict(read),
                set={"epoch": last["epoch"], "tx": last["tx"], "event_id": last["id"]},
            )
            for case in cases:
                _write(unit, case, hands.get(case["id"], ()))
            _tell_parties(unit, cases)
    except LostRace:
        pass  # Another worker was first, or a case was forgotten meanwhile: read again.
    return True


def forget_words(unit: Unit, case_id: UUID) -> None:
    """The case is no more found by what the resident wrote, and by no feeder that read it before.

    One case in a unit.
    """
    unit.update(CaseSearch, where={"case_id": case_id}, set={"words": ""}, expecting=None)
    unit.update(
        SearchCursor, where={"id": _ONE}, set={"forgot": secrets.randbits(62)}, expecting=None
    )


async def _cases(ids: list[UUID]) -> list[dict[str, Any]]:
    listed, values = database.in_list(ids)
    return await database.fetch(_CASES.format(ids=listed), *values)


async def _hands(ids: list[UUID]) -> dict[UUID, set[UUID]]:
    """The posts and units each case was ever in the hands of."""
    listed, values = database.in_list(ids)
    rows = await database.fetch(
        f"SELECT p.case_id, p.post_id, p.unit_id FROM case_party p WHERE p.case_id IN {listed}",
        *values,
    )
    found: dict[UUID, set[UUID]] = {}
    for row in rows:
        hands = {row["post_id"], row["unit_id"]} - {None}
        found.setdefault(row["case_id"], set()).update(hands)
    return found


def _write(unit: Unit, case: Mapping[str, Any], hands: Iterable[UUID]) -> None:
    words = " ".join(pieces(case["text"], case["spot"]))
    marks = marks_of_case(case["path"], hands, live=case["live"])
    place = " ".join([*pieces(case["place_name"], case["door"] or "", case["kind"] or ""), *marks])
    if case["nth"] is None:
        unit.insert(CaseSearch, id=case["opened"], case_id=case["id"], words=words, place=place)
    elif (case["words"], case["place"]) != (words, place):
        unit.update(CaseSearch, where={"id": case["nth"]}, set={"words": words, "place": place})


def _tell_parties(unit: Unit, cases: Iterable[Mapping[str, Any]]) -> None:
    """Parties of ended cases are no longer met where open ones are looked for."""
    for live in (True, False):
        stale = tuple(case["id"] for case in cases if case["stale"] and case["live"] == live)
        if stale:
            where = {"case_id": AnyOf(stale), "ended": live}
            unit.update(CaseParty, where=where, set={"ended": not live}, expecting=None)
