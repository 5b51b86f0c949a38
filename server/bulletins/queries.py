"""Reading bulletins: what is out at a place, and what those see who write them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from server import places
from server.base import clock, database
from server.base.viewer import Viewer
from server.bulletins.errors import BulletinUnknown
from server.bulletins.lines import LINE, WHOLE, Bulletin, Line, Lines, Posted, whole
from server.bulletins.rules import AUDIENCES, FIRM_ROLE, minding_post, writing_posts
from server.places import Ground

PAGE = 20
MOST_OUT = 200  # along one path; a board with more is read by nobody
_STANDING = {
    "all": "",
    "draft": " AND state = 'draft'",
    "scheduled": " AND state = 'published' AND out_at > {now}",
    "out": " AND state = 'published' AND out_at <= {now} AND until_at > {now}",
    "over": " AND (state = 'withdrawn' OR (state = 'published' AND until_at <= {now}))",
}
TABS = tuple(_STANDING)
_ORDER = "ORDER BY pinned DESC, out_at DESC, id DESC"


async def posted_at(ground: Ground, audiences: Sequence[str]) -> Posted:
    """What is out now for whoever is at this place: written for it, for a node above it or for
    the estate it belongs to; pinned first, then the newest. Each audience is of `AUDIENCES`."""
    where, values = _reads(ground, audiences)
    now = clock.now()
    rows = await database.fetch(
        f"SELECT {LINE} FROM bulletin WHERE state = 'published' AND {where}"
        f" AND until_at > ${len(values) + 1} {_ORDER} LIMIT {MOST_OUT}",
        *values,
        now,
    )
    lines = [Line(**row) for row in rows]
    out = tuple(line for line in lines if line.standing(now) == "out")
    instants = [one for line in lines for one in (line.out_at, line.until_at) if one]
    return Posted(out, min((one for one in instants if one > now), default=None))


async def list_posted(
    ground: Ground, audiences: Sequence[str], *, after: UUID | None = None
) -> Lines:
    """The same, a page at a time: those that follow the one named by `after`."""
    where, values = _reads(ground, audiences)
    return await _page(where, values, after)


async def find_posted(bulletin_id: UUID, ground: Ground, audiences: Sequence[str]) -> Bulletin:
    """One that is out at this place now. Raises BulletinUnknown."""
    row = await _find(bulletin_id)
    is_theirs = any(row[f"for_{one}"] for one in audiences)
    if row["path"] not in places.covering_paths(ground) or not is_theirs:
        raise BulletinUnknown
    return _if_out(row)


async def find_public(bulletin_id: UUID) -> Bulletin:
    """One that is out for residents or shops, wherever its reader is. Raises BulletinUnknown."""
    row = await _find(bulletin_id)
    if not (row["for_residents"] or row["for_merchants"]):
        raise BulletinUnknown
    return _if_out(row)


async def find_readable(bulletin_id: UUID, viewer: Viewer) -> Bulletin:
    """One that is out for everybody, or for staff of the viewer's areas. Raises BulletinUnknown."""
    row = await _find(bulletin_id)
    if row["for_residents"] or row["for_merchants"]:
        return _if_out(row)
    return await find_for_staff(bulletin_id, viewer)


async def list_for_staff(viewer: Viewer, *, after: UUID | None = None) -> Lines:
    """What is out for the staff of the viewer's areas, of all above and of all below them, a page
    at a time."""
    areas = _staffed(viewer)
    if not areas:
        return Lines(())
    above, values = database.in_list(dict.fromkeys(p for a in areas for p in places.ancestry(a)))
    below, more = _within(areas, "path", start=len(values) + 1)
    return await _page(f"for_staff AND (path IN {above} OR {below})", [*values, *more], after)


async def find_for_staff(bulletin_id: UUID, viewer: Viewer) -> Bulletin:
    """One of these. Raises BulletinUnknown."""
    row = await _find(bulletin_id)
    path = row["path"]
    here = any(path.startswith(area) or area.startswith(path) for area in _staffed(viewer))
    if not row["for_staff"] or not here:
        raise BulletinUnknown
    return _if_out(row)


async def list_minded(
    viewer: Viewer, tab: str, *, after: UUID | None = None
) -> tuple[tuple[Line, ...], UUID | None]:
    """What the viewer looks after, the youngest first: a page of it, and after which the next
    begins. `tab` is one of `TABS`."""
    minded, values = _minded(viewer)
    if not values:
        return (), None
    now = clock.now()
    where, more = _of_tab(tab, now, start=len(values) + 1)
    values += more
    if after is not None:
        values.append(after)
        where += f" AND id < ${len(values)}"
    rows = await database.fetch(
        f"SELECT {LINE} FROM bulletin WHERE ({minded}){where} ORDER BY id DESC LIMIT {PAGE + 1}",
        *values,
    )
    lines = tuple(Line(**row) for row in rows[:PAGE])
    return lines, lines[-1].id if len(rows) > PAGE else None


async def find_minded(bulletin_id: UUID, viewer: Viewer) -> Bulletin:
    """One the viewer looks after, wherever it stands. Raises BulletinUnknown."""
    row = await _find(bulletin_id)
    if minding_post(viewer, row["path"], row["by_area"], row["unit_id"]) is None:
        raise BulletinUnknown
    return whole(row)


async def find_with_photo(bulletin_id: UUID, photo_id: UUID, viewer: Viewer) -> Bulletin:
    """A bulletin that has this photo and that the viewer may read: out for everybody, out for
    staff of these areas, or theirs to look after. Raises BulletinUnknown."""
    found = whole(await _find(bulletin_id))
    if photo_id not in found.photo_ids:
        raise BulletinUnknown
    if minding_post(viewer, found.path, found.by_area, found.unit_id) is not None:
        return found
    return await find_readable(bulletin_id, viewer)


def _reads(ground: Ground, audiences: Sequence[str]) -> tuple[str, list[object]]:
    """What those are told who are at this place."""
    marks, values = database.in_list(places.covering_paths(ground))
    theirs = " OR ".join(f"for_{one}" for one in AUDIENCES if one in audiences)
    return f"path IN {marks} AND ({theirs})", values


async def _page(where: str, values: Sequence[object], after: UUID | None) -> Lines:
    given = [*values, clock.now()]
    where += f" AND out_at <= ${len(given)} AND until_at > ${len(given)}"
    if after is not None:
        given.append(after)
        last = f"SELECT pinned, out_at, id FROM bulletin WHERE id = ${len(given)}"
        where += f" AND (pinned, out_at, id) < ({last})"
    rows = await database.fetch(
        f"SELECT {LINE} FROM bulletin WHERE state = 'published' AND {where} {_ORDER}"
        f" LIMIT {PAGE + 1}",
        *given,
    )
    lines = tuple(Line(**row) for row in rows[:PAGE])
    return Lines(lines, lines[-1].id if len(rows) > PAGE else None)


async def _find(bulletin_id: UUID) -> dict[str, Any]:
    row = await database.fetch_one(f"SELECT {WHOLE} FROM bulletin WHERE id = $1", bulletin_id)
    if row is None:
        raise BulletinUnknown
    return row


def _if_out(row: dict[str, Any]) -> Bulletin:
    found = whole(row)
    if found.standing(clock.now()) != "out":
        raise BulletinUnknown
    return found


def _minded(viewer: Viewer) -> tuple[str, list[object]]:
    """What `minding_post` says, as a predicate."""
    said: list[str] = []
    values: list[object] = []
    for post in writing_posts(viewer):
        first, last = len(values) + 1, len(values) + 2
        values += places.under(post.area)
        one = f"path >= ${first} AND path < ${last} AND by_area >= ${first} AND by_area < ${last}"
        if post.role == FIRM_ROLE:
            values.append(post.unit_id)
            one += f" AND unit_id = ${len(values)}"
        said.append(f"({one})")
    return " OR ".join(said), values


def _of_tab(tab: str, now: datetime, start: int) -> tuple[str, list[object]]:
    """Those that stand so now."""
    where = _STANDING[tab]
    return where.format(now=f"${start}"), [now] if "{now}" in where else []


def _staffed(viewer: Viewer) -> list[str]:
    return sorted({post.area for post in viewer.staff_posts if post.area})


def _within(areas: Sequence[str], column: str, start: int) -> tuple[str, list[object]]:
    values: list[object] = [end for area in areas for end in places.under(area)]
    marks = range(start, start + len(values), 2)
    return " OR ".join(f"({column} >= ${at} AND {column} < ${at + 1})" for at in marks), values
