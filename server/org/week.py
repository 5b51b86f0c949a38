"""Weekly hours as somebody writes them, line by line: what is wrong with them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from server.base.errors import FieldError
from server.org.duty import DAY_OFF, EVERY, WORKDAY, DutyHours, is_stretch

DAY_M = 24 * 60
WEEK_M = 7 * DAY_M
# On which weekdays a line holds in a week without a holiday.
_WEEKDAYS = {WORKDAY: "12345", EVERY: "1234567", DAY_OFF: "67"}
_NUMBERS = re.compile(r"1?2?3?4?5?6?7?", re.ASCII)


def wrong_hours(hours: Sequence[DutyHours]) -> list[FieldError]:
    """What is wrong with the lines of one week, each counted from 1: `days1`, `starts1` and so on.

    One that runs into an earlier line is the wrong one of the two.
    """
    faults = {nth: _wrong_line(each, nth) for nth, each in enumerate(hours, 1)}
    for nth, before in overlaps(hours):
        if not (faults[nth + 1] or faults[before + 1]):
            said = f"第{nth + 1}段：和第{before + 1}段的时间重叠了，请改开。"
            faults[nth + 1].append(FieldError(f"starts{nth + 1}", "overlaps", said))
    return [fault for of_line in faults.values() for fault in of_line]


def overlaps(hours: Sequence[DutyHours]) -> Iterator[tuple[int, int]]:
    """Every line that shares time with an earlier one in a week without a holiday, and the first
    such, both counted from 0. What cannot be read shares nothing.
    """
    weeks = [list(_minutes(each)) for each in hours]
    for nth, week in enumerate(weeks):
        for before in range(nth):
            if _meet(week, weeks[before]):
                yield nth, before
                break


def _wrong_line(hours: DutyHours, nth: int) -> list[FieldError]:
    faults = []
    if not _weekdays(hours.days):
        faults.append(FieldError(f"days{nth}", "not-days", f"第{nth}段：请选是哪几天。"))
    if not is_stretch(hours.starts, hours.ends):
        detail = f"第{nth}段：写清几点到几点，比如08:30到12:00。"
        faults.append(FieldError(f"starts{nth}", "not-a-time", detail))
    return faults


def _weekdays(days: str) -> str:
    """The numbers of the weekdays meant; none where it says nothing that can be read."""
    return _WEEKDAYS.get(days) or (days if _NUMBERS.fullmatch(days) else "")


def _minutes(hours: DutyHours) -> Iterator[tuple[int, int]]:
    """From which minute of the week to which; what runs past the last night is begun anew."""
    if not is_stretch(hours.starts, hours.ends):
        return
    starts, ends = _minute(hours.starts), _minute(hours.ends)
    length = ends - starts + (DAY_M if ends <= starts else 0)
    for day in _weekdays(hours.days):
        begun = (int(day) - 1) * DAY_M + starts
        yield begun, min(begun + length, WEEK_M)
        if begun + length > WEEK_M:
            yield 0, begun + length - WEEK_M


def _meet(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> bool:
    """Whether two weeks share a minute. Neither may meet itself."""
    return any(until > since for (_, until), (since, _) in pairwise(sorted([*one, *other])))


def _minute(clock_time: str) -> int:
    return int(clock_time[:2]) * 60 + int(clock_time[3:])
