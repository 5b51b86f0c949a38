"""Is a case whole? Its events follow one another, are chained, and tell the case as it stands."""

from server import cases, flows
from server.base import database
from server.cases.record import parts, reading  # looked at from inside: this is about what is kept
from server.cases.record.chain import START, link
from server.cases.record.files import CaseFile, EventFile
from tests.journeys.towns import OpenTown


def faults_of(town: OpenTown, *numbers: str) -> list[str]:
    """What is wrong with these cases, in words; nothing if they are whole."""

    async def ask() -> list[str]:
        found = [(number, await reading.read_by_number(number)) for number in numbers]
        lost = [f"{number} is not there" for number, case in found if case is None]
        return lost + [fault for _, case in found if case for fault in await _faults(case)]

    return town.look(ask)


def faults_of_all(town: OpenTown) -> list[str]:
    """What is wrong with any case of the town."""

    async def ask() -> list[str]:
        ids = await database.fetch("SELECT id FROM cases")
        found = [await reading.read_by_id(row["id"]) for row in ids]
        return [fault for case in found if case is not None for fault in await _faults(case)]

    return town.look(ask)


def versions_of(town: OpenTown, number: str) -> list[int]:
    """The versions of a case's events, in the order they were written."""

    async def ask() -> list[int]:
        case = await reading.read_by_number(number)
        return [event.version for event in await cases.read_events(case.id)] if case else []

    return town.look(ask)


async def _faults(case: CaseFile) -> list[str]:
    events = await cases.read_events(case.id)
    told = [
        ("one event a version", [e.version for e in events] == list(range(1, case.version + 1))),
        ("the chain is whole", _chained(case, events) == case.chain),
        ("the events tell the case", _replayed(case, events)),
    ]
    return [f"{case.number}: not so: {what}" for what, is_so in told if not is_so]


def _chained(case: CaseFile, events: tuple[EventFile, ...]) -> bytes:
    hashed = START
    for event in events:
        hashed = link(
            hashed,
            case_id=case.id,
            body=event.body,
            by_account_id=event.by_account_id,
            by_name=event.by_name,
            by_role=event.by_role,
        )
    return hashed


def _replayed(case: CaseFile, events: tuple[EventFile, ...]) -> bool:
    told, kept = flows.replay(case.flow, parts.events_of(events)), parts.state_of(case)
    return (
        told.version == kept.version
        and told.rows == kept.rows
        and dict(told.facts) == dict(kept.facts)
        and {(c.row, c.key): c for c in told.clocks} == {(c.row, c.key): c for c in kept.clocks}
    )
