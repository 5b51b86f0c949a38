"""When a station is open: its hours with breaks, days off, holidays, midnight; by town time."""

from datetime import UTC, date, datetime, timedelta

from server import stations
from server.base.spans import Calendar
from server.org import DutyHours
from server.stations import Opening

# A Friday of work, a holiday on the Monday after.
HOLIDAY = date(2026, 11, 30)
CALENDAR = Calendar(days={HOLIDAY: False})
OFFICE = (DutyHours("12345", "09:00", "12:00"), DutyHours("12345", "14:00", "18:00"))
LATE = (DutyHours("every", "18:00", "02:00"),)


def town(day: int, hour: int, minute: int = 0) -> datetime:
    """That hour on the town's wall in November 2026, which is eight hours ahead."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def asked(hours: tuple[DutyHours, ...], at: datetime, *days_off: date) -> Opening:
    return stations.opening(hours, days_off, at, CALENDAR)


def test_it_is_open_until_its_break_and_shut_until_the_break_is_over():
    assert asked(OFFICE, town(27, 9)) == Opening(True, town(27, 12))
    assert asked(OFFICE, town(27, 12)) == Opening(False, town(27, 14))


def test_after_the_last_hour_of_friday_it_opens_when_the_holiday_is_over():
    assert asked(OFFICE, town(27, 18)) == Opening(False, town(30, 9) + timedelta(days=1))


def test_on_a_day_off_nothing_begins_and_the_night_before_still_ends():
    off = date(2026, 11, 28)
    assert asked(LATE, town(28, 1), off) == Opening(True, town(28, 2))
    assert asked(LATE, town(28, 20), off) == Opening(False, town(29, 18))


def test_hours_that_touch_are_one():
    hours = (DutyHours("every", "06:00", "12:00"), DutyHours("every", "12:00", "20:00"))
    assert asked(hours, town(27, 7)) == Opening(True, town(27, 20))


def test_round_the_clock_it_never_shuts_but_on_a_day_off():
    always = (DutyHours("every", "00:00", "24:00"),)
    assert asked(always, town(27, 7)) == Opening(True)
    assert asked(always, town(27, 7), date(2026, 11, 28)) == Opening(True, town(28, 0))


def test_hours_that_never_come_promise_no_opening():
    assert asked((DutyHours("1", "09:00", "10:00"),), town(27, 7)).until is not None
    assert asked((), town(27, 7)) == Opening(False)
