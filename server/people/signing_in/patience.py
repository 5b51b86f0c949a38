"""How often is often enough at the door, and how long to wait then. Pure decisions on instants."""

from datetime import datetime, timedelta

Hits = tuple[datetime, ...]

FREE_FAILURES = 5
LOCKS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))

# Of one account from all addresses: nobody is refused for what a stranger did, only slowed.
CALM_FAILURES = 20
SLOWER_BY_S, SLOWEST_S = 0.25, 3.0

CODES_PER_PHONE = (
    (1, timedelta(minutes=1)),
    (5, timedelta(hours=1)),
    (10, timedelta(days=1)),
)
CODES_PER_ADDRESS = ((20, timedelta(hours=1)),)


def after_failures(hits: Hits, now: datetime) -> timedelta | None:
    """How long an account is locked for an address after its failures there: 1, 5, 15, 60 min."""
    beyond = len(hits) - FREE_FAILURES
    if beyond < 0:
        return None
    left = hits[-1] + LOCKS[min(beyond, len(LOCKS) - 1)] - now
    return left if left > timedelta() else None


def never(hits: Hits, now: datetime) -> timedelta | None:
    """For what is counted and refused to nobody."""
    return None


def slowed_s(hits: Hits, now: datetime) -> float:
    """How many seconds an answer takes longer, after so many failures in the last hour."""
    lately = sum(1 for at in hits if at > now - timedelta(hours=1))
    return min(SLOWEST_S, max(0, lately - CALM_FAILURES) * SLOWER_BY_S)


def codes_for_phone(hits: Hits, now: datetime) -> timedelta | None:
    return _in_windows(hits, now, CODES_PER_PHONE)


def codes_for_address(hits: Hits, now: datetime) -> timedelta | None:
    return _in_windows(hits, now, CODES_PER_ADDRESS)


def _in_windows(
    hits: Hits, now: datetime, windows: tuple[tuple[int, timedelta], ...]
) -> timedelta | None:
    """How long until one more fits into every window."""
    waits = [
        hits[-most] + span - now
        for most, span in windows
        if len(hits) >= most and hits[-most] > now - span
    ]
    return max(waits, default=None)
