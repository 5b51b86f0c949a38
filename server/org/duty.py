"""When a post is on duty: weekly hours by the work calendar, read and told."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from server.base.spans import Calendar

_DAYS = {"workday": "工作日", "every": "每天"}
_FARTHEST_DAYS = 60
_WHOLE_DAY = ("00:00", "24:00")


@dataclass(frozen=True, slots=True)
class DutyHours:
    """One stretch: on workdays or every day, from when to when ("24:00" is the day's end)."""

    days: str
    starts: str
    ends: str


Hours = tuple[DutyHours, ...]


def is_on(hours: Hours, at: datetime, calendar: Calendar) -> bool:
    """Whether somebody with these hours is on duty at this instant."""
    day = calendar.day_of(at)
    return any(start <= at < end for start, end in _stretches(hours, day, calendar))


def next_on(hours: Hours, at: datetime, calendar: Calendar) -> datetime | None:
    """When duty begins next after `at`; None for hours that never come."""
    day = calendar.day_of(at)
    for _ in range(_FARTHEST_DAYS):
        later = [start for start, _ in _stretches(hours, day, calendar) if start > at]
        if later:
            return min(later)
        day += timedelta(days=1)
    return None


@lru_cache(maxsize=1024)
def told(hours: Hours) -> str:
    """The hours as people read them: 工作日8:30–12:00、14:30–18:00."""
    if any((each.days, each.starts, each.ends) == ("every", *_WHOLE_DAY) for each in hours):
        return "24小时"
    parts = []
    for days, title in _DAYS.items():
        stretches = sorted((each.starts, each.ends) for each in hours if each.days == days)
        if stretches:
            said = "、".join(f"{_short(start)}–{_short(end)}" for start, end in stretches)
            parts.append(f"{title}{said}")
    return "，".join(parts)


@lru_cache(maxsize=4096)
def _stretches(
    hours: Hours, day: date, calendar: Calendar
) -> tuple[tuple[datetime, datetime], ...]:
    workday = calendar.is_workday(day)
    return tuple(
        (_instant(day, each.starts, calendar), _instant(day, each.ends, calendar))
        for each in hours
        if workday or each.days == "every"
    )


def _instant(day: date, clock_time: str, calendar: Calendar) -> datetime:
    hour, minute = int(clock_time[:2]), int(clock_time[3:])
    if hour == 24:
        day, hour = day + timedelta(days=1), 0
    return datetime.combine(day, time(hour, minute), calendar.zone).astimezone(UTC)


def _short(clock_time: str) -> str:
    return clock_time.removeprefix("0")
