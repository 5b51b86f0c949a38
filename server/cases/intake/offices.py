"""Opening a case in office: about somebody who answers for it, raised by no resident.

Whoever opens it comes through a post, which stands among the parties as the one that filed it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from server import flows, org, photos, places, trust
from server.base import clock, database
from server.base.fields import clean_text
from server.base.unit import unit_of_work
from server.base.viewer import HeldPost, Viewer
from server.cases.effects.telling import tell_all
from server.cases.effects.values import Occasion
from server.cases.errors import OpenAlready
from server.cases.intake.opening import TEXT_LIMIT
from server.cases.intake.registering import Opened, bare_case
from server.cases.owners import holders
from server.cases.record.files import CaseFile
from server.cases.record.writing import Maker, write_new
from server.cases.sight.movers import as_mover
from server.places import Ground
from server.trust import ReplayKey

CHANNEL = "visit"


class OfficeCase(Struct, frozen=True, kw_only=True):
    """What an office opens at a place, as the kind of case asks for it.

    `facts` are plain values the law and the pages need: `title` says what it is about.
    """

    flow: str
    place_id: UUID
    post: HeldPost
    given: Mapping[str, Any]
    facts: Mapping[str, Any]
    photos: tuple[UUID, ...] = ()
    text: str = ""


async def register_in_office(new: OfficeCase, by: Viewer, asked: ReplayKey | None) -> Opened:
    """Check, ask the law, write. Raises Invalid with what is wrong, NotYours for another's step,
    OpenAlready, Duplicate where the number or the request is taken, or the same was opened at this
    very moment.
    """
    now = clock.now()
    ground = await places.find(new.place_id)
    text = clean_text(new.text, TEXT_LIMIT)
    kept = await photos.claim(new.photos, by=by)
    blank = office_case(new.flow, ground, now, text=text)
    step = flows.open_(
        flows.FLOWS[new.flow],
        who=flows.Mover(account_id=by.account_id, posts=(as_mover(new.post, ground.path),)),
        given={**new.given, "photos": [str(photo.id) for photo in kept]},
        facts={**new.facts, "photos": len(kept)},
        now=now,
        calendar=await org.calendar(),
    )
    await _refuse_second(flows.FLOWS[new.flow], step.case.facts)
    step = await holders.answered(step, blank, ground, now)
    kept = await _stamped(kept, blank.number, ground.full_name, now)
    async with unit_of_work() as unit:
        case = write_new(unit, blank, step, Maker.of(by), now, also={}, filer=new.post)
        photos.attach(unit, kept, case_id=case.id)
        if asked is not None:
            trust.remember(unit, asked, {"number": case.number}, at=now)
        await tell_all(unit, step.tells, Occasion(case, ground, by, now, step.events))
    return Opened.of(case)


def office_case(flow: str, ground: Ground, at: datetime, **more: Any) -> CaseFile:
    """A new case of an office at a place: raised by nobody, and for nobody who passes."""
    bare = bare_case(flow, ground, at)
    return replace(bare, public=False, raiser_gone=True, channel=CHANNEL, **more)


async def _stamped(
    kept: list[photos.KeptPhoto], number: str, place: str, now: datetime
) -> list[photos.KeptPhoto]:
    """Photos of staff carry time, place and number in the picture."""
    lines = photos.evidence_lines(at=now, place=place, number=number)
    return [await photos.stamp(one, lines) for one in kept]


async def _refuse_second(flow: flows.Flow, facts: Mapping[str, Any]) -> None:
    """Raises OpenAlready, naming the case, where one of this kind is open and alike (`one_by`)."""
    if not flow.one_by:
        return
    alike = [f"{_fact(name)} = ${nth}" for nth, name in enumerate(flow.one_by, start=1)]
    # Written out as the index is (migration 0023), or no database would use it.
    number = await database.fetch_value(
        f"SELECT number FROM cases WHERE live AND flow = '{flow.key}' AND {' AND '.join(alike)}"
        " ORDER BY id LIMIT 1",
        *(str(facts[name]) for name in flow.one_by),
    )
    if number is not None:
        raise OpenAlready(number=number)


def _fact(name: str) -> str:
    if database.dialect() == "sqlite":
        return f"json_extract(facts, '$.{name}')"
    return f"(facts ->> '{name}')"
