"""Deadlines as a function of state: how a clock starts, rests, goes on, stops and rings."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from msgspec.structs import replace

from server.base import spans
from server.base.spans import Calendar
from server.flows.parts import ClockState, RowState
from server.flows.structure import Clock, Lane, State

RUNNING, PAUSED, STOPPED = "running", "paused", "stopped"
_NOTHING = timedelta()


def wanted(
    clock: Clock, lane: Lane, row: RowState, *, case: State, made: Mapping[str, Any]
) -> str | None:
    """The mode this clock has in this state; None: whatever it is, it must not start or run on."""
    if row.lane and case.end:
        return STOPPED
    if not clock.met.isdisjoint(made):
        return STOPPED
    if case.rests and (row.lane or case.key not in clock.runs):
        return None
    if row.state not in clock.runs and row.state not in clock.pauses:
        return STOPPED
    if row.state in clock.pauses or (lane.within and case.key not in lane.within):
        return PAUSED
    return RUNNING


class Keeper:
    """Turns clocks at one instant, by one calendar and the facts of one case."""

    def __init__(self, now: datetime, calendar: Calendar, facts: Mapping[str, Any]) -> None:
        self.now, self.calendar, self.facts = now, calendar, facts

    def turn(
        self, clock: Clock, old: ClockState | None, mode: str | None, row: int
    ) -> ClockState | None:
        """The clock in its new mode; the very same value if nothing changes."""
        if mode is None:
            mode = PAUSED if old and old.mode != STOPPED else STOPPED
        if old is None:
            return None if mode == STOPPED else self._start(clock, row, mode)
        if mode == old.mode:
            return old
        if mode != STOPPED and old.mode == STOPPED:
            if clock.again != "rest":
                return self._start(clock, row, mode)
            return (
                self._resume(clock, old) if mode == RUNNING else replace(old, mode=mode, due=None)
            )
        if mode == RUNNING:
            return self._resume(clock, old)
        return self._halt(old, mode)

    def _start(self, clock: Clock, row: int, mode: str) -> ClockState:
        if clock.until:
            span, total, due = "", _NOTHING, end_of(self.facts[clock.until[1:]], self.calendar)
        else:
            span, due = length_of(clock, self.facts), None
            total = spans.parse(span).length
        fresh = ClockState(
            row=row, key=clock.key, mode=mode, span=span, total=total, left=total,
            started=self.now, since=self.now, due=due,
        )  # fmt: skip
        return self._resume(clock, fresh) if mode == RUNNING else fresh

    def _resume(self, clock: Clock, old: ClockState) -> ClockState:
        due = old.due
        if old.span and not (old.late and old.left <= _NOTHING):
            due = spans.add(self.now, old.left, _unit(old), self.calendar)
        new = replace(old, mode=RUNNING, since=self.now, due=due)
        return self.wind(clock, new)

    def _halt(self, old: ClockState, mode: str) -> ClockState:
        if old.mode != RUNNING:
            return replace(old, mode=mode, ring_at=None)
        late = old.is_late(self.now)
        left = old.left
        if old.span:
            left -= spans.used(old.since, self.now, _unit(old), self.calendar)
        due = old.due if late or mode == STOPPED or not old.span else None
        return replace(
            old, mode=mode, left=left, since=self.now, due=due, late=late, ring_at=None,
            ran=(*old.ran, (old.since, self.now)),
        )  # fmt: skip

    def wind(self, clock: Clock, state: ClockState) -> ClockState:
        """The same clock with the time of its next rung."""
        return replace(state, ring_at=self._rings(clock, state))

    def _rings(self, clock: Clock, state: ClockState) -> datetime | None:
        if state.mode != RUNNING or state.due is None or state.rung >= len(clock.rungs):
            return None
        at = clock.rungs[state.rung].at
        if at == "0":
            return max(state.due, state.since)
        if at.endswith("%"):
            before = state.total * int(at[1:-1]) / 100
            return spans.add(state.since, state.left - before, _unit(state), self.calendar)
        after = spans.parse(at[1:])
        if state.since <= state.due:
            return spans.due(state.due, after, self.calendar)
        overrun = sum(
            (spans.used(max(a, state.due), b, after.unit, self.calendar) for a, b in state.ran),
            _NOTHING,
        )
        return spans.add(state.since, after.length - overrun, after.unit, self.calendar)

    def reset(self, clock: Clock, old: ClockState) -> ClockState:
        """The clock with the length its facts now say, from its start; a stopped one stays.

        What is broken by it already does not ring as due soon.
        """
        if old.mode == STOPPED or not old.span:
            return old
        span = length_of(clock, self.facts)
        unit, total = spans.parse(span).unit, spans.parse(span).length
        stretches = (*old.ran, (old.since, self.now)) if old.mode == RUNNING else old.ran
        left, due = total, None
        for begun, ended in stretches:
            ran = spans.used(begun, ended, unit, self.calendar)
            if due is None and ran > left:
                due = spans.add(begun, left, unit, self.calendar)
            left -= ran
        late = due is not None
        before = [rung for rung in clock.rungs if rung.at.endswith("%")]
        new = replace(
            old, span=span, total=total, left=left, since=self.now, due=due,
            late=late, rung=len(before) if late else 0, ring_at=None, ran=stretches,
        )  # fmt: skip
        return self._resume(clock, new) if old.mode == RUNNING else new

    def extend(self, clock: Clock, old: ClockState, by: str) -> ClockState:
        """The clock with more time: a span, or a part of its length such as "50%".

        What it promises is new: unless that is broken too, it is not late and nothing has rung.
        """
        if not old.span or old.mode == STOPPED:
            return old
        unit, due = _unit(old), old.due
        if by.endswith("%"):
            extra = old.total * int(by[:-1]) / 100
        else:
            begins = due or self.now
            ends = spans.due(begins, spans.parse(by), self.calendar)
            extra = spans.used(begins, ends, unit, self.calendar)
        left = old.left + extra
        if left > _NOTHING:
            running = old.mode == RUNNING
            due = spans.add(old.since, left, unit, self.calendar) if running else None
        elif due is not None:
            due = spans.add(due, extra, unit, self.calendar)
        late = due is not None and due <= self.now
        new = replace(
            old, total=old.total + extra, left=left, due=due, late=late,
            rung=old.rung if late else 0,
        )  # fmt: skip
        return self.wind(clock, new)


def is_extended(state: ClockState) -> bool:
    """Whether it runs longer than its length says."""
    return bool(state.span) and state.total > spans.parse(state.span).length


def length_of(clock: Clock, facts: Mapping[str, Any]) -> str:
    """The span a clock has in a case with these facts."""
    if isinstance(clock.length, tuple):
        return dict(clock.length)[str(facts[clock.of])]
    if clock.length.startswith("@"):
        return str(facts[clock.length[1:]])
    return clock.length


def end_of(when: str, calendar: Calendar) -> datetime:
    """An instant as it is written, or the end of a day."""
    if len(when) > 10:
        return datetime.fromisoformat(when)
    day = date.fromisoformat(when) + timedelta(days=1)
    return datetime.combine(day, time(), calendar.zone)


def _unit(state: ClockState) -> str:
    return spans.parse(state.span).unit
