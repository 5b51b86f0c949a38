"""Times as people say them, on the clock they read: 今天8:42, 11月26日11:40; 还剩12分钟."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from server.base import clock, dates

NEAR = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"}
SOON = timedelta(hours=1)  # from here on a deadline is shown as a warning


def today() -> date:
    """The day it is where times are read."""
    return clock.shown(clock.now()).date()


def day(at: datetime) -> str:
    """今天, 昨天, 11月26日; with the year when it is not this one."""
    return _day(clock.shown(at).date(), today())


def _day(on: date, today: date) -> str:
    return NEAR.get((on - today).days) or dates.said_in(today.year, on)


def on_day(on: date) -> str:
    """A date alone: 明天, 12月31日."""
    return _day(on, today())


def hour(at: datetime) -> str:
    """8:42"""
    return dates.hour(clock.shown(at))


def when(at: datetime) -> str:
    """今天8:42"""
    return day(at) + hour(at)


def before(by: datetime) -> str:
    """A time to be met, said with 前: 今天18:00, 11月30日24:00. See `clock.before`."""
    on, at = clock.before(clock.shown(by))
    return on_day(on) + at


def full_before(by: datetime) -> str:
    """2026年11月30日24:00, a time to be met on paper."""
    on, at = clock.before(clock.shown(by))
    return dates.said_full(on) + at


def full(at: datetime) -> str:
    """2026年11月26日11:40, for paper, on which today is soon long ago."""
    return full_day(at) + hour(at)


def full_day(at: datetime) -> str:
    """2026年11月26日, below what hangs on a board."""
    return dates.said_full(clock.shown(at))


def iso(at: datetime) -> str:
    """For the `datetime` attribute of a `<time>`."""
    return clock.shown(at).isoformat(timespec="minutes")


def length(span: timedelta) -> str:
    """12分钟, 1小时40分, 3天4小时: two parts at most, never zero."""
    minutes = max(1, int(span.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes}分钟"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours}小时{rest}分" if rest else f"{hours}小时"
    days, hours = divmod(hours, 24)
    return f"{days}天{hours}小时" if hours and days < 7 else f"{days}天"


def countdown(by: datetime) -> str:
    """还剩12分钟, 还剩7天 before the deadline, 过了40分钟 after it; its day is said beside it."""
    left = by - clock.now()
    return f"过了{length(-left)}" if left < timedelta() else f"还剩{length(left)}"


def beside(by: datetime) -> str:
    """The same deadline next to its countdown: without the day where that is today."""
    on, at = clock.before(clock.shown(by))
    return at if on == today() else on_day(on) + at


def urgency(by: datetime) -> str:
    """The colour a deadline is shown in: bad (late), warn (soon) or nothing."""
    left = by - clock.now()
    if left < timedelta():
        return "bad"
    return "warn" if left < SOON else ""


FILTERS: dict[str, Callable[[datetime], str]] = {
    "day": day,
    "on_day": on_day,
    "hour": hour,
    "when": when,
    "before": before,
    "full_before": full_before,
    "full": full,
    "full_day": full_day,
    "iso": iso,
    "countdown": countdown,
    "beside": beside,
    "urgency": urgency,
}
