"""Duty hours by the work calendar: on, off, when next, and how they are told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from server.base.spans import Calendar
from server.org import DutyHours, duty

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Wednesday 2026-09-30 is worked, Thursday is a holiday, Saturday the 10th is worked for it.
CALENDAR = Calendar(
    {date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 10, 10): True}
)
OFFICE = (DutyHours("workday", "08:30", "12:00"), DutyHours("workday", "14:30", "18:00"))
EVENINGS = (*OFFICE, DutyHours("every", "19:00", "24:00"))
ALWAYS = (DutyHours("every", "00:00", "24:00"),)
NIGHTS = (DutyHours("every", "22:00", "06:00"),)
THURSDAYS = (DutyHours("4", "09:00", "11:00"),)
WEEK = (DutyHours("12345", "09:00", "11:00"),)
DAYS_OFF = (DutyHours("off", "09:00", "17:00"),)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "when", "on"),
    [
        (OFFICE, "2026-09-30 08:30", True),
        (OFFICE, "2026-09-30 12:00", False),
        (OFFICE, "2026-09-30 13:00", False),
        (OFFICE, "2026-10-01 09:00", False),
        (OFFICE, "2026-10-10 09:00", True),
        (EVENINGS, "2026-10-01 23:59", True),
        (ALWAYS, "2026-10-01 03:00", True),
        ((), "2026-09-30 09:00", False),
        (NIGHTS, "2026-10-01 05:59", True),
        (NIGHTS, "2026-10-01 06:00", False),
        (THURSDAYS, "2026-09-24 10:00", True),
        (THURSDAYS, "2026-09-25 10:00", False),
        (THURSDAYS, "2026-10-01 10:00", False),  # a holiday
        (DAYS_OFF, "2026-10-01 10:00", True),
        (DAYS_OFF, "2026-10-10 10:00", False),  # a Saturday that is worked
    ],
)
def test_somebody_is_on_duty_in_the_hours_and_days_written_down(hours, when, on):
    assert duty.is_on(hours, at(when), CALENDAR) is on


@pytest.mark.parametrize(
    ("hours", "when", "begins"),
    [
        (OFFICE, "2026-09-30 07:00", "2026-09-30 08:30"),
        (OFFICE, "2026-09-30 12:30", "2026-09-30 14:30"),
        (OFFICE, "2026-09-30 19:00", "2026-10-08 08:30"),
        (EVENINGS, "2026-10-01 12:00", "2026-10-01 19:00"),
    ],
)
def test_the_next_duty_skips_holidays(hours, when, begins):
    assert duty.next_on(hours, at(when), CALENDAR) == at(begins)


def test_hours_that_never_come_have_no_next_duty():
    assert duty.next_on((), at("2026-09-30 07:00"), CALENDAR) is None


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (OFFICE, "工作日8:30–12:00、14:30–18:00"),
        (EVENINGS, "工作日8:30–12:00、14:30–18:00，每天19:00–24:00"),
        (ALWAYS, "24小时"),
        ((), ""),
        (THURSDAYS, "周四9:00–11:00"),
        (WEEK, "周一至周五9:00–11:00"),
        (DAYS_OFF, "休息日9:00–17:00"),
    ],
)
def test_hours_are_told_as_people_read_them(hours, said):
    assert duty.told(hours) == said
