"""Whose cases are whose: a guest takes hers into an account, a resident who goes leaves them.

Both are moves of the law, so a case's history tells them, and its chain stays whole.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server import flows, notices, org, places
from server.base import clock, database
from server.base.unit import AnyOf, Unit, unit_of_work
from server.base.viewer import Viewer
from server.cases.effects import deeds
from server.cases.effects.deeds import DeedCall
from server.cases.effects.telling import Occasion, tell_all
from server.cases.models import Case, CaseParty
from server.cases.record import parts, reading
from server.cases.record.files import CaseFile
from server.cases.record.keys import MOST_KEYS, key_hash, key_hashes, key_of
from server.cases.record.writing import Maker, write_steps
from server.cases.sight import movers
from server.cases.sight.relations import is_raiser
from server.cases.sight.scope import Args

AT_ONCE = 20  # cases left in one unit


@dataclass(frozen=True, slots=True)
class Belonging:
    """One move that changes whose a case is, and the row it is about."""

    case: CaseFile
    move: str
    row: int = 0


async def list_claimable(viewer: Viewer) -> list[Belonging]:
    """What the viewer's keys hold and no account does yet, newest first."""
    if viewer.account_id is None or not viewer.keys:
        return []
    args = Args()
    hashes = key_hashes(viewer.keys)
    rows = await database.fetch(
        f"SELECT {reading.selected()} FROM cases c WHERE c.id IN"
        f" (SELECT p.case_id FROM case_party p WHERE p.key_hash IN {args.listed(hashes)})"
        f" ORDER BY c.opened_at DESC LIMIT {MOST_KEYS}",
        *args.values,
    )
    found = (_claimable(reading.case_of(row), viewer, set(hashes)) for row in rows)
    return [one for one in found if one is not None]


async def claim_once(viewer: Viewer) -> int:
    """All that is claimable becomes the account's in one unit; how many. LostRace: nothing did."""
    found, now = await list_claimable(viewer), clock.now()
    async with unit_of_work() as unit:
        for one in found:
            await _step(unit, one, movers.claiming(viewer), viewer, now)
            if one.row:  # The key holds nothing there any more; a raiser's still opens her case.
                held = one.case.rows[one.row].key_hash
                unit.delete(CaseParty, where={"case_id": one.case.id, "key_hash": held})
    return len(found)


async def leave_once(account_id: UUID) -> int:
    """Leave some of the cases of an account that is being erased, in one unit; 0 when none is left.

    LostRace: nothing was left.
    """
    who, viewer, now = movers.leaving(account_id), Viewer(account_id), clock.now()
    found = await _still_theirs(account_id)
    async with unit_of_work() as unit:
        for one in found:
            await _step(unit, one, who, viewer, now)
    return len(found)


def forget_phone(unit: Unit, tags: tuple[bytes, ...]) -> None:
    """Destroy a number wherever a guest left it, or staff took it down for her, and the name
    beside it: whoever proved it is theirs wants both gone. `tags` are all it may be found by.
    """
    unit.update(
        Case,
        where={"phone_blind": AnyOf(tags), "raiser_account_id": None},
        set={"name_sealed": None, "phone_sealed": None, "phone_blind": None},
        expecting=None,
    )


async def claim_deed(call: DeedCall) -> dict[str, Any]:
    """The deed `cases.claim`: the raiser has an account now."""
    call.unit.insert(
        CaseParty,
        case_id=call.case.id,
        relation="raiser",
        account_id=call.by.account_id,
        since=call.case.version + 1,
    )
    return {"raiser_account_id": call.by.account_id}


async def leave_deed(call: DeedCall) -> dict[str, Any]:
    """The deed `cases.leave`: what the raiser left of herself is destroyed, her key opens nothing.

    What she wrote and the photos stay: the case is the town's record.
    """
    case, unit = call.case, call.unit
    hashed = key_hash(key_of(case.id))
    unit.update(Case, where={"id": case.id}, set={"phone_blind": None})
    unit.delete(CaseParty, where={"case_id": case.id, "key_hash": hashed})
    notices.forget_read(unit, case.id, hashed)
    return {"raiser_gone": True, "name_sealed": None, "phone_sealed": None}


async def step_back_deed(call: DeedCall) -> dict[str, Any]:
    """The deed `cases.step_back`: nobody asks or rings whoever leaves it to the neighbours."""
    call.unit.update(Case, where={"id": call.case.id}, set={"phone_blind": None})
    return {"name_sealed": None, "phone_sealed": None}


def _claimable(case: CaseFile, viewer: Viewer, hashes: set[bytes]) -> Belonging | None:
    if case.raiser_account_id is None and not case.raiser_gone:
        if is_raiser(case, viewer):
            return Belonging(case, "claim")
    elif case.raiser_account_id == viewer.account_id:
        return None
    rows = [row for row in case.rows if row.lane == parts.SECOND and row.live]
    if any(row.account_id == viewer.account_id for row in rows):
        return None
    held = next((row for row in rows if row.key_hash in hashes), None)
    return Belonging(case, "claim_second", held.no) if held else None


async def _still_theirs(account_id: UUID) -> list[Belonging]:
    """A few of the cases the account raised or joined and has not left."""
    rows = await database.fetch(
        f"SELECT {reading.selected()} FROM cases c"
        " WHERE c.id IN (SELECT p.case_id FROM case_party p WHERE p.account_id = $1)"
        " AND ((c.raiser_account_id = $1 AND NOT c.raiser_gone) OR EXISTS (SELECT 1 FROM case_row r"
        " WHERE r.case_id = c.id AND r.account_id = $1 AND r.live))"
        f" ORDER BY c.id LIMIT {AT_ONCE}",
        account_id,
    )
    return [one for row in rows for one in _to_leave(reading.case_of(row), account_id)][:AT_ONCE]


def _to_leave(case: CaseFile, account_id: UUID) -> list[Belonging]:
    """One move of a case at a time: its raiser's first."""
    if case.raiser_account_id == account_id and not case.raiser_gone:
        return [Belonging(case, "leave")]
    rows = (row for row in case.rows if row.lane == parts.SECOND and row.live)
    held = next((row for row in rows if row.account_id == account_id), None)
    return [Belonging(case, "leave_second", held.no)] if held else []


async def _step(
    unit: Unit, one: Belonging, who: flows.Mover, viewer: Viewer, now: datetime
) -> None:
    """Put one such move into the unit, with what it does and whom it tells."""
    case = one.case
    step = flows.step(
        flows.FLOWS[case.flow],
        parts.state_of(case),
        one.move,
        who=who,
        given={},
        now=now,
        calendar=await org.calendar(),
        row=one.row or None,
        answers=await deeds.answers(case),
    )
    also: dict[str, Any] = {}
    for deed in step.deeds:
        also |= await deeds.do(deed.name, DeedCall(unit, case, deed.given, viewer, now))
    maker = Maker(account_id=viewer.account_id)
    moved = write_steps(unit, case, step.case, step.events, maker=maker, now=now, also=also)
    ground = await places.find(case.place_id)
    await tell_all(unit, step.tells, Occasion(moved.case, ground, None, now, step.events))
