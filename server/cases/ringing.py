"""One try at ringing a clock: whoever is to hear it hears it in their hours, in order, once."""

from datetime import datetime
from uuid import UUID

from server import flows, org, places
from server.base.unit import unit_of_work
from server.cases.effects import deeds
from server.cases.effects.telling import answering, receivers, tell_all
from server.cases.effects.values import Occasion
from server.cases.models import CaseClock
from server.cases.owners import holders
from server.cases.record import parts, reading
from server.cases.record.files import CaseFile, RowFile
from server.cases.record.writing import Maker, write_steps
from server.places import Ground

# Residents are told at any hour, and so are those a case itself names, such as a shop; the phone
# in their hand decides when they look.
_RESIDENTS = frozenset({"raiser", "second"})


async def ring_once(case_id: UUID, no: int, key: str, now: datetime) -> bool:
    """Ring the next rung, or put it off until who is told is on duty; False if none was due.

    What is urgent waits for nobody's hours.
    """
    case = await reading.read_by_id(case_id)
    if case is None:
        return False
    ground = await places.find(case.place_id)
    flow, state = flows.FLOWS[case.flow], parts.state_of(case)
    rung = flows.next_rung(flow, state, no, key)
    later = await _heard_at(rung, case, case.rows[no], ground, now) if rung else None
    if later is not None:
        await _put_off(case, no, key, until=later)
        return True
    occasion = Occasion(case, ground, None, now)
    answers = {flows.HEARD: await _is_heard(rung, case, no, occasion)}
    step = flows.ring(
        flow,
        state,
        no,
        key,
        now=now,
        calendar=await org.calendar(),
        answers=await deeds.answers(case) | answers,
    )
    if not step.events:
        return False
    step = await holders.answered(step, case, ground, now)
    async with unit_of_work() as unit:
        moved = write_steps(unit, case, step.case, step.events, maker=Maker(), now=now)
        await tell_all(unit, step.tells, Occasion(moved.case, ground, None, now, step.events))
    return True


async def _heard_at(
    rung: flows.Rung, case: CaseFile, row: RowFile, ground: Ground, now: datetime
) -> datetime | None:
    """When whoever of the staff is told first is on duty next; None: now, or nobody is told."""
    staff = (told.who for told in rung.tells if not told.who.startswith("@"))
    word = next((who for who in staff if who not in _RESIDENTS), None)
    if word is None or case.facts.get("urgent"):
        return None
    if word in ("holder", "owner"):
        held = row if word == "holder" else case.main
        found = await org.answers_for(held.post_id, held.unit_id, ground, now)
    else:
        found = await answering(word, row, case, ground, now)
    return None if found is None or found.on_duty else found.next_duty


async def _is_heard(rung: flows.Rung | None, case: CaseFile, no: int, occasion: Occasion) -> bool:
    """Whether what it tells reaches anybody."""
    for told in rung.tells if rung else ():
        if await receivers(flows.Tell(told.who, told.text, no, case.version), occasion):
            return True
    return False


async def _put_off(case: CaseFile, no: int, key: str, *, until: datetime) -> None:
    """Ring later, unless somebody has wound the clock meanwhile."""
    clock = next(one for one in case.clocks if one.no == no and one.key == key)
    async with unit_of_work() as unit:
        unit.update(
            CaseClock,
            where={"case_id": case.id, "no": no, "key": key, "ring_at": clock.ring_at},
            set={"ring_at": until},
            expecting=None,
        )
