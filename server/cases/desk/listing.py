"""The list itself, stretch by stretch: open cases by next deadline, ended ones newest first."""

from collections.abc import AsyncIterator
from datetime import datetime

from server.base import database
from server.base.errors import FieldError, Invalid
from server.base.viewer import Viewer
from server.cases.cursors import cursor, read_cursor
from server.cases.desk.finding import Quest, Way, quest
from server.cases.desk.tabs import DeskFilter
from server.cases.errors import ListTooLong
from server.cases.queries import MOST, Listed
from server.cases.record import reading
from server.cases.record.files import CaseFile
from server.cases.search import asking
from server.cases.sight.scope import Args

STRETCH = 500


async def list_desk(
    viewer: Viewer, wanted: DeskFilter, *, now: datetime, after: str | None = None, limit: int = 50
) -> Listed:
    """The cases of one tab; `reach` says so if not every case was searched for the words."""
    if not 1 <= limit <= MOST:
        raise Invalid(FieldError("limit", "out-of-range", f"一次最多看{MOST}条。"))
    wished = await quest(viewer, wanted, now)
    return await _stretch(wished, after, limit)


async def list_whole(
    viewer: Viewer, wanted: DeskFilter, *, now: datetime, most: int
) -> AsyncIterator[tuple[CaseFile, ...]]:
    """The whole of one tab, stretch by stretch, in the same order.

    Raises ListTooLong before the first, if it has more than `most` cases, or may have.
    """
    wished, args = await quest(viewer, wanted, now), Args()
    row = await database.fetch_one(
        f"{wished.beginning(args)}SELECT count(*) AS n, {_looked_at(wished)} AS looked_at"
        f" FROM ({_ids(args, wished, None, most + 1)}) q",
        *args.values,
    )
    assert row is not None
    if row["n"] > most or _reach(wished, row["looked_at"]):
        raise ListTooLong(most=most)
    after: str | None = None
    while True:
        stretch = await _stretch(wished, after, STRETCH)
        yield stretch.items
        after = stretch.next
        if after is None:
            return


def _looked_at(wished: Quest) -> str:
    """How many the index of the search gave, as a column."""
    return asking.looked_at(wished.words) if wished.way is Way.SEARCHED else "0"


def _reach(wished: Quest, looked_at: int) -> str:
    return asking.reach(wished.words, looked_at) if wished.way is Way.SEARCHED else ""


async def _stretch(wished: Quest, after: str | None, limit: int) -> Listed:
    """One row more than cases: how many were looked at is told where none of them is shown, too."""
    args = Args()
    order = _order(wished)[1]
    rows = await database.fetch(
        f"{wished.beginning(args)}SELECT {reading.selected()}, l.looked_at"
        f" FROM (SELECT {_looked_at(wished)} AS looked_at) l"
        f" LEFT JOIN ({_ids(args, wished, after, limit + 1)}) q ON TRUE"
        " LEFT JOIN cases c ON c.id = q.id"
        f" ORDER BY q.sorted_by {order}, q.id {order}",
        *args.values,
    )
    reach = _reach(wished, rows[0]["looked_at"])
    if rows[0]["id"] is None:
        return Listed((), None, reach=reach)
    cases = tuple(reading.case_of(row) for row in rows[:limit])
    more = len(rows) > limit
    return Listed(cases, _next(cases[-1]) if more else None, reach=reach)


def _ids(args: Args, wished: Quest, after: str | None, most: int) -> str:
    """The next cases in order: sorted by what the order's index holds, before they are read."""
    by, order, beyond = _order(wished)
    seen = wished.seen(args)
    if after:
        at, key = read_cursor(after)
        seen += f" AND ({by}, c.id) {beyond} ({args.add(at)}, {args.add(key)})"
    return (
        f"SELECT c.id AS id, {by} AS sorted_by {seen}"
        f" ORDER BY {by} {order}, c.id {order} LIMIT {most}"
    )


def _order(wished: Quest) -> tuple[str, str, str]:
    if wished.wanted.of.live:
        return "c.due_at", "ASC", ">"
    return "c.closed_at", "DESC", "<"


def _next(last: CaseFile) -> str | None:
    at = last.due_at if last.live else last.closed_at
    return cursor(at, last.id) if at is not None else None
