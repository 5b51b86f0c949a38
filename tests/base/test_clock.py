"""The town has one clock, and tests may hold its hands."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from server.base import clock
from server.pages import times

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_now_is_utc_and_aware():
    assert clock.now().tzinfo is UTC


def test_a_stopped_clock_stands_still():
    with clock.stopped_at(NOON):
        assert (clock.now(), clock.now()) == (NOON, NOON)


def test_a_stopped_clock_can_be_moved():
    with clock.stopped_at(NOON) as hands:
        hands.move(timedelta(hours=2))
        assert clock.now() == NOON + timedelta(hours=2)


def test_the_clock_runs_again_afterwards():
    with clock.stopped_at(NOON) as hands:
        hands.move(timedelta(days=9))
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_moved_clock_keeps_running_ahead():
    with clock.moved_by(timedelta(days=3)):
        assert clock.now() - datetime.now(UTC) > timedelta(days=2, hours=23)


def test_moves_add_up():
    with clock.stopped_at(NOON), clock.moved_by(timedelta(hours=1)):
        assert clock.now() == NOON + timedelta(hours=1)


def test_an_instant_of_another_zone_is_read_as_utc():
    with clock.stopped_at(datetime(2026, 11, 23, 20, tzinfo=timezone(timedelta(hours=8)))):
        assert clock.now() == NOON


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"), clock.stopped_at(datetime(2026, 11, 23)):  # noqa: DTZ001
        pass


def test_another_zone_is_read_and_written_in_but_nothing_is_reckoned_by_it() -> None:
    at = datetime(2026, 11, 23, 12, 20, tzinfo=UTC)
    clock.show_in(ZoneInfo("Asia/Urumqi"))
    try:
        assert f"{clock.shown(at):%H:%M}" == "18:20"
        assert clock.entered(datetime(2026, 11, 23, 18, 20)) == at  # noqa: DTZ001
        assert times.when(at).endswith("18:20")
        assert f"{clock.local(at):%H:%M}" == "20:20"
    finally:
        clock.show_in(clock.ZONE)
    assert f"{clock.shown(at):%H:%M}" == "20:20"
