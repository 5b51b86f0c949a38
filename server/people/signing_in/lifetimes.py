"""How long a sign-in lasts: at most so long in all, and so long unused. Pure decisions on instants.

A clock that was set back widens nothing: what has lived beyond this instant has ended.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

LEEWAY = timedelta(seconds=60)  # how far two machines' clocks may be apart
RAISED = timedelta(minutes=10)  # how long a second factor counts after it was shown


@dataclass(frozen=True, slots=True)
class Lifetime:
    """`noted`: a use is written down if the last one known is older than this."""

    whole: timedelta
    idle: timedelta
    noted: timedelta = timedelta(minutes=10)


LIFETIMES = {
    "resident": Lifetime(timedelta(days=90), timedelta(days=30)),
    "staff": Lifetime(timedelta(hours=12), timedelta(minutes=30), timedelta(minutes=1)),
    "field": Lifetime(timedelta(hours=12), timedelta(hours=12)),  # a shift, on one's own phone
    "demo": Lifetime(timedelta(days=1), timedelta(days=1)),
}


def is_over(kind: str, *, began: datetime, used: datetime, ends: datetime, now: datetime) -> bool:
    """Whether a session of this kind has ended: by its end, unused, or ahead of the clock."""
    if now >= ends or now >= used + LIFETIMES[kind].idle:
        return True
    return is_ahead(max(began, used), now)


def is_ahead(instant: datetime, now: datetime) -> bool:
    """Whether this was written by a clock that has been set back since."""
    return instant > now + LEEWAY


def is_raised(until: datetime | None, now: datetime) -> bool:
    """Whether a second factor shown before still counts."""
    return until is not None and now < until <= now + RAISED + LEEWAY
