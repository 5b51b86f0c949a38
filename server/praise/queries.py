"""Reading praise: the wall, what one gave, what one received, what waits to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server import cases, places
from server.base import database
from server.base.viewer import Viewer
from server.places import Ground
from server.praise.deciding import screening_posts

PAGE = 20
_COLUMNS = (
    "id, account_id, target_kind, target_id, target_name, post_id, unit_id, place_name, tag, text,"
    " flag, nameless, state, given_at, reason"
)
# What others are shown: passed on, and still somebody's.
_SHOWN = "state = 'accepted' AND account_id IS NOT NULL"


@dataclass(frozen=True, slots=True)
class PraiseFile:
    """One praise as it lies in the table; who may see what of it, the views say."""

    id: UUID
    account_id: UUID | None
    target_kind: str
    target_id: UUID
    target_name: str
    post_id: UUID | None
    unit_id: UUID | None
    place_name: str
    tag: str
    text: str
    flag: str
    nameless: bool
    state: str
    given_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Praises:
    """One stretch of a list, and where it goes on."""

    items: tuple[PraiseFile, ...]
    next: str | None = None


async def wall(ground: Ground, *, after: str | None = None, limit: int = PAGE) -> Praises:
    """What was passed on and is read on a sign here, newest first: for everybody."""
    marks, values = database.in_list(places.covering_paths(ground))
    return await _newest(f"covers_path IN {marks} AND {_SHOWN}", values, after, limit)


async def wall_under(area: str, *, after: str | None = None, limit: int = PAGE) -> Praises:
    """What was passed on at and under a node and is read on a sign, newest first: for everybody."""
    where = f"path >= $1 AND path < $2 AND covers_path <> '' AND {_SHOWN}"
    return await _newest(where, places.under(area), after, limit)


async def of_target(
    kind: str, target_id: UUID, *, after: str | None = None, limit: int = PAGE
) -> Praises:
    """What was passed on of one target, newest first: for everybody who may see the target."""
    where = f"target_id = $1 AND target_kind = $2 AND {_SHOWN}"
    return await _newest(where, [target_id, kind], after, limit)


async def given_by(viewer: Viewer, *, after: str | None = None, limit: int = PAGE) -> Praises:
    """What the viewer gave, whatever became of it, newest first."""
    if viewer.account_id is None:
        return Praises(())
    return await _newest("account_id = $1", [viewer.account_id], after, limit)


async def received_by(viewer: Viewer, *, after: str | None = None) -> Praises:
    """What was passed on to the viewer's posts and units, newest first."""
    if not viewer.posts:
        return Praises(())
    units, values = database.in_list(viewer.unit_ids)
    posts, more = database.in_list(viewer.post_ids, start=1 + len(values))
    where = f"unit_id IN {units} AND (post_id IS NULL OR post_id IN {posts}) AND {_SHOWN}"
    return await _newest(where, [*values, *more], after, PAGE)


async def waiting(viewer: Viewer, *, after: str | None = None) -> Praises:
    """What waits to be read in the viewer's areas, the longest first; never their own."""
    areas = sorted({post.area for post in screening_posts(viewer)})
    if not areas:
        return Praises(())
    inside, values = within(areas)
    where = f"state = 'waiting' AND {inside}"
    if after:
        where += f" AND (given_at, id) > (${len(values) + 1}, ${len(values) + 2})"
        values += cases.read_cursor(after)
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM praise WHERE {where} ORDER BY given_at, id LIMIT {PAGE + 1}",
        *values,
    )
    return _stretch(rows, PAGE)


def within(areas: Sequence[str], start: int = 1) -> tuple[str, list[object]]:
    """The predicate "at a place under one of these", and its values."""
    values: list[object] = [end for area in areas for end in places.under(area)]
    marks = range(start, start + len(values), 2)
    return "(" + " OR ".join(f"(path >= ${n} AND path < ${n + 1})" for n in marks) + ")", values


async def _newest(where: str, values: Sequence[object], after: str | None, limit: int) -> Praises:
    given = list(values)
    if after:
        at, key = cases.read_cursor(after)
        where += f" AND (given_at, id) < (${len(given) + 1}, ${len(given) + 2})"
        given += [at, key]
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM praise WHERE {where}"
        f" ORDER BY given_at DESC, id DESC LIMIT {limit + 1}",
        *given,
    )
    return _stretch(rows, limit)


def _stretch(rows: Sequence[database.Row], limit: int) -> Praises:
    found = tuple(PraiseFile(**row) for row in rows[:limit])
    more = len(rows) > limit
    return Praises(found, cases.cursor(found[-1].given_at, found[-1].id) if more else None)
