"""Which deadline comes next in a case, and whether a promise to the resident is broken."""

from datetime import datetime

from server.cases.record.files import CaseFile, ClockFile

# In these states the resident is waited for, so nobody at a desk is late.
WAITING_FOR_RESIDENT = ("resolved", "waiting_raiser")


def next_deadline(case: CaseFile, row: int = 0) -> ClockFile | None:
    """The running clock of a row that is due first."""
    running = [
        clock
        for clock in case.clocks
        if clock.no == row and clock.kept["mode"] == "running" and clock.due_at is not None
    ]
    return min(running, key=lambda clock: str(clock.due_at), default=None)


def is_overdue(case: CaseFile, now: datetime) -> bool:
    """Whether somebody at a desk is late with this case."""
    if not case.live or case.state in WAITING_FOR_RESIDENT:
        return False
    return any(_is_late(clock, now) for clock in case.clocks if clock.no == 0)


def _is_late(clock: ClockFile, now: datetime) -> bool:
    """Once late it stays late, also while paused; a clock that was stopped no longer counts."""
    if clock.kept["mode"] == "stopped":
        return False
    return bool(clock.kept["late"]) or (clock.due_at is not None and clock.due_at < now)
