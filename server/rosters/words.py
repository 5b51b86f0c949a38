"""Times as a roster says them, in town time: 12月3日8:30."""

from datetime import date, datetime

from server.base import clock


def said_at(at: datetime) -> str:
    local = clock.local(at)
    return f"{said_on(local.date())}{local.hour}:{local.minute:02}"


def said_on(day: date) -> str:
    return f"{day.month}月{day.day}日"


def said_between(since: datetime, until: datetime) -> str:
    """12月3日22:00到12月4日6:00; 12月3日9:00到11:00."""
    first, last = clock.local(since), clock.local(until)
    if first.date() == last.date():
        return f"{said_at(since)}到{last.hour}:{last.minute:02}"
    return f"{said_at(since)}到{said_at(until)}"
