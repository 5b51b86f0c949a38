"""How long is "4wh": from a span people write to the instant it is due, by a work calendar.

`m`, `h`, `d` run round the clock. `wh` counts only working hours. `n wd` is the same time of day
n workdays later: a workday counts its twenty-four hours, a day off counts nothing, so what is
reported on a Saturday with one workday's time is due when Monday ends.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from server.base import clock

log = logging.getLogger(__name__)

ROUND_THE_CLOCK = ("m", "h", "d")
_LENGTHS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "wh": timedelta(hours=1),
    "wd": timedelta(days=1),
}
_WRITTEN = re.compile(r"(\d{1,6})(m|h|d|wh|wd)", re.ASCII)
_FARTHEST_DAYS = 10_000
_ONE_DAY = timedelta(days=1)
_NOTHING = timedelta()

Window = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Span:
    """An amount of time in its own unit: m, h, d, wh (work hour) or wd (workday)."""

    amount: int
    unit: str

    @property
    def length(self) -> timedelta:
        """The same amount as time of its own unit; a workday is twenty-four hours of workdays."""
        return self.amount * _LENGTHS[self.unit]

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"


@lru_cache(maxsize=512)
def parse(text: str) -> Span:
    """Read "30m", "2h", "4wh", "3wd" or "7d"; anything else is a ValueError that says so."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"not a span: {text!r}; write for example 30m, 2h, 4wh, 3wd or 7d")
    return Span(int(found[1]), found[2])


@dataclass(frozen=True, eq=False)
class Calendar:
    """When the town works: exceptions day by day (holidays, make-up workdays), hours, zone.

    A day that is not listed works from Monday to Friday. A year of which no day is listed is
    unknown: it is treated the same way, and the log says so once, loudly.
    """

    days: Mapping[date, bool] = field(default_factory=dict)
    hours: tuple[tuple[time, time], ...] = (
        (time(8, 30), time(12, 0)),
        (time(14, 30), time(18, 0)),
    )
    zone: ZoneInfo = clock.ZONE
    _years: set[int] = field(init=False, repr=False)
    _open: dict[date, tuple[Window, ...]] = field(init=False, repr=False, default_factory=dict)
    _whole: dict[date, tuple[Window, ...]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_years", {day.year for day in self.days})

    def is_workday(self, day: date) -> bool:
        """Whether people work on that day, make-up workdays and holidays considered."""
        if day.year not in self._years:
            self._years.add(day.year)
            log.warning(
                "The work calendar knows nothing of %d: only weekends count as days off. "
                "Add the holidays and make-up workdays of that year.",
                day.year,
            )
        listed = self.days.get(day)
        return day.weekday() < 5 if listed is None else listed

    def is_open(self, at: datetime) -> bool:
        """Whether `at` lies in working time."""
        return any(start <= at < end for start, end in self.windows(self.day_of(at), "wh"))

    def next_open(self, at: datetime) -> datetime:
        """`at` itself in working time, else the start of the next working time."""
        day = self.day_of(at)
        for _ in range(_FARTHEST_DAYS):
            for start, end in self.windows(day, "wh"):
                if at < end:
                    return max(at, start)
            day += _ONE_DAY
        raise ValueError("this calendar has no working time")

    def day_of(self, at: datetime) -> date:
        """The day on the town's wall calendar."""
        return at.astimezone(self.zone).date()

    def windows(self, day: date, unit: str) -> tuple[Window, ...]:
        """The parts of that day which count for the unit `wh` or `wd`, in UTC."""
        known = self._open if unit == "wh" else self._whole
        found = known.get(day)
        if found is None:
            found = known[day] = self._windows(day, unit)
        return found

    def _windows(self, day: date, unit: str) -> tuple[Window, ...]:
        if not self.is_workday(day):
            return ()
        if unit == "wd":
            return ((self._at(day, time()), self._at(day + _ONE_DAY, time())),)
        return tuple((self._at(day, start), self._at(day, end)) for start, end in self.hours)

    def _at(self, day: date, when: time) -> datetime:
        return datetime.combine(day, when, self.zone).astimezone(UTC)


def due(start: datetime, span: Span, calendar: Calendar) -> datetime:
    """The instant by which `span`, begun at `start`, is used up."""
    return add(start, span.length, span.unit, calendar)


def add(start: datetime, left: timedelta, unit: str, calendar: Calendar) -> datetime:
    """The first instant by which `left` of that unit's time has run; nothing left: `start`."""
    if left <= _NOTHING:
        return start
    if unit in ROUND_THE_CLOCK:
        return start + left
    day = calendar.day_of(start)
    for _ in range(_FARTHEST_DAYS):
        for opens, closes in calendar.windows(day, unit):
            begins = max(start, opens)
            if begins >= closes:
                continue
            if left <= closes - begins:
                return begins + left
            left -= closes - begins
        day += _ONE_DAY
    raise ValueError(f"{left} of {unit} never ends in this calendar")


def used(start: datetime, end: datetime, unit: str, calendar: Calendar) -> timedelta:
    """How much time of that unit ran between two instants; never less than nothing."""
    if end <= start:
        return _NOTHING
    if unit in ROUND_THE_CLOCK:
        return end - start
    ran, day, last = _NOTHING, calendar.day_of(start), calendar.day_of(end)
    while day <= last:
        for opens, closes in calendar.windows(day, unit):
            ran += max(_NOTHING, min(end, closes) - max(start, opens))
        day += _ONE_DAY
    return ran
