"""The desk's list: everything a member of staff may see, by tab, estate, lateness and words."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server.base import database
from server.base.errors import FieldError, Invalid
from server.base.fields import clean_text
from server.base.viewer import Viewer
from server.cases.cursors import cursor, read_cursor
from server.cases.errors import ListTooLong
from server.cases.queries import MOST, Listed
from server.cases.record import reading
from server.cases.record.files import CaseFile
from server.cases.record.references import plain_form
from server.cases.sight.scope import Args, may_see

# A tab of the desk: the cases `c` it lists; `r` is row 0. Overdue adds the time.
TABS = {
    "open": "c.live",
    "to_sign": "c.live AND c.state = 'dispatched'",
    "dispute": "c.live AND c.state = 'dispute'",
    "overdue": "c.live AND c.state NOT IN ('resolved', 'waiting_raiser', 'hung')"
    " AND r.due_at < {now}",
    "resolved": "c.live AND c.state = 'resolved'",
    "closed": "NOT c.live",
}
LONGEST_SEARCH = 60
STRETCH = 500
_WILD = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """What a clerk looks for. `overdue` narrows any open tab; `q` is a number or words."""

    tab: str = "open"
    estate_id: UUID | None = None
    overdue: bool = False
    q: str = ""


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How many cases each tab holds, and the estates they are in."""

    tabs: dict[str, int]
    estates: tuple[UUID, ...]


async def list_desk(
    viewer: Viewer, wanted: DeskFilter, *, now: datetime, after: str | None = None, limit: int = 50
) -> Listed:
    """The cases of one tab: open ones by next deadline, ended ones newest first."""
    if not 1 <= limit <= MOST:
        raise Invalid(FieldError("limit", "out-of-range", f"一次最多看{MOST}条。"))
    return await _stretch(viewer, wanted, now, after, limit)


async def list_whole(
    viewer: Viewer, wanted: DeskFilter, *, now: datetime, most: int
) -> AsyncIterator[tuple[CaseFile, ...]]:
    """The whole of one tab, stretch by stretch, in the same order.

    Raises ListTooLong before the first, if it has more than `most` cases.
    """
    args = Args()
    where = _where(args, viewer, wanted, now)
    count = await database.fetch_value(
        "SELECT count(*) AS n FROM cases c"
        f" JOIN case_row r ON r.case_id = c.id AND r.no = 0 WHERE {where}",
        *args.values,
    )
    if int(count) > most:
        raise ListTooLong(count=int(count), most=most)
    after: str | None = None
    while True:
        stretch = await _stretch(viewer, wanted, now, after, STRETCH)
        yield stretch.items
        after = stretch.next
        if after is None:
            return


async def _stretch(
    viewer: Viewer, wanted: DeskFilter, now: datetime, after: str | None, limit: int
) -> Listed:
    args = Args()
    where = _where(args, viewer, wanted, now)
    by, order, beyond = ("c.closed_at", "DESC", "<") if wanted.tab == "closed" else _by_deadline()
    if after:
        at, key = read_cursor(after)
        where += f" AND ({by}, c.id) {beyond} ({args.add(at)}, {args.add(key)})"
    rows = await database.fetch(
        f"SELECT {reading.selected()}, {by} AS sorted_by FROM cases c"
        f" JOIN case_row r ON r.case_id = c.id AND r.no = 0 WHERE {where}"
        f" ORDER BY {by} {order}, c.id {order} LIMIT {limit + 1}",
        *args.values,
    )
    cases = tuple(reading.case_of(row) for row in rows[:limit])
    return Listed(cases, _next(cases, wanted.tab) if len(rows) > limit else None)


async def count_desk(viewer: Viewer, *, now: datetime) -> DeskCounts:
    """What stands beside the tabs, and which estates there are to choose from."""
    args = Args()
    at = args.add(now)
    sums = ", ".join(
        f"sum(CASE WHEN {where.format(now=at)} THEN 1 ELSE 0 END) AS {tab}"
        for tab, where in TABS.items()
    )
    seen = may_see(args, viewer)
    rows = await database.fetch(
        f"SELECT c.estate_id AS estate_id, {sums} FROM cases c"
        f" JOIN case_row r ON r.case_id = c.id AND r.no = 0 WHERE {seen}"
        " GROUP BY c.estate_id",
        *args.values,
    )
    tabs = {tab: sum(int(row[tab] or 0) for row in rows) for tab in TABS}
    return DeskCounts(tabs, tuple(row["estate_id"] for row in rows if row["estate_id"]))


def _where(args: Args, viewer: Viewer, wanted: DeskFilter, now: datetime) -> str:
    if wanted.tab not in TABS:
        raise Invalid(FieldError("tab", "not-a-tab", "没有这一栏，请从列出的里面选。"))
    at = args.add(now)
    parts = [may_see(args, viewer), TABS[wanted.tab].format(now=at)]
    # The time is named even where the tab does not need it: a value given must be used.
    parts.append(f"c.opened_at <= {at}")
    if wanted.overdue and wanted.tab != "overdue":
        parts.append(TABS["overdue"].format(now=at))
    if wanted.estate_id is not None:
        parts.append(f"c.estate_id = {args.add(wanted.estate_id)}")
    words = clean_text(wanted.q[:LONGEST_SEARCH])
    if words:
        parts.append(_search(args, words))
    return " AND ".join(f"({part})" for part in parts)


def _search(args: Args, words: str) -> str:
    """A number by its beginning, another system's whole, words anywhere in text or place."""
    elsewhere = args.add(plain_form(words))
    words = words.translate(_WILD)
    anywhere, beginning = args.add(f"%{words}%"), args.add(f"{words}%")
    return (
        f"(c.number LIKE {beginning} ESCAPE '\\' OR c.text LIKE {anywhere} ESCAPE '\\'"
        f" OR c.place_name LIKE {anywhere} ESCAPE '\\' OR c.spot LIKE {anywhere} ESCAPE '\\'"
        f" OR c.id IN (SELECT x.case_id FROM case_reference x WHERE x.number = {elsewhere}))"
    )


def _by_deadline() -> tuple[str, str, str]:
    return "r.due_at", "ASC", ">"


def _next(cases: tuple[CaseFile, ...], tab: str) -> str | None:
    last = cases[-1]
    at = last.closed_at if tab == "closed" else last.main.due_at
    return cursor(at, last.id) if at is not None else None
