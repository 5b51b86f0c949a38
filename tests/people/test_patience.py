"""How often is often enough: locks after failures, how slow an answer gets, how many codes."""

from datetime import UTC, datetime, timedelta

import pytest

from server.people.signing_in.patience import (
    SLOWEST_S,
    after_failures,
    codes_for_address,
    codes_for_phone,
    slowed_s,
)

NOON = datetime(2026, 11, 27, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def _ago(*minutes: float) -> tuple[datetime, ...]:
    """Hits so many minutes ago, oldest first."""
    return tuple(NOON - timedelta(minutes=one) for one in sorted(minutes, reverse=True))


def test_four_failures_are_forgiven():
    assert after_failures(_ago(4, 3, 2, 1), NOON) is None


@pytest.mark.parametrize(("failures", "locked"), [(5, 1), (6, 5), (7, 15), (8, 60), (20, 60)])
def test_each_failure_after_the_fifth_locks_for_longer(failures, locked):
    assert after_failures(_ago(*[0] * failures), NOON) == timedelta(minutes=locked)


@pytest.mark.parametrize(("failures", "locked"), [(5, 1), (6, 5), (7, 15), (8, 60)])
def test_a_lock_opens_by_itself(failures, locked):
    assert after_failures(_ago(*[locked] * failures), NOON) is None


def test_a_whole_account_is_never_locked_only_slower_and_not_for_ever():
    assert slowed_s(_ago(*[1] * 20), NOON) == 0
    assert 0 < slowed_s(_ago(*[1] * 22), NOON) < SLOWEST_S
    assert slowed_s(_ago(*[1] * 60), NOON) == SLOWEST_S
    assert slowed_s(_ago(*[61] * 60), NOON) == 0


@pytest.mark.parametrize(
    ("sent", "wait"),
    [
        ([], None),
        ([0.5], 0.5 * MINUTE),
        ([1], None),
        ([50, 40, 30, 20, 10], 10 * MINUTE),
        ([61, 40, 30, 20, 10], None),
        ([60 * hours for hours in range(2, 12)], 13 * 60 * MINUTE),
        ([60 * hours for hours in range(15, 25)], None),
    ],
)
def test_a_phone_gets_one_code_a_minute_five_an_hour_ten_a_day(sent, wait):
    assert codes_for_phone(_ago(*sent), NOON) == wait


def test_an_address_gets_twenty_codes_an_hour():
    assert codes_for_address(_ago(*range(1, 20)), NOON) is None
    assert codes_for_address(_ago(*range(1, 21)), NOON) == 40 * MINUTE
