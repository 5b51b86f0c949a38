"""What is odd about a roster, in sentences: nobody on duty, two at once, a turn of who is away."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from server import org
from server.base import dates
from server.base.spans import Calendar
from server.org import PostOnRoster, Turn
from server.rosters.words import said_between

LOOKED_AT_DAYS = 21
MOST = 8
ONE_DAY = timedelta(days=1)
Stretch = tuple[datetime, datetime]


def oddities(post: PostOnRoster, first: date, calendar: Calendar) -> list[str]:
    """Gaps and overlaps of this post's turns in three weeks from `first`, in the order of time.

    A gap is time within the weekly hours, on a day the roster speaks of, in which nobody has a
    turn; where there are no weekly hours, a day between two turns without one.
    """
    shifts, names = tuple(post.shifts.values()), post.names()
    days = [first + nth * ONE_DAY for nth in range(LOOKED_AT_DAYS)]
    spoken_of = [day for day in days if any(each.spans(day) for each in shifts)]
    if not spoken_of:
        return []
    around = [first - ONE_DAY, *days]
    turns = [turn for day in around for turn in org.duty.turns_on(shifts, day, calendar)]
    found = [
        *_gaps(post, spoken_of, turns, calendar),
        *_overlaps(turns, names),
        *_away(post, turns, names),
    ]
    said = [sentence for _, sentence in sorted(found)]
    more = len(said) - MOST
    return [*said[:MOST], f"另外还有{more}处，请对着表再看一遍。"] if more > 0 else said


def _gaps(
    post: PostOnRoster, days: list[date], turns: list[Turn], calendar: Calendar
) -> Iterable[tuple[datetime, str]]:
    if not post.hours:
        yield from _empty_days(days, turns, calendar)
        return
    wanted = [each for day in days for each in org.duty.stretches(post.hours, day, calendar)]
    taken = sorted((turn.starts, turn.ends) for turn in turns)
    for since, until in _joined(piece for each in wanted for piece in _less(each, taken)):
        yield since, f"{said_between(since, until)}没有人值班，这段时间由上一级接。"


def _empty_days(
    days: list[date], turns: list[Turn], calendar: Calendar
) -> Iterable[tuple[datetime, str]]:
    begun = {calendar.day_of(turn.starts) for turn in turns}
    for day in days:
        if day not in begun:
            at = org.duty.stretch_on(day, "00:00", "24:00", calendar)[0]
            yield at, f"{dates.said(day)}一整天没有排人。"


def _overlaps(turns: list[Turn], names: Mapping[UUID, str]) -> Iterable[tuple[datetime, str]]:
    for nth, one in enumerate(turns):
        for other in turns[nth + 1 :]:
            since, until = max(one.starts, other.starts), min(one.ends, other.ends)
            if since >= until:
                continue
            who = [names.get(each.account_id, "") for each in (one, other)]
            said = f"{who[0]}排了两次" if who[0] == who[1] else f"{who[0]}和{who[1]}排在了一起"
            yield since, f"{said_between(since, until)}，{said}。"


def _away(
    post: PostOnRoster, turns: list[Turn], names: Mapping[UUID, str]
) -> Iterable[tuple[datetime, str]]:
    """A turn of somebody who does not hold the post then, or is away, with nobody standing in."""
    for turn in turns:
        present = post.answering.holding(turn.starts)
        if not any(turn.account_id in (one.account_id, one.for_account_id) for one in present):
            who = names.get(turn.account_id, "")
            said = f"{said_between(turn.starts, turn.ends)}排的是{who}"
            yield turn.starts, f"{said}，那时不在岗，也没有人代班。"


def _less(wanted: Stretch, taken: list[Stretch]) -> Iterable[Stretch]:
    """What of a stretch none of the others covers."""
    since, until = wanted
    for starts, ends in taken:
        if ends <= since or starts >= until:
            continue
        if starts > since:
            yield since, starts
        since = max(since, ends)
    if since < until:
        yield since, until


def _joined(pieces: Iterable[Stretch]) -> list[Stretch]:
    """Pieces that touch are one: a night is not two gaps for its midnight."""
    joined: list[Stretch] = []
    for since, until in sorted(pieces):
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until))
        else:
            joined.append((since, until))
    return joined
