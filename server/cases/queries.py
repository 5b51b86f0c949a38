"""What a viewer may read: one case, and the lists of cases that are theirs to see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server.base import database
from server.base.errors import FieldError, Invalid
from server.base.viewer import Viewer
from server.cases.cursors import cursor, read_cursor
from server.cases.errors import CaseUnknown
from server.cases.record import reading
from server.cases.record.deadlines import WAITING_FOR_RESIDENT
from server.cases.record.files import CaseFile
from server.cases.record.keys import key_hashes, key_of
from server.cases.sight.lenses import lens_of
from server.cases.sight.relations import unit_ids
from server.cases.sight.scope import Args, may_see
from server.flows import FLOWS
from server.places import Ground, covering_paths

PAGE = 20
MOST = 100
MOST_HERE = 20

# Word for word what the indexes of the to-do list are made for (migration 0007).
_IN_HAND = f"r.live AND r.state NOT IN {WAITING_FOR_RESIDENT!r}"


@dataclass(frozen=True, slots=True)
class Listed:
    """One stretch of a list, and where it goes on."""

    items: tuple[CaseFile, ...]
    next: str | None = None
    rows: tuple[int, ...] = ()  # to-do: the row of each item that waits for the viewer
    reach: str = ""  # desk: how far the words were looked for, where that is not everywhere


async def find_case(number: str, viewer: Viewer) -> CaseFile:
    """The case, if this viewer has any relation to it; else it is not there for them."""
    case = await reading.read_by_number(number)
    if case is None or lens_of(case, viewer) is None:
        raise CaseUnknown
    return case


async def find_cases(numbers: Iterable[str], viewer: Viewer) -> tuple[CaseFile, ...]:
    """Those of these cases the viewer has any relation to, in the order asked; one statement."""
    wanted = list(dict.fromkeys(numbers))[:MOST]
    found = {case.number: case for case in await _seen_among("number", wanted, viewer)}
    return tuple(found[number] for number in wanted if number in found)


async def find_by_ids(case_ids: Iterable[UUID], viewer: Viewer) -> dict[UUID, CaseFile]:
    """Those of these cases the viewer has any relation to, each by its id; one statement."""
    wanted = list(dict.fromkeys(case_ids))[:MOST]
    return {case.id: case for case in await _seen_among("id", wanted, viewer)}


async def _seen_among(column: str, wanted: list[Any], viewer: Viewer) -> list[CaseFile]:
    listed, values = database.in_list(wanted, start=1)
    rows = await database.fetch(
        f"SELECT {reading.selected()} FROM cases c WHERE c.{column} IN {listed}", *values
    )
    found = map(reading.case_of, rows)
    return [case for case in found if lens_of(case, viewer) is not None]


async def find_number(case_id: UUID, viewer: Viewer) -> str | None:
    """The receipt number of a case, for those who may see it."""
    case = await reading.read_by_id(case_id)
    return case.number if case is not None and lens_of(case, viewer) is not None else None


async def list_mine(viewer: Viewer, *, after: str | None = None, limit: int = PAGE) -> Listed:
    """What the viewer raised or seconded, newest first: by account, or by the keys they hold."""
    args = Args()
    who = _as_resident(args, viewer)
    if who is None:
        return Listed(())
    where = f"c.id IN (SELECT p.case_id FROM case_party p WHERE {who})"
    return await _newest_first(args, where, after=after, limit=limit)


async def list_mine_here(viewer: Viewer, ground: Ground) -> tuple[CaseFile, ...]:
    """The viewer's own cases at this place, open ones first: on top of the code's page."""
    args = Args()
    who = _as_resident(args, viewer)
    if who is None:
        return ()
    paths = args.listed(covering_paths(ground))
    rows = await database.fetch(
        f"SELECT {reading.selected()} FROM cases c"
        f" WHERE c.id IN (SELECT p.case_id FROM case_party p WHERE {who})"
        f" AND c.covers_path IN {paths}"
        f" ORDER BY c.live DESC, c.opened_at DESC LIMIT {MOST_HERE}",
        *args.values,
    )
    return tuple(reading.case_of(row) for row in rows)


async def list_here(ground: Ground) -> tuple[CaseFile, ...]:
    """Open cases that cover this place and may be listed on its sign, newest first."""
    args = Args()
    paths = args.listed(covering_paths(ground))
    rows = await database.fetch(
        f"SELECT {reading.selected()} FROM cases c"
        f" WHERE c.covers_path IN {paths} AND c.live AND c.public"
        f" ORDER BY c.opened_at DESC LIMIT {MOST_HERE}",
        *args.values,
    )
    return tuple(reading.case_of(row) for row in rows)


async def list_todo(viewer: Viewer, *, after: str | None = None, limit: int = PAGE) -> Listed:
    """What waits for the viewer's posts, next deadline first.

    Each post and unit is read from its own index up to the limit, so the length of everyone
    else's list costs nothing.
    """
    limit = _bounded(limit)
    args = Args()
    ways = _todo_ways(args, viewer, after, limit)
    if not ways:
        return Listed(())
    rows = await database.fetch(
        f"SELECT {reading.selected()}, t.row_no, t.row_due FROM ({' UNION ALL '.join(ways)}) t"
        " JOIN cases c ON c.id = t.case_id"
        f" ORDER BY t.row_due, c.id, t.row_no LIMIT {limit + 1}",
        *args.values,
    )
    shown = rows[:limit]
    more = len(rows) > limit
    return Listed(
        tuple(reading.case_of(row) for row in shown),
        cursor(_instant(shown[-1]["row_due"]), shown[-1]["id"]) if more else None,
        tuple(row["row_no"] for row in shown),
    )


async def list_with_post(
    viewer: Viewer,
    flow: str,
    post_id: UUID,
    *,
    live: bool,
    after: str | None = None,
    limit: int = PAGE,
) -> Listed:
    """The cases of one kind that this post has or had, those that are open or those that ended, as
    far as the viewer may see them, newest first.
    """
    args = Args()
    had = (
        "c.id IN (SELECT p.case_id FROM case_party p WHERE p.relation = 'holder'"
        f" AND p.post_id = {args.add(post_id)})"
    )
    where = (
        f"c.flow = {args.add(flow)} AND c.live = {args.add(live)} AND {had}"
        f" AND ({may_see(args, viewer)})"
    )
    return await _newest_first(args, where, after=after, limit=limit)


async def number_in_state(flow: str, state: str, *, post_id: UUID) -> str | None:
    """The number of a case of one kind that this post has or had and that stands so; None where
    none does. Whose it is to read, the caller asks.
    """
    number = await database.fetch_value(
        "SELECT c.number FROM cases c JOIN case_party p ON p.case_id = c.id"
        " WHERE p.relation = 'holder' AND p.post_id = $1 AND c.flow = $2 AND c.state = $3"
        " ORDER BY c.id LIMIT 1",
        post_id,
        flow,
        state,
    )
    return str(number) if number is not None else None


async def list_open_of(viewer: Viewer, flow: str, *, after: str | None = None) -> Listed:
    """The open cases of one kind that the viewer may see, newest first."""
    args = Args()
    states = args.listed([one.key for one in FLOWS[flow].main.states if not one.end])
    where = f"c.flow = {args.add(flow)} AND c.state IN {states} AND ({may_see(args, viewer)})"
    return await _newest_first(args, where, after=after, limit=PAGE)


def _todo_ways(args: Args, viewer: Viewer, after: str | None, limit: int) -> list[str]:
    """One bounded select for each post and unit of the viewer."""
    hands = [f"r.post_id = {args.add(post_id)}" for post_id in viewer.post_ids]
    hands += [
        f"r.unit_id = {args.add(unit_id)} AND r.post_id IS NULL"
        for unit_id in sorted(unit_ids(viewer.posts))
    ]
    if not hands:
        return []
    further = ""
    if after:
        at, key = read_cursor(after)
        further = f" AND (r.due_at, r.case_id) > ({args.add(at)}, {args.add(key)})"
    return [
        "SELECT * FROM (SELECT r.case_id, r.no AS row_no, r.due_at AS row_due FROM case_row r"
        f" WHERE {hand} AND {_IN_HAND}{further}"
        f" ORDER BY r.due_at, r.case_id LIMIT {limit + 1}) q{n}"
        for n, hand in enumerate(hands)
    ]


async def _newest_first(args: Args, where: str, *, after: str | None, limit: int) -> Listed:
    limit = _bounded(limit)
    if after:
        at, key = read_cursor(after)
        where += f" AND (c.opened_at, c.id) < ({args.add(at)}, {args.add(key)})"
    rows = await database.fetch(
        f"SELECT {reading.selected()} FROM cases c WHERE {where}"
        f" ORDER BY c.opened_at DESC, c.id DESC LIMIT {limit + 1}",
        *args.values,
    )
    cases = tuple(reading.case_of(row) for row in rows[:limit])
    more = len(rows) > limit
    return Listed(cases, cursor(cases[-1].opened_at, cases[-1].id) if more else None)


def _as_resident(args: Args, viewer: Viewer) -> str | None:
    """The parties `p` that are this viewer as a resident; None if they can be none."""
    ways = []
    if viewer.account_id is not None:
        ways.append(f"p.account_id = {args.add(viewer.account_id)}")
    if viewer.keys:
        ways.append(f"p.key_hash IN {args.listed(key_hashes(viewer.keys))}")
    return f"({' OR '.join(ways)})" if ways else None


def _bounded(limit: int) -> int:
    if not 1 <= limit <= MOST:
        raise Invalid(FieldError("limit", "out-of-range", f"一次最多看{MOST}条。"))
    return limit


def _instant(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


async def key_of_guest(number: str) -> str | None:
    """The key of a case whose raiser has no account: for whoever has proved to be her."""
    row = await database.fetch_one(
        "SELECT id FROM cases WHERE number = $1 AND raiser_account_id IS NULL", number
    )
    return key_of(row["id"]) if row else None
