"""Whole histories at once, for the demo: each step computed by the law, then written in bulk.

A plan says what was reported where and when, and who did what afterwards; who they are follows
from the case itself, as it would have on the day. Nobody is told of what lies in the past.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from msgspec.structs import asdict, replace

from server import catalogue, flows, places
from server.base import database
from server.base.ids import new_number
from server.base.unit import Unit, unit_of_work
from server.base.viewer import GUEST, Viewer
from server.cases.intake.casting import Cast, as_acting, cast_of
from server.cases.intake.offices import office_case
from server.cases.intake.opening import Checked
from server.cases.intake.registering import blank_case, facts_of, given_of
from server.cases.models import Case, CaseClock, CaseEvent, CaseParty, CaseRow, CaseWords
from server.cases.owners import holders, routing
from server.cases.record import parts
from server.cases.record.files import CaseFile, PartyFile
from server.cases.record.keys import key_hash, key_of
from server.cases.record.raisers import blind_phone
from server.cases.record.writing import (
    Maker,
    case_columns,
    event_columns,
    new_parties,
    raisers_party,
)
from server.places import Ground

BATCH = 250
MOST_RINGS = 20


@dataclass(frozen=True, slots=True)
class Act:
    """One move of a history. `by`: raiser, neighbour, owner, or a role that has the place."""

    move: str
    by: str
    at: datetime
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One history to be: what somebody reported, and what came of it, in order."""

    place_id: UUID
    raiser: Viewer = GUEST
    category: str
    opened_at: datetime
    text: str = ""
    spot: str = ""
    phone: str | None = None
    name: str | None = None
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePlan:
    """One history to be that an office opens: through whoever has the role there, asked by the law
    what `given` says, with these facts.
    """

    id: UUID
    flow: str
    place_id: UUID
    by: str
    given: Mapping[str, Any]
    facts: Mapping[str, Any]
    opened_at: datetime
    text: str = ""
    acts: tuple[Act, ...] = ()


async def bulk_histories(plans: Iterable[Plan | OfficePlan], *, until: datetime) -> list[str]:
    """Write a case for each plan, its clocks rung up to `until`; the receipt numbers in order.

    Raises what the law raises where a plan is not lawful, NobodyThere where it has no actor; the
    batch it is in is not written.
    """
    cast = await cast_of(until)
    numbers: list[str] = []
    known = {row["number"] for row in await database.fetch("SELECT number FROM cases")}
    waiting = iter(plans)
    while batch := list(islice(waiting, BATCH)):
        async with unit_of_work() as unit:
            for plan in batch:
                story = await _Story.begin(plan, cast, known)
                await story.go_through(plan.acts, until)
                story.write(unit)
                numbers.append(story.case.number)
    return numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opening:
    """How a history begins: what the law does not know of the case, and what it asks."""

    blank: CaseFile
    party: PartyFile
    maker: Maker
    given: Mapping[str, Any]
    facts: Mapping[str, Any]
    who: flows.Mover = field(default_factory=flows.Mover)
    found_by: Mapping[str, Any] = field(default_factory=dict)


class _Story:
    """One history being told; nothing is written before it is whole."""

    def __init__(
        self, case: CaseFile, ground: Ground, cast: Cast, opening: _Opening, state: flows.CaseState
    ) -> None:
        self.case, self.ground, self.cast, self.state = case, ground, cast, state
        self.opening = opening
        self.columns = case_columns(case)
        self.events: list[dict[str, Any]] = []
        self.words: list[dict[str, Any]] = []
        self.parties: list[PartyFile] = [opening.party]

    @classmethod
    async def begin(cls, plan: Plan | OfficePlan, cast: Cast, known: set[str]) -> "_Story":
        """The report itself, or what an office opens."""
        at, ground = plan.opened_at, await places.find(plan.place_id)
        if isinstance(plan, OfficePlan):
            opening = _in_office(plan, ground, cast)
        else:
            opening = await _reported(plan, ground)
        # The id stays: name and number are sealed for it.
        blank = replace(opening.blank, number=_unused_number(at, known))
        step = flows.open_(
            flows.FLOWS[blank.flow],
            who=opening.who,
            given=opening.given,
            facts=opening.facts,
            now=at,
            calendar=cast.calendar,
        )
        story = cls(blank, ground, cast, opening, step.case)
        await story._take(step, opening.maker, at)
        return story

    async def go_through(self, acts: Iterable[Act], until: datetime) -> None:
        """Every act in order; clocks that ring between them ring."""
        for act in acts:
            await self._ring(act.at)
            who, maker = self._actor(act.by)
            step = flows.step(
                flows.FLOWS[self.case.flow],
                self.state,
                act.move,
                who=who,
                given=act.given,
                now=act.at,
                calendar=self.cast.calendar,
            )
            await self._take(step, maker, act.at)
        await self._ring(until)

    def write(self, unit: Unit) -> None:
        """The case as it ended, and everything that happened."""
        case_id = self.case.id
        unit.insert(Case, **self.columns, **self.opening.found_by)
        unit.bulk(CaseEvent, self.events)
        unit.bulk(CaseWords, self.words)
        for row in self.state.rows:
            columns = parts.row_columns(row, self.state.clocks)
            unit.insert(CaseRow, case_id=case_id, no=row.no, **columns)
        for clock in self.state.clocks:
            columns = parts.clock_columns(clock)
            unit.insert(CaseClock, case_id=case_id, no=clock.row, key=clock.key, **columns)
        for party in self.parties:
            unit.insert(CaseParty, case_id=case_id, since=self.state.version, **asdict(party))

    async def _ring(self, until: datetime) -> None:
        for _ in range(MOST_RINGS):
            bells = [
                (clock.ring_at, clock)
                for clock in self.state.clocks
                if clock.mode == "running" and clock.ring_at is not None and clock.ring_at <= until
            ]
            if not bells:
                return
            at, bell = min(bells, key=lambda one: one[0])
            step = flows.ring(
                flows.FLOWS[self.case.flow],
                self.state,
                bell.row,
                bell.key,
                now=at,
                calendar=self.cast.calendar,
            )
            await self._take(step, Maker(), at)

    async def _take(self, step: flows.Step, maker: Maker, at: datetime) -> None:
        step = await holders.answered(step, self.case, self.ground, at)
        self.state = step.case
        for event in step.events:
            written = event_columns(self.case.id, self.columns["chain"], event, maker)
            self.events.append(written.event)
            if written.words is not None:
                self.words.append(written.words)
            self.columns["chain"] = written.event["chain"]
        self.columns |= parts.columns_of(step.case, self.columns, at)
        self.parties += new_parties(self.parties, step.case.rows)

    def _actor(self, by: str) -> tuple[flows.Mover, Maker]:
        if by == "raiser":
            return flows.Mover(relations=frozenset({"raiser"})), self.opening.maker
        if by == "neighbour":
            key = key_hash(key_of(self.case.id, len(self.state.rows))).hex()
            visitor = flows.Mover(relations=frozenset({"visitor"}), keys=frozenset({key}))
            return visitor, Maker()
        if by == "owner":
            found = self.cast.of_holder(self.state.owner or flows.Holder())
        else:
            found = self.cast.in_role(by, self.ground)
        return as_acting(found, self.ground), Maker(found.account_id, found.name, (found.post,))


def _in_office(plan: OfficePlan, ground: Ground, cast: Cast) -> _Opening:
    found = cast.in_role(plan.by, ground)
    return _Opening(
        blank=office_case(plan.flow, ground, plan.opened_at, id=plan.id, text=plan.text),
        party=PartyFile("filer", None, None, found.post.id, found.post.unit_id),
        maker=Maker(found.account_id, found.name, (found.post,), files=True),
        given=plan.given,
        facts=plan.facts,
        who=as_acting(found, ground),
    )


async def _reported(plan: Plan, ground: Ground) -> _Opening:
    report = await _report(plan, ground)
    blank = blank_case("report", report, plan.raiser, plan.opened_at)
    return _Opening(
        blank=blank,
        party=raisers_party(blank),
        maker=Maker.of(plan.raiser),
        given=given_of(report),
        facts=facts_of(report),
        found_by={"phone_blind": blind_phone(plan.phone)},
    )


async def _report(plan: Plan, ground: Ground) -> Checked:
    category = await catalogue.category(plan.category)
    about = await routing.about_of(plan.category, ground, routing.About(), plan.opened_at)
    return Checked(
        ground=ground,
        place_name=await places.name_outside(ground),
        code_id=None,
        category=category,
        is_sorted=True,
        text=plan.text,
        spot=plan.spot,
        photos=(),
        point=None,
        about=about,
        conceal=category.conceal,
        phone=plan.phone,
        name=plan.name,
        channel="code",
    )


def _unused_number(at: datetime, known: set[str]) -> str:
    while (number := new_number(at)) in known:
        continue
    known.add(number)
    return number
