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

from server import catalogue, flows, org, places
from server.base.ids import new_number
from server.base.spans import Calendar
from server.base.unit import Unit, unit_of_work
from server.base.viewer import GUEST, Viewer
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
from server.cases.sight.relations import reaches
from server.org import Holding
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


class NobodyThere(LookupError):
    """A plan lets somebody act who does not exist in this town."""


async def bulk_histories(plans: Iterable[Plan], *, until: datetime) -> list[str]:
    """Write a case for each plan, its clocks rung up to `until`; the receipt numbers in order.

    Raises what the law raises where a plan is not lawful, NobodyThere where it has no actor; the
    batch it is in is not written.
    """
    cast = await _cast(until)
    numbers: list[str] = []
    known: set[str] = set()
    waiting = iter(plans)
    while batch := list(islice(waiting, BATCH)):
        async with unit_of_work() as unit:
            for plan in batch:
                story = await _Story.begin(plan, cast, known)
                await story.go_through(until)
                story.write(unit)
                numbers.append(story.case.number)
    return numbers


@dataclass(frozen=True, slots=True)
class _Cast:
    """Everyone who holds a post, by post, by unit and by role; and the work calendar."""

    by_post: Mapping[UUID, Holding]
    by_unit: Mapping[UUID, Holding]
    by_role: Mapping[str, tuple[Holding, ...]]
    calendar: Calendar

    def of_holder(self, holder: flows.Holder) -> Holding:
        """Whoever acts for a holder: the post itself, or the first of the unit's."""
        known: Mapping[UUID, Holding] = self.by_post if holder.post_id else self.by_unit
        found = known.get(holder.post_id or _some(holder.unit_id))
        if found is None:
            raise NobodyThere(f"nobody holds a post for {holder}, so nobody can act")
        return found

    def in_role(self, role: str, ground: Ground) -> Holding:
        """Whoever holds this role here; the nearest area wins."""
        some = self.by_role.get(role, ())
        here = [one for one in some if ground.path.startswith(one.post.area)]
        if not here:
            raise NobodyThere(f"nobody is {role} at {ground.full_name}")
        return here[-1]


async def _cast(at: datetime) -> _Cast:
    by_post: dict[UUID, Holding] = {}
    by_unit: dict[UUID, Holding] = {}
    by_role: dict[str, tuple[Holding, ...]] = {}
    for one in await org.everyone(at):
        if by_post.setdefault(one.post.id, one) is one:
            by_unit.setdefault(one.post.unit_id, one)
            by_role[one.post.role] = (*by_role.get(one.post.role, ()), one)
    return _Cast(by_post, by_unit, by_role, await org.calendar())


class _Story:
    """One history being told; nothing is written before it is whole."""

    def __init__(
        self, case: CaseFile, ground: Ground, plan: Plan, cast: _Cast, state: flows.CaseState
    ) -> None:
        self.case, self.ground, self.plan, self.cast, self.state = case, ground, plan, cast, state
        self.columns = case_columns(case)
        self.events: list[dict[str, Any]] = []
        self.words: list[dict[str, Any]] = []
        self.parties: list[PartyFile] = [raisers_party(case)]

    @classmethod
    async def begin(cls, plan: Plan, cast: _Cast, known: set[str]) -> "_Story":
        """The report itself."""
        at = plan.opened_at
        ground = await places.find(plan.place_id)
        report = await _report(plan, ground)
        # The id stays: name and number are sealed for it.
        blank = replace(
            blank_case("report", report, plan.raiser, at), number=_unused_number(at, known)
        )
        step = flows.open_(
            flows.FLOWS[blank.flow],
            who=flows.Mover(),
            given=given_of(report),
            facts=facts_of(report),
            now=at,
            calendar=cast.calendar,
        )
        story = cls(blank, ground, plan, cast, step.case)
        await story._take(step, Maker.of(plan.raiser), at)
        return story

    async def go_through(self, until: datetime) -> None:
        """Every act in order; clocks that ring between them ring."""
        for act in self.plan.acts:
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
        found_by: dict[str, Any] = {"phone_blind": blind_phone(self.plan.phone)}
        unit.insert(Case, **self.columns, **found_by)
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
            raiser = Maker.of(self.plan.raiser)
            return flows.Mover(relations=frozenset({"raiser"})), raiser
        if by == "neighbour":
            key = key_hash(key_of(self.case.id, len(self.state.rows))).hex()
            visitor = flows.Mover(relations=frozenset({"visitor"}), keys=frozenset({key}))
            return visitor, Maker()
        if by == "owner":
            found = self.cast.of_holder(self.state.owner or flows.Holder())
        else:
            found = self.cast.in_role(by, self.ground)
        held, here = found.post, reaches(found.post, self.ground.path)
        post = flows.MoverPost(held.id, held.unit_id, held.role, here=here)
        who = flows.Mover(posts=(post,), account_id=found.account_id)
        return who, Maker(found.account_id, found.name, (held,))


async def _report(plan: Plan, ground: Ground) -> Checked:
    category = await catalogue.category(plan.category)
    about = await routing.about_of(plan.category, ground, routing.About(), plan.opened_at)
    return Checked(
        ground=ground,
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


def _some(unit_id: UUID | None) -> UUID:
    if unit_id is None:
        raise ValueError("a case that nobody holds cannot be told on")
    return unit_id
