"""A small town for the law: who is who, what day it is, and stories told move by move."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import chinese_calendar

from server.base.spans import Calendar
from server.flows import (
    FLOWS,
    CaseState,
    Event,
    Flow,
    Holder,
    HolderRule,
    Mover,
    MoverPost,
    Step,
    Tell,
    engine,
    replay,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar(
    {day: False for day in chinese_calendar.constants.holidays if day.year in (2025, 2026)}
    | {day: True for day in chinese_calendar.constants.workdays if day.year in (2025, 2026)}
)


def at(text: str) -> datetime:
    """An instant as the town's wall clock shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


MONDAY = at("2026-11-23 09:00")


def number(n: int) -> UUID:
    return UUID(int=0x0198C0DE00007000800000000000_0000 + n)


COMMUNITY, STREET, FIRM, OTHER_FIRM, HEATING = (number(n) for n in range(1, 6))


def staff(role: str, unit: UUID, n: int, *, here: bool = True) -> Mover:
    return Mover(posts=(MoverPost(number(100 + n), unit, role, here),))


GRID_WORKER = staff("grid_worker", COMMUNITY, 1)
GRID_LEADER = staff("grid_leader", COMMUNITY, 2)
ABOVE = replace(GRID_LEADER, relations=frozenset({"supervisor"}))
SECRETARY = staff("community_secretary", COMMUNITY, 3)
DISPATCHER = staff("street_dispatcher", STREET, 4)
DISPATCHER_ELSEWHERE = staff("street_dispatcher", number(9), 5, here=False)
MANAGER = staff("property_manager", FIRM, 6)
FITTER = staff("property_staff", FIRM, 7)
OTHER_MANAGER = staff("property_manager", OTHER_FIRM, 8)
STOKER = staff("dept_handler", HEATING, 9)

RAISER = Mover(frozenset({"raiser", "visitor"}), account_id=number(500))
GUEST = Mover(frozenset({"raiser"}), keys=frozenset({"guest-key"}))
NEIGHBOUR = Mover(frozenset({"visitor"}), account_id=number(501))
PASSER_BY = Mover()

OWNERS = {
    "role:grid_worker": Holder(number(101), COMMUNITY),
    "role:street_dispatcher": Holder(number(104), STREET),
    "catalogue": Holder(unit_id=FIRM),
    "up": Holder(number(104), STREET),
}


def holder_by(rule: HolderRule) -> Holder:
    """What the case desk would answer."""
    if rule.rule == "given":
        return Holder(post_id=rule.post_id, unit_id=rule.unit_id)
    return OWNERS[rule.rule]


def completed(step: Step) -> Step:
    return engine.with_holders(step, {rule.row: holder_by(rule) for rule in step.holder_rules})


FACTS = {"category": "P02", "respond": "30m", "resolve": "24h", "evidence": "photo"}
DONE = {"outcome": "fixed", "text": "换了门机皮带。"}


@dataclass
class Story:
    """One case, told move by move; time stands still unless `wait` is said."""

    case: CaseState
    now: datetime
    flow: Flow
    events: list[Event] = field(default_factory=list)
    tells: list[Tell] = field(default_factory=list)
    last: Step | None = None

    def wait(self, *, ring: bool = False, **time: float) -> "Story":
        self.now += timedelta(**time)
        return self.rings() if ring else self

    def wait_until(self, text: str) -> "Story":
        self.now = at(text)
        return self

    def does(self, who: Mover, move: str, row: int | None = None, **given: Any) -> "Story":
        facts = given.pop("facts", None)
        seen = given.pop("seen_version", None)
        answers = given.pop("answers", None)
        step = engine.step(
            self.flow,
            self.case,
            move,
            who=who,
            given=given,
            now=self.now,
            calendar=CALENDAR,
            row=row,
            facts=facts,
            answers=answers,
            seen_version=seen,
        )
        return self._take(completed(step))

    def rings(self) -> "Story":
        """Ring everything that is due, one rung after another."""
        for _ in range(100):
            due = [c for c in self.case.clocks if c.ring_at and c.ring_at <= self.now]
            if not due:
                return self
            first = min(due, key=lambda one: one.ring_at)
            step = engine.ring(
                self.flow, self.case, first.row, first.key, now=self.now, calendar=CALENDAR
            )
            self._take(completed(step))
        raise AssertionError("a clock rings for ever")

    def offers(self, who: Mover) -> list[str]:
        found = engine.offered(self.flow, self.case, who=who, now=self.now, calendar=CALENDAR)
        return [offer.key for offer in found]

    def told(self) -> set[tuple[str, str]]:
        """Whom the last step told what."""
        return {(tell.to, tell.text) for tell in self.last.tells} if self.last else set()

    def replayed(self) -> CaseState:
        kept = tuple(Event.read(event.plain()) for event in self.events)
        return replay(self.flow.key, kept)

    def _take(self, step: Step) -> "Story":
        self.last, self.case = step, step.case
        self.events += step.events
        self.tells += step.tells
        return self

    @property
    def state(self) -> str:
        return self.case.state


def begin(
    flow: Flow,
    who: Mover,
    given: Mapping[str, Any],
    facts: Mapping[str, Any],
    now: datetime = MONDAY,
) -> Story:
    step = completed(
        engine.open_(flow, who=who, given=given, facts=facts, now=now, calendar=CALENDAR)
    )
    story = Story(step.case, now, flow)
    return story._take(step)


def a_report(now: datetime = MONDAY, **facts: Any) -> Story:
    """王女士 reports a lift that does not move; `direct=True` sends it straight to the firm."""
    given = {"category": "P02", "text": "电梯不动了。"}
    return begin(FLOWS["report"], RAISER, given, {**FACTS, **facts}, now)


def a_dispatched_report(**facts: Any) -> Story:
    return a_report(**facts).does(GRID_WORKER, "accept").does(GRID_WORKER, "dispatch")


def a_handled_report(**facts: Any) -> Story:
    return a_dispatched_report(**facts).does(MANAGER, "sign")


def a_resolved_report(**facts: Any) -> Story:
    return a_handled_report(**facts).does(MANAGER, "resolve", **DONE)


def a_reopened_report(**facts: Any) -> Story:
    return a_resolved_report(**facts).does(RAISER, "reopen", reason="还是不动")


def a_disputed_report(**facts):
    return a_dispatched_report(**facts).does(MANAGER, "return", reason="不属物业范围")


def an_accepted_report(**facts):
    return a_report(**facts).does(GRID_WORKER, "accept")


def a_confirmed_report(**facts):
    return a_resolved_report(**facts).does(RAISER, "confirm", solved="yes", rating="satisfied")


def a_direct_report(**facts):
    return a_report(direct=True, **facts)


def a_declined_report(**facts):
    return a_report(**facts).does(GRID_WORKER, "decline", reason="不是公共事务")


def an_asking_report(**facts):
    return a_handled_report(**facts).does(MANAGER, "ask", question="是几号电梯？")


def a_hung_report(until="2026-12-31", **facts):
    return (
        a_handled_report(**facts)
        .does(MANAGER, "ask_hang", reason="要等配件", until=until)
        .does(DISPATCHER, "grant_hang")
    )
