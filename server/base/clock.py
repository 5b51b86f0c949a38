"""What time is it: the only place in the town that asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# The legal time of the whole country (Beijing time): days, working hours and turns go by it.
ZONE = ZoneInfo("Asia/Shanghai")


class Hands:
    """Where the hands of the town's clock stand: real time, moved time, or stopped."""

    def __init__(self) -> None:
        self.stopped: datetime | None = None
        self.moved = timedelta()
        self.zone = ZONE

    def read(self) -> datetime:
        return (self.stopped or datetime.now(UTC)) + self.moved

    def move(self, by: timedelta) -> None:
        """Move the hands, forwards or backwards, while the clock is stopped or moved."""
        self.moved += by


_hands = Hands()


def now() -> datetime:
    """This instant, in UTC and aware of it."""
    return _hands.read()


def local(at: datetime) -> datetime:
    """An instant on the town's clock, by which everything is reckoned."""
    return at.astimezone(ZONE)


def left_of_day(at: datetime) -> timedelta:
    """How long the town's day still lasts."""
    tomorrow = local(at).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), ZONE) - at


def show_in(zone: ZoneInfo) -> None:
    """Let people read times in another zone. Nothing is reckoned by it."""
    _hands.zone = zone


def shown(at: datetime) -> datetime:
    """An instant on the clock people read it from: the town's, unless `show_in` said otherwise."""
    return at.astimezone(_hands.zone)


def zone_shown() -> str:
    """The name of that zone."""
    return _hands.zone.key


def entered(local: datetime) -> datetime:
    """The instant of a time that somebody wrote as they read it, without a zone."""
    return local.replace(tzinfo=_hands.zone)


def before(local: datetime) -> tuple[date, str]:
    """A time to be met, as the day and hour before which it is: midnight ends the day before.

    "Before 1 December 0:00" is read as any time that day; so it is 30 November, 24:00.
    """
    if local.hour == local.minute == 0:
        return local.date() - timedelta(days=1), "24:00"
    return local.date(), f"{local.hour}:{local.minute:02}"


@contextmanager
def stopped_at(instant: datetime) -> Iterator[Hands]:
    """Stop the clock of the whole process at `instant`; `.move(by)` moves it inside the block."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs its time zone: {instant!r}")
    with _held() as hands:
        hands.stopped, hands.moved = instant.astimezone(UTC), timedelta()
        yield hands


@contextmanager
def moved_by(by: timedelta) -> Iterator[Hands]:
    """Let the clock of the whole process run, but `by` ahead of where it stood."""
    with _held() as hands:
        hands.moved += by
        yield hands


@contextmanager
def _held() -> Iterator[Hands]:
    stopped, moved = _hands.stopped, _hands.moved
    try:
        yield _hands
    finally:
        _hands.stopped, _hands.moved = stopped, moved
