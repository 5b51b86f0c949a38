"""The only ways a case changes: opened, moved, joined, taken into an account, left, rung.

Each is one write-set in one unit of work: case, rows, clocks, events, parties, messages, photos and
the key of the request. Whoever loses the race reads again and asks the law again.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from server import trust
from server.base import clock, database
from server.base.errors import Failure, Unavailable
from server.base.races import until_won
from server.base.unit import Duplicate, LostRace
from server.base.viewer import Viewer
from server.cases.belonging import claim_once, leave_once
from server.cases.dossiers import Dossier, find_dossier
from server.cases.errors import CaseUnknown, ConflictOfInterest
from server.cases.intake.offices import OfficeCase, register_in_office
from server.cases.intake.opening import NewCase, checked
from server.cases.intake.registering import Opened, register
from server.cases.moving import Joined, Sent, join_once, move_once
from server.cases.record import reading
from server.cases.record.files import CaseFile
from server.cases.record.keys import key_of
from server.cases.ringing import ring_once
from server.cases.succession import left_behind, succeed_once
from server.trust import ReplayKey

MOST_NUMBERS = 8
R = TypeVar("R")


async def open_case(new: NewCase, *, by: Viewer, asked: ReplayKey | None = None) -> Opened:
    """Open a case, tell everyone it concerns, and give its raiser a number to hold.

    One statement on PostgreSQL. The same request again gives the same answer. Raises Invalid with
    every wrong field, CodeUnknown, CodeRetired, or KeyReused.
    """
    return await _opened(lambda: register(new, by, asked), asked)


async def open_in_office(new: OfficeCase, *, by: Viewer, asked: ReplayKey | None = None) -> Opened:
    """Open a case that no resident raised, about somebody who answers for it, and tell them.

    The same request again gives the same answer. Raises Invalid with every wrong field, NotYours
    where the flow lets others find it, or KeyReused.
    """
    return await _opened(lambda: register_in_office(new, by, asked), asked)


async def check_new(new: NewCase, *, by: Viewer) -> None:
    """Raise what `open_case` would refuse it for; open nothing."""
    await checked(new, by, clock.now())


async def make_move(
    number: str,
    move: str,
    *,
    by: Viewer,
    given: Mapping[str, Any],
    seen_version: int | None,
    row: int | None = None,
    asked: ReplayKey | None = None,
) -> Dossier:
    """Make one move in a case and tell everyone it concerns; the dossier as it then stands.

    One version-guarded write-set. Raises CaseMovedOn if the row acted on changed since
    `seen_version`, CaseUnknown if it is not theirs to see, and whatever the flow says if the move
    is not possible, not theirs, or lacks something it needs.
    """
    sent = Sent(number, move, by, given, seen_version, row, asked)
    try:
        return await until_won(number, lambda: move_once(sent))
    except (Failure, Duplicate) as error:
        made = await _made_before(asked, error)
        return await find_dossier(made["number"], by)


async def second(number: str, code: str, *, by: Viewer, asked: ReplayKey | None = None) -> Joined:
    """Another resident who scanned a code the case covers joins it and is told of its end.

    Joining twice gives the same answer. Raises CaseUnknown where the code does not cover the case
    or the case is not listed, OwnCase for its raiser.
    """
    try:
        return await until_won(number, lambda: join_once(number, code, by, asked))
    except (Failure, Duplicate) as error:
        made = await _made_before(asked, error)
        case = await _case_of(made)
        key = None if by.account_id else key_of(case.id, int(made["row"]))
        return Joined(case.number, case.seconded, key)


async def claim(*, by: Viewer) -> int:
    """Everything the viewer's keys hold becomes their account's, all or nothing; how many."""
    return await until_won(by.account_id, lambda: claim_once(by))


async def leave_cases(account_id: UUID) -> int:
    """An account that is being erased leaves every case it raised or joined; how many moves.

    The cases go on. Their histories and chains stay; name and number are destroyed. May be broken
    off and begun again.
    """
    moves = 0
    while left := await until_won(account_id, lambda: leave_once(account_id)):
        moves += left
    return moves


async def succeed(unit_id: UUID, estate_id: UUID, heir: UUID) -> int:
    """Whatever this unit still has open at an estate goes to the heir, one move each; how many.

    May be broken off and begun again. A case that complains about the heir stays where it is.
    """
    moved, stays = 0, set[UUID]()
    while left := [one for one in await left_behind(unit_id, estate_id) if one.id not in stays]:
        for case in left:
            try:
                await succeed_once(case, heir)
                moved += 1
            except LostRace:
                continue
            except ConflictOfInterest:
                stays.add(case.id)
    return moved


async def ring(case_id: UUID, no: int, key: str, *, now: datetime) -> bool:
    """Ring one clock of one row, if it is due, or put it off until it is heard; whether it was."""
    return await until_won(case_id, lambda: ring_once(case_id, no, key, now))


async def ring_due(now: datetime | None = None, *, most: int = 50) -> int:
    """Ring what is due, the oldest first and of each case one clock, which may be due again before
    its next; how many were. Call again until it is 0.
    """
    now = now or clock.now()
    due = await database.fetch(
        "SELECT case_id, no, key FROM case_clock WHERE ring_at <= $1 ORDER BY ring_at, id LIMIT $2",
        now,
        most,
    )
    rang: set[UUID] = set()
    for row in due:
        case_id = row["case_id"]
        if case_id not in rang and await ring(case_id, row["no"], row["key"], now=now):
            rang.add(case_id)
    return len(rang)


async def ring_lag_s(now: datetime) -> float:
    """How long the oldest clock that is due has waited to ring, in seconds."""
    row = await database.fetch_one(
        "SELECT ring_at FROM case_clock WHERE ring_at <= $1 ORDER BY ring_at LIMIT 1", now
    )
    return (now - row["ring_at"]).total_seconds() if row else 0.0


async def _opened(attempt: Callable[[], Awaitable[Opened]], asked: ReplayKey | None) -> Opened:
    """Draw another number while it is taken, look again where a photo was used at the same moment;
    what the same request opened before, if it did."""
    try:
        for _ in range(MOST_NUMBERS):
            try:
                return await attempt()
            except Duplicate as taken:
                if taken.table != "cases":
                    raise
            except LostRace:
                continue
    except (Failure, Duplicate) as error:
        made = await _made_before(asked, error)
        return Opened.of(await _case_of(made))
    raise Unavailable


async def _made_before(asked: ReplayKey | None, error: Exception) -> dict[str, str]:
    """What the same request made the first time; if there was no first time, the error stands."""
    made = await trust.find_replay(asked) if asked is not None else None
    if made is None:
        raise error
    return made


async def _case_of(made: Mapping[str, str]) -> CaseFile:
    case = await reading.read_by_number(made["number"])
    if case is None:
        raise CaseUnknown
    return case
