"""One try at moving a case: read it, ask the law, write what follows, or say the race is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from server import catalogue, codes, flows, org, photos, places, trust
from server.base import clock
from server.base.unit import Unit, unit_of_work
from server.base.viewer import Viewer
from server.cases.dossiers import Dossier, after, find_dossier
from server.cases.effects import deeds
from server.cases.effects.deeds import DeedCall
from server.cases.effects.telling import tell_all, tell_out_of_hours
from server.cases.effects.values import Occasion
from server.cases.errors import CaseMovedOn, CaseUnknown, OwnCase
from server.cases.intake.registering import category_facts
from server.cases.owners import holders, routing
from server.cases.record import parts, reading
from server.cases.record.files import CaseFile
from server.cases.record.keys import key_of
from server.cases.record.writing import Maker, write_steps
from server.cases.sight import movers
from server.cases.sight.relations import is_raiser, joined_as
from server.photos import KeptPhoto
from server.places import Ground, covering_paths
from server.trust import ReplayKey


class Sent(Struct, frozen=True):
    """One move as it was sent."""

    number: str
    move: str
    by: Viewer
    given: Mapping[str, Any]
    seen_version: int | None
    row: int | None
    asked: ReplayKey | None


@dataclass(frozen=True, slots=True)
class Joined:
    """How many residents have joined now; `key` is a guest's way back."""

    number: str
    seconded: int
    key: str | None


class _Found(Struct, frozen=True):
    """What was looked up for what is given."""

    facts: dict[str, Any]
    columns: dict[str, Any]


async def move_once(sent: Sent) -> Dossier:
    """Raises LostRace if somebody else wrote the case meanwhile; nothing is written then."""
    now = clock.now()
    dossier = await find_dossier(sent.number, sent.by)
    case = dossier.case
    ground = await places.find(case.place_id)
    found = await _looked_up(case, sent.given, ground, now)
    step = await _step(case, sent, found, now)
    step = await holders.answered(step, replace(case, **found.columns), ground, now)
    kept = await _photos(case, sent, step, now)
    async with unit_of_work() as unit:
        also = found.columns | await _deeds(unit, case, step, sent.by, now)
        moved = write_steps(
            unit, case, step.case, step.events, maker=Maker.of(sent.by), now=now, also=also
        )
        photos.attach(unit, kept, case_id=case.id)
        if sent.asked is not None:
            trust.remember(unit, sent.asked, {"number": case.number}, at=now)
        occasion = Occasion(moved.case, ground, sent.by, now, step.events)
        await tell_all(unit, step.tells, occasion)
        if found.facts.get("urgent"):  # It has just been found to be.
            await tell_out_of_hours(unit, occasion)
    return await after(dossier, moved, sent.by)


async def _step(case: CaseFile, sent: Sent, found: _Found, now: datetime) -> flows.Step:
    try:
        return flows.step(
            flows.FLOWS[case.flow],
            parts.state_of(case),
            sent.move,
            who=await movers.mover_of(case, sent.by),
            given=sent.given,
            now=now,
            calendar=await org.calendar(),
            row=sent.row,
            answers=await deeds.answers(case),
            facts=found.facts,
            seen_version=sent.seen_version,
        )
    except flows.CaseMovedOn:
        raise CaseMovedOn(number=case.number) from None


async def _looked_up(
    case: CaseFile, given: Mapping[str, Any], ground: Ground, now: datetime
) -> _Found:
    """Of a new category: its promises for the law, whether it goes straight on to somebody else,
    and who may see the case from now on.
    """
    key = given.get("category")
    if not isinstance(key, str) or not key:
        return _Found({}, {})
    category = await catalogue.category(key)
    about = await routing.about_of(key, ground, routing.about(case), now)
    straight_on = category.direct and await routing.is_for_another(case, key, ground, about, now)
    told = category_facts(category) | routing.about_facts(about)
    facts = told | {"straight_on": straight_on}
    if category.urgent:  # What was granted while it could wait holds no longer.
        facts["longer"] = None
    columns = {
        "public": category.public,
        "conceal": case.conceal or category.conceal,
        "covers_path": places.covers_path(ground, category.covers),
        "about_unit_id": about.unit_id,
    }
    return _Found(facts, columns)


async def _photos(case: CaseFile, sent: Sent, step: flows.Step, now: datetime) -> list[KeptPhoto]:
    """The photos given with a move; those of staff carry time, place and number in the picture."""
    event = step.events[0]
    ids = [UUID(one) for one in event.given.get("photos") or ()]
    if not ids:
        return []
    kept = await photos.claim(ids, by=sent.by)
    if event.post_id is None:
        return kept
    lines = photos.evidence_lines(at=now, place=case.place_name, number=case.number)
    return [await photos.stamp(one, lines) for one in kept]


async def _deeds(
    unit: Unit, case: CaseFile, step: flows.Step, by: Viewer, now: datetime
) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for deed in step.deeds:
        columns |= await deeds.do(deed.name, DeedCall(unit, case, deed.given, by, now))
    return columns


async def join_once(number: str, code: str, by: Viewer, asked: ReplayKey | None) -> Joined:
    """One try at 附议. Raises LostRace as `move_once` does."""
    now = clock.now()
    ground = (await codes.read(code)).shown
    case = await reading.read_by_number(number)
    if case is None or not case.public or case.covers_path not in covering_paths(ground):
        raise CaseUnknown
    if is_raiser(case, by):
        raise OwnCase(number=case.number)
    joined = joined_as(case, by, parts.SECOND)
    if joined is not None:
        key = None if by.account_id else key_of(case.id, joined.no)
        return Joined(case.number, case.seconded, key)
    who, key = movers.joining(case, by)
    step = flows.step(
        flows.FLOWS[case.flow],
        parts.state_of(case),
        parts.SECOND,
        who=who,
        given={},
        now=now,
        calendar=await org.calendar(),
    )
    async with unit_of_work() as unit:
        maker = Maker(account_id=by.account_id)
        moved = write_steps(unit, case, step.case, step.events, maker=maker, now=now)
        if asked is not None:
            made = {"number": case.number, "row": str(len(case.rows))}
            trust.remember(unit, asked, made, at=now)
        here = await places.find(case.place_id)
        await tell_all(unit, step.tells, Occasion(moved.case, here, None, now))
    return Joined(case.number, moved.case.seconded, key)
