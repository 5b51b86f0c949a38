"""Times as a roster says them, in town time: 12月3日8:30."""

from datetime import datetime

from server.base import clock, dates


def said_at(at: datetime) -> str:
    local = clock.local(at)
    return dates.said(local) + dates.hour(local)


def said_between(since: datetime, until: datetime) -> str:
    """12月3日22:00到12月4日6:00; 12月3日9:00到11:00."""
    first, last = clock.local(since), clock.local(until)
    if first.date() == last.date():
        return f"{said_at(since)}到{dates.hour(last)}"
    return f"{said_at(since)}到{said_at(until)}"
