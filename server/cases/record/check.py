"""Is every case what its history says, and is no history rewritten? Names what is wrong."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from server import flows
from server.base import database
from server.cases.record import chain, parts, reading
from server.cases.record.files import CaseFile, EventFile
from server.cases.record.words import are_what_was_said

BATCH = 200
_FOLLOWING = (
    *("version", "state", "live", "due_at", "ending", "outcome", "solved", "rating", "seconded"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one case, in a sentence for the operator."""

    number: str
    what: str


async def check_chains() -> tuple[int, list[Fault]]:
    """How many events there are, and the first broken link of every case that has one.

    Reads of a case no more than where its chain ends: a million events take about a minute.
    """
    count, faults = 0, []
    async for batch in _batches("id, number, chain"):
        histories = await reading.read_events_of(row["id"] for row in batch)
        for row in batch:
            history = histories.get(row["id"], [])
            count += len(history)
            broken = _broken_link(row["id"], bytes(row["chain"]), history)
            faults += [Fault(row["number"], broken)] if broken else []
    return count, faults + await _orphans(count)


async def _orphans(counted: int) -> list[Fault]:
    """Events whose case is gone from the tables: looked for only if some were not met above."""
    if await database.fetch_value("SELECT count(*) AS n FROM case_event") <= counted:
        return []
    rows = await database.fetch(
        "SELECT e.id, e.case_id FROM case_event e LEFT JOIN cases c ON c.id = e.case_id"
        f" WHERE c.id IS NULL ORDER BY e.id LIMIT {BATCH}"
    )
    return [Fault(str(row["case_id"]), f"is gone, event {row['id']} of it is left") for row in rows]


async def check_cases() -> list[Fault]:
    """Every case of the town, in batches."""
    faults: list[Fault] = []
    async for batch in _batches(reading.selected()):
        histories = await reading.read_events_of(row["id"] for row in batch)
        for case in map(reading.case_of, batch):
            faults += check_case(case, histories.get(case.id, []))
    return faults


def check_case(case: CaseFile, events: Iterable[EventFile]) -> list[Fault]:
    """The chain of one case, and whether its events make the case that lies in the tables."""
    history = list(events)
    broken = _broken_link(case.id, case.chain, history)
    if broken is not None:
        return [Fault(case.number, broken)]
    try:
        told = flows.replay(case.flow, parts.events_of(history))
    except (ValueError, KeyError, IndexError) as error:
        return [Fault(case.number, f"its events do not follow one another: {error}")]
    return [Fault(case.number, what) for what in _differences(case, told)]


def _broken_link(case_id: UUID, end: bytes, history: list[EventFile]) -> str | None:
    hashed = chain.START
    for expected, event in enumerate(history, start=1):
        hashed = chain.link(
            hashed,
            case_id=case_id,
            body=event.body,
            by_account_id=event.by_account_id,
            by_name=event.by_name,
            by_role=event.by_role,
        )
        if event.version != expected or hashed != event.chain or not _says_its_body(event):
            return f"event {expected} was changed, or is missing"
        if not are_what_was_said(event):
            return f"the words said with event {expected} are not those that were said"
    if hashed != end:
        return "its last event is missing, or not the one it ends with"
    return None


def _says_its_body(event: EventFile) -> bool:
    """The columns beside the body say what it says; only the body is in the chain."""
    told, post_id = event.body, event.by_post_id
    return (
        datetime.fromisoformat(told["at"]) == event.at
        and (told["move"], told["row"]) == (event.move, event.no)
        and told["post_id"] == (str(post_id) if post_id else None)
    )


def _differences(case: CaseFile, told: flows.CaseState) -> list[str]:
    """What the tables say otherwise than the history."""
    kept = parts.state_of(case)
    if case.forgotten_at is not None:
        told = replace(told, rows=tuple(map(_without_person, told.rows)))
    found = []
    for name in ("version", "rows", "facts"):
        if getattr(kept, name) != getattr(told, name):
            found.append(f"its {name} are not what its events say")
    if _by_key(kept.clocks) != _by_key(told.clocks):
        found.append("its clocks are not what its events say")
    before = {"respond_by": case.respond_by, "resolve_by": case.resolve_by}
    columns = parts.columns_of(told, before, case.opened_at)
    found += [f"its {name} is wrong" for name in _FOLLOWING if columns[name] != getattr(case, name)]
    return found


def _without_person(row: flows.RowState) -> flows.RowState:
    """The row as it is once whoever joined is forgotten; that there was somebody stays."""
    return replace(row, holder=None) if row.lane == parts.SECOND else row


def _by_key(clocks: Iterable[flows.ClockState]) -> dict[tuple[int, str], flows.ClockState]:
    return {(clock.row, clock.key): clock for clock in clocks}


async def _batches(columns: str) -> AsyncIterator[list[dict[str, Any]]]:
    last = UUID(int=0)
    while rows := await database.fetch(
        f"SELECT {columns} FROM cases c WHERE c.id > $1 ORDER BY c.id LIMIT $2", last, BATCH
    ):
        yield rows
        last = rows[-1]["id"]
