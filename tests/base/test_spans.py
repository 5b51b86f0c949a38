"""Spans by the real work calendar of 2026: weekends, holidays, make-up workdays."""

import logging
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.base import spans
from server.base.spans import Calendar, Span

SHANGHAI = ZoneInfo("Asia/Shanghai")
YEARS = (2025, 2026)


def the_calendar() -> Calendar:
    listed = {day: False for day in chinese_calendar.constants.holidays if day.year in YEARS}
    listed |= {day: True for day in chinese_calendar.constants.workdays if day.year in YEARS}
    return Calendar(listed)


CALENDAR = the_calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("30m", Span(30, "m")),
        ("2h", Span(2, "h")),
        ("7d", Span(7, "d")),
        ("4wh", Span(4, "wh")),
        ("3wd", Span(3, "wd")),
    ],
)
def test_a_span_is_read_as_people_write_it(text, span):
    assert spans.parse(text) == span


@pytest.mark.parametrize("text", ["", "2", "h", "2 h", "-2h", "2.5h", "2w", "٣h", "2h\n"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match="not a span"):
        spans.parse(text)


def test_a_span_is_written_as_it_was_read():
    assert str(spans.parse("4wh")) == "4wh"


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        # Round the clock: nights and holidays count.
        ("2026-10-01 23:50", "30m", "2026-10-02 00:20"),
        ("2026-10-01 10:00", "24h", "2026-10-02 10:00"),
        ("2026-02-14 10:00", "7d", "2026-02-21 10:00"),
        # Working hours: lunch, night and weekend do not.
        ("2026-11-23 09:00", "2wh", "2026-11-23 11:00"),
        ("2026-11-23 11:00", "2wh", "2026-11-23 15:30"),
        ("2026-11-23 10:00", "2wh", "2026-11-23 12:00"),
        ("2026-11-23 17:00", "4wh", "2026-11-24 11:30"),
        ("2026-11-23 06:00", "1wh", "2026-11-23 09:30"),
        ("2026-11-27 17:30", "1wh", "2026-11-30 09:00"),
        ("2026-11-28 10:00", "1wh", "2026-11-30 09:30"),
        # Workdays: the same time of day.
        ("2026-11-23 10:17", "1wd", "2026-11-24 10:17"),
        ("2026-11-23 22:30", "1wd", "2026-11-24 22:30"),
        ("2026-11-27 15:00", "1wd", "2026-11-30 15:00"),
        ("2026-11-23 10:00", "5wd", "2026-11-30 10:00"),
        ("2026-11-28 10:00", "1wd", "2026-12-01 00:00"),
        # National Day 2026: 1–7 October off, Saturday 10 October is a make-up workday.
        ("2026-09-30 17:00", "2wh", "2026-10-08 09:30"),
        ("2026-09-30 10:00", "1wd", "2026-10-08 10:00"),
        ("2026-10-09 17:00", "2wh", "2026-10-10 09:30"),
        ("2026-10-09 10:00", "1wd", "2026-10-10 10:00"),
        ("2026-10-10 10:00", "1wd", "2026-10-12 10:00"),
    ],
)
def test_a_span_is_due_by_the_work_calendar(start, span, due):
    assert spans.due(at(start), spans.parse(span), CALENDAR) == at(due)


def test_a_make_up_saturday_is_a_workday():
    assert CALENDAR.is_workday(date(2026, 10, 10))


def test_a_holiday_on_a_thursday_is_none():
    assert not CALENDAR.is_workday(date(2026, 10, 1))


def test_an_unknown_year_knows_weekends_only():
    assert [CALENDAR.is_workday(date(2031, 10, day)) for day in (1, 3, 4, 5)] == [
        True,
        True,
        False,
        False,
    ]


def test_an_unknown_year_warns_once(caplog):
    calendar = the_calendar()
    with caplog.at_level(logging.WARNING):
        spans.due(at("2031-01-06 10:00"), spans.parse("30wd"), calendar)
    assert [record.args for record in caplog.records] == [(2031,)]


def test_a_known_year_does_not_warn(caplog):
    with caplog.at_level(logging.WARNING):
        the_calendar().is_workday(date(2026, 11, 23))
    assert not caplog.records


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        ("2026-11-23 09:00", "2026-11-23 09:00"),
        ("2026-11-23 07:00", "2026-11-23 08:30"),
        ("2026-11-23 12:00", "2026-11-23 14:30"),
        ("2026-11-27 18:00", "2026-11-30 08:30"),
        ("2026-10-01 09:00", "2026-10-08 08:30"),
    ],
)
def test_the_next_working_time_is_found(asked, opens):
    assert CALENDAR.next_open(at(asked)) == at(opens)


def test_lunch_is_not_working_time():
    assert [CALENDAR.is_open(at(f"2026-11-23 {hour}")) for hour in ("11:59", "12:00", "14:30")] == [
        True,
        False,
        True,
    ]


def test_a_calendar_that_never_works_says_so_instead_of_searching_for_ever():
    never = Calendar({date(2026, 1, 1): False}, hours=())
    with pytest.raises(ValueError, match="never ends"):
        spans.add(at("2026-11-23 09:00"), timedelta(hours=1), "wh", never)


@pytest.mark.parametrize("unit", ["m", "h", "d", "wh", "wd"])
@pytest.mark.parametrize("left", [timedelta(), timedelta(seconds=-1), timedelta(days=-400)])
def test_nothing_left_is_due_at_once(unit, left):
    start = at("2026-11-28 09:00")
    assert spans.add(start, left, unit, CALENDAR) == start


def test_no_time_runs_backwards():
    assert spans.used(at("2026-11-24 09:00"), at("2026-11-23 09:00"), "wh", CALENDAR) == timedelta()


instants = st.datetimes(datetime(2025, 1, 1), datetime(2026, 11, 30), timezones=st.just(UTC))  # noqa: DTZ001
units = st.sampled_from(["m", "h", "d", "wh", "wd"])


@given(instants, st.integers(0, 60 * 24 * 5), units)
def test_what_is_added_is_what_ran(start, minutes, unit):
    left = timedelta(minutes=minutes)
    assert spans.used(start, spans.add(start, left, unit, CALENDAR), unit, CALENDAR) == left


@given(instants, instants, instants, units)
def test_time_run_in_parts_adds_up(one, two, three, unit):
    start, middle, end = sorted((one, two, three))
    parts = spans.used(start, middle, unit, CALENDAR) + spans.used(middle, end, unit, CALENDAR)
    assert parts == spans.used(start, end, unit, CALENDAR)


@given(instants, instants, st.integers(1, 60), units)
def test_who_starts_later_is_never_due_sooner(one, two, amount, unit):
    earlier, later = sorted((one, two))
    span = Span(amount, unit)
    assert spans.due(earlier, span, CALENDAR) <= spans.due(later, span, CALENDAR)
