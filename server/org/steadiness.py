"""How long an answer about people holds: until an hour, a turn or somebody's time begins or ends.

Whatever somebody changes is told at once (`base/changes.py`); what changes by itself is known here.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from itertools import chain
from uuid import UUID

from server.base.spans import Calendar
from server.org import duty
from server.org.answering import Answering, along, post
from server.org.calendar import calendar
from server.org.responsible import asked_paths
from server.places import Ground


async def answers_change_at(ground: Ground, at: datetime) -> datetime:
    """When who answers for a place, or what is told of their hours, may change by itself."""
    return _next(await along(asked_paths(ground)), at, await calendar())


async def post_changes_at(post_id: UUID, at: datetime) -> datetime:
    """The same of one post."""
    found = await post(post_id)
    return _next((found,) if found else (), at, await calendar())


def _next(answering: Iterable[Answering], at: datetime, days: Calendar) -> datetime:
    """No later than the town's midnight, for turns are told by the day."""
    midnight = datetime.combine(days.day_of(at) + duty.ONE_DAY, time(), days.zone)
    times = chain.from_iterable(_times(one, at, days) for one in answering)
    return min(midnight.astimezone(UTC), *(each for each in times if each > at))


def _times(one: Answering, at: datetime, days: Calendar) -> Iterator[datetime]:
    """Every instant around now at which this one begins or ends something."""
    held = ((each.from_at, each.to_at) for each in one.holders)
    for spans in ((one.from_at, one.to_at, one.ended_at), *held):
        yield from (each for each in spans if each is not None)
    today = days.day_of(at)
    for day in (today - duty.ONE_DAY, today):
        yield from chain.from_iterable(duty.stretches(one.hours, day, days))
        for turn in duty.turns_on(one.shifts, day, days):
            yield from (turn.starts, turn.ends)
