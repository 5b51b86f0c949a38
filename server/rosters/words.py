"""Times as a roster says them, in town time: 12月3日8:30."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def said_at(at: datetime) -> str:
    local = at.astimezone(ZONE)
    return f"{said_on(local.date())}{local.hour}:{local.minute:02}"


def said_on(day: date) -> str:
    return f"{day.month}月{day.day}日"


def said_between(since: datetime, until: datetime) -> str:
    """12月3日22:00到12月4日6:00; 12月3日9:00到11:00."""
    first, last = since.astimezone(ZONE), until.astimezone(ZONE)
    if first.date() == last.date():
        return f"{said_at(since)}到{last.hour}:{last.minute:02}"
    return f"{said_at(since)}到{said_at(until)}"
