"""A firm leaves an estate: what it had open there goes to the one that comes, by a move each.

The firm that left sees what ended before, and nothing of what goes on without it.
"""

from typing import Any
from uuid import UUID

from server import flows, org, places
from server.base import clock, database
from server.base.unit import unit_of_work
from server.base.viewer import GUEST
from server.cases.effects import deeds
from server.cases.effects.deeds import DeedCall
from server.cases.effects.telling import Occasion, tell_all
from server.cases.models import CaseParty
from server.cases.owners import holders
from server.cases.record import parts, reading
from server.cases.record.files import CaseFile
from server.cases.record.writing import Maker, write_steps
from server.cases.sight import movers

MOVE = "change_firm"
AT_ONCE = 20


async def left_behind(unit_id: UUID, estate_id: UUID) -> list[CaseFile]:
    """Some of the open cases of an estate that this unit, or a post of it, still has."""
    rows = await database.fetch(
        f"SELECT {reading.selected()} FROM cases c WHERE c.estate_id = $1 AND c.id IN"
        " (SELECT r.case_id FROM case_row r WHERE r.no = 0 AND r.live AND r.unit_id = $2)"
        f" ORDER BY c.id LIMIT {AT_ONCE}",
        estate_id,
        unit_id,
    )
    return [reading.case_of(row) for row in rows]


async def succeed_once(case: CaseFile, heir: UUID) -> None:
    """The case goes to this unit; its history says so, and whoever waits for it is told.

    Raises LostRace if somebody else wrote the case meanwhile, and ConflictOfInterest where it
    complains about the heir.
    """
    now = clock.now()
    ground = await places.find(case.place_id)
    step = flows.step(
        flows.FLOWS[case.flow],
        parts.state_of(case),
        MOVE,
        who=movers.SUCCESSION,
        given={"unit": str(heir)},
        now=now,
        calendar=await org.calendar(),
        answers=await deeds.answers(case),
    )
    step = await holders.answered(step, case, ground, now)
    async with unit_of_work() as unit:
        for deed in step.deeds:
            await deeds.do(deed.name, DeedCall(unit, case, deed.given, GUEST, now))
        moved = write_steps(unit, case, step.case, step.events, maker=Maker(), now=now)
        await tell_all(unit, step.tells, Occasion(moved.case, ground, None, now, step.events))


async def succeed_deed(call: DeedCall) -> dict[str, Any]:
    """The deed `cases.succeed`: whoever had the case until now is no party of it any more."""
    before = call.case.main.unit_id
    call.unit.delete(
        CaseParty, where={"case_id": call.case.id, "relation": "holder", "unit_id": before}
    )
    return {}
