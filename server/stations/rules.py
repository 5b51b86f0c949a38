"""What a station offers, who looks after the list of them, whether one is open at an instant."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from server import org
from server.base.spans import Calendar
from server.base.viewer import HeldPost, Viewer
from server.org import DutyHours

KINDS = {
    "center": "党群服务中心",
    "station": "驿站",
    "warm": "暖心驿站",
    "pomegranate": "红石榴驿站",
    "riders": "两企三新服务站",
}
FACILITIES = {
    "water": "饮水",
    "charging": "充电",
    "microwave": "微波炉",
    "toilet": "卫生间",
    "medicine": "药箱",
    "umbrella": "雨伞",
    "baby": "母婴",
    "rest": "休息",
    "fridge": "爱心冰柜",
    "heating": "取暖",
    "books": "图书",
    "wifi": "无线网",
    "barrier_free": "无障碍",
}
# Over the area of their post: they add stations, correct and close them.
KEEPING_ROLES = ("community_worker", "community_secretary", "street_dispatcher", "street_leader")
STANDS_AT = ("facility", "premises", "estate", "building", "entrance", "grid", "division")
MOST_HOURS, MOST_DAYS_OFF = 14, 30
ALWAYS = timedelta(days=8)  # open without a break for longer: round the clock
FARTHEST_DAYS = 60
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opening:
    """Open until an instant (None: round the clock), or shut until one (None: nobody knows)."""

    is_open: bool
    until: datetime | None = None


def opening(
    hours: tuple[DutyHours, ...], days_off: Collection[date], at: datetime, calendar: Calendar
) -> Opening:
    """Whether a station with these hours is open at this instant, and when that changes.

    On a day off nothing begins; what began the evening before still ends after midnight.
    """
    today = calendar.day_of(at)
    ends = _closes(hours, days_off, at, calendar)
    if ends is not None:
        return Opening(True, None if ends - at > ALWAYS else ends)
    for nth in range(FARTHEST_DAYS):
        begins = _on(hours, days_off, today + nth * _ONE_DAY, calendar)
        later = [start for start, _ in begins if start > at]
        if later:
            return Opening(False, min(later))
    return Opening(False)


def keeping_posts(viewer: Viewer) -> list[HeldPost]:
    """The posts under which the viewer looks after stations; each within its area."""
    return [post for post in viewer.posts if post.role in KEEPING_ROLES and post.area]


def keeping_areas(viewer: Viewer) -> list[str]:
    return sorted({post.area for post in keeping_posts(viewer)})


def keeps_at(viewer: Viewer, path: str) -> bool:
    """Whether the viewer looks after stations at this path."""
    return any(path.startswith(area) for area in keeping_areas(viewer))


def _closes(
    hours: tuple[DutyHours, ...], days_off: Collection[date], at: datetime, calendar: Calendar
) -> datetime | None:
    """The end of the time it is open in, stretches that touch joined; None where it is shut."""
    today = calendar.day_of(at)
    near = [
        stretch
        for nth in range(-1, ALWAYS.days + 2)
        for stretch in _on(hours, days_off, today + nth * _ONE_DAY, calendar)
    ]
    ends = None
    for start, end in sorted(near):
        if start <= (ends or at) < end:
            ends = end
    return ends


def _on(
    hours: tuple[DutyHours, ...], days_off: Collection[date], day: date, calendar: Calendar
) -> tuple[org.duty.Stretch, ...]:
    return () if day in days_off else org.duty.stretches(hours, day, calendar)
