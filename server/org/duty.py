"""When a post is on duty: weekly hours and shifts by the work calendar, read and told."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID

from server.base.spans import Calendar

WORKDAY, EVERY, DAY_OFF = "workday", "every", "off"
WEEKDAYS = {str(nth): name for nth, name in enumerate("一二三四五六日", start=1)}
ONE_DAY = timedelta(days=1)
FARTHEST_DAYS = 60
_DAYS = {WORKDAY: "工作日", EVERY: "每天", DAY_OFF: "休息日"}
_WHOLE_DAY = ("00:00", "24:00")
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00", re.ASCII)

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class DutyHours:
    """One stretch of a week, from when to when ("24:00" is the day's end, before the start is the
    next day's).

    `days`: on workdays, every day, on days off, or on the weekdays whose numbers stand there
    ("135"); those rest on holidays, whatever weekday one falls on.
    """

    days: str
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class Shift:
    """One person's turn: on a day, and again every so many days (`every` 0: never) until a day."""

    account_id: UUID
    title: str
    starts: str
    ends: str
    on_day: date
    every: int = 0
    until: date | None = None

    def comes_on(self, day: date) -> bool:
        """Whether a turn of it begins on that day."""
        after = (day - self.on_day).days
        return self.spans(day) and (after % self.every == 0 if self.every else after == 0)

    def spans(self, day: date) -> bool:
        """Whether the roster it belongs to says who is on duty on that day."""
        last = (self.until or date.max) if self.every else self.on_day
        return self.on_day <= day <= last


@dataclass(frozen=True, slots=True)
class Turn:
    """One time somebody is on duty."""

    account_id: UUID
    starts: datetime
    ends: datetime


Hours = tuple[DutyHours, ...]
Shifts = tuple[Shift, ...]


def is_stretch(starts: str, ends: str) -> bool:
    """Whether these are two times of a day, and time lies between them."""
    if not (_TIME.fullmatch(starts) and _TIME.fullmatch(ends)):
        return False
    return starts not in (ends, "24:00")


def is_on(hours: Hours, at: datetime, calendar: Calendar) -> bool:
    """Whether somebody with these hours is on duty at this instant."""
    day = calendar.day_of(at)
    begun = (*stretches(hours, day - ONE_DAY, calendar), *stretches(hours, day, calendar))
    return any(start <= at < end for start, end in begun)


def next_on(hours: Hours, at: datetime, calendar: Calendar) -> datetime | None:
    """When duty begins next after `at`; None for hours that never come."""
    day = calendar.day_of(at)
    for _ in range(FARTHEST_DAYS):
        later = [start for start, _ in stretches(hours, day, calendar) if start > at]
        if later:
            return min(later)
        day += ONE_DAY
    return None


@lru_cache(maxsize=1024)
def told(hours: Hours) -> str:
    """The hours as people read them: 工作日8:30–12:00、14:30–18:00."""
    if any((each.days, each.starts, each.ends) == (EVERY, *_WHOLE_DAY) for each in hours):
        return "24小时"
    parts = []
    for days in dict.fromkeys((*_DAYS, *sorted({each.days for each in hours}))):
        of_them = sorted((each.starts, each.ends) for each in hours if each.days == days)
        if of_them:
            said = "、".join(told_stretch(start, end) for start, end in of_them)
            parts.append(f"{told_days(days)}{said}")
    return "，".join(parts)


def told_days(days: str) -> str:
    """工作日, 每天, 休息日, 周一至周五, 周一、周三."""
    if days in _DAYS:
        return _DAYS[days]
    first, last = int(days[0]), int(days[-1])
    if len(days) > 2 and days == "".join(map(str, range(first, last + 1))):
        return f"周{WEEKDAYS[days[0]]}至周{WEEKDAYS[days[-1]]}"
    return "、".join(f"周{WEEKDAYS[day]}" for day in days)


def told_stretch(starts: str, ends: str) -> str:
    """8:30–12:00; 22:00–次日6:00."""
    over = "次日" if ends <= starts else ""
    return f"{_short(starts)}–{over}{_short(ends)}"


@lru_cache(maxsize=1024)
def told_shifts(shifts: Shifts) -> str:
    """The turns of a day, whoever has them: 轮班，7:00–15:00、15:00–23:00."""
    of_a_day = sorted({(each.starts, each.ends) for each in shifts})
    return "轮班，" + "、".join(told_stretch(start, end) for start, end in of_a_day)


@lru_cache(maxsize=4096)
def stretches(hours: Hours, day: date, calendar: Calendar) -> tuple[Stretch, ...]:
    """The stretches of these hours that begin on that day, in UTC."""
    return tuple(
        stretch_on(day, each.starts, each.ends, calendar)
        for each in hours
        if _is_for(each.days, day, calendar)
    )


@lru_cache(maxsize=4096)
def turns_on(shifts: Shifts, day: date, calendar: Calendar) -> tuple[Turn, ...]:
    """The turns that begin on that day, the earliest first."""
    found = (
        Turn(each.account_id, *stretch_on(day, each.starts, each.ends, calendar))
        for each in shifts
        if each.comes_on(day)
    )
    return tuple(sorted(found, key=lambda turn: turn.starts))


def stretch_on(day: date, starts: str, ends: str, calendar: Calendar) -> Stretch:
    """From when to when on that day; what ends before it starts ends on the next."""
    last = day + ONE_DAY if ends <= starts else day
    return _instant(day, starts, calendar), _instant(last, ends, calendar)


def _is_for(days: str, day: date, calendar: Calendar) -> bool:
    if days == EVERY:
        return True
    if days == WORKDAY:
        return calendar.is_workday(day)
    if days == DAY_OFF:
        return not calendar.is_workday(day)
    return str(day.isoweekday()) in days and calendar.days.get(day) is not False


def _instant(day: date, clock_time: str, calendar: Calendar) -> datetime:
    hour, minute = int(clock_time[:2]), int(clock_time[3:])
    if hour == 24:
        day, hour = day + ONE_DAY, 0
    return datetime.combine(day, time(hour, minute), calendar.zone).astimezone(UTC)


def _short(clock_time: str) -> str:
    return clock_time.removeprefix("0")
