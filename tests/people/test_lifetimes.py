"""How long a sign-in lasts, by kind; and a clock that was set back widens nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from server.people.signing_in.lifetimes import LIFETIMES, is_over, is_raised

NOON = datetime(2026, 11, 27, 4, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def _is_over(kind: str, *, began: timedelta, used: timedelta) -> bool:
    """Whether a session begun and last used so long ago is over at noon."""
    begun = NOON - began
    return is_over(
        kind, began=begun, used=NOON - used, ends=begun + LIFETIMES[kind].whole, now=NOON
    )


@pytest.mark.parametrize(
    ("kind", "began", "used", "over"),
    [
        ("staff", 2 * HOUR, 29 * MINUTE, False),
        ("staff", 2 * HOUR, 30 * MINUTE, True),
        ("staff", 12 * HOUR - MINUTE, MINUTE, False),
        ("staff", 12 * HOUR, MINUTE, True),
        ("field", 11 * HOUR, 11 * HOUR, False),
        ("field", 12 * HOUR, MINUTE, True),
        ("resident", 60 * DAY, 29 * DAY, False),
        ("resident", 60 * DAY, 30 * DAY, True),
        ("resident", 90 * DAY, MINUTE, True),
        ("demo", 23 * HOUR, 23 * HOUR, False),
        ("demo", DAY, MINUTE, True),
    ],
)
def test_a_session_lasts_so_long_in_all_and_so_long_unused(kind, began, used, over):
    assert _is_over(kind, began=began, used=used) is over


@pytest.mark.parametrize("kind", LIFETIMES)
def test_a_session_used_after_now_has_lived_beyond_a_clock_set_back(kind):
    assert _is_over(kind, began=HOUR, used=-2 * DAY)


@pytest.mark.parametrize("kind", LIFETIMES)
def test_two_machines_may_be_a_minute_apart(kind):
    assert not _is_over(kind, began=timedelta(), used=-MINUTE)


@pytest.mark.parametrize(
    ("left", "raised"),
    [
        (timedelta(), False),
        (MINUTE, True),
        (10 * MINUTE, True),
        (-MINUTE, False),
        (2 * DAY, False),  # the clock was set back: ten minutes do not become two days
    ],
)
def test_a_second_factor_counts_ten_minutes(left, raised):
    assert is_raised(NOON + left, NOON) is raised


def test_who_showed_none_is_not_raised():
    assert not is_raised(None, NOON)
