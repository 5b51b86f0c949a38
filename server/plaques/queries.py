"""What waits to be looked after, what was done with one plaque, and which are scanned far away."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from server import cases, codes, places
from server.base import clock, database
from server.base.geo import Point
from server.base.viewer import Viewer
from server.plaques.errors import MountingUnknown
from server.plaques.rules import is_far, mounting_posts

PAGE = 20
WATCHED = timedelta(days=90)
FEWEST_FAR = 2  # once may be a photo sent to a friend, or a phone that is wrong


@dataclass(frozen=True, slots=True)
class OpenFault:
    """Something that is wrong with a plaque in use."""

    id: UUID
    code_id: UUID
    token: str
    kind: str
    times: int
    far: bool | None
    reported_at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class Faults:
    """One stretch of what is wrong, and where it goes on."""

    items: tuple[OpenFault, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """One thing that happened to a plaque: it was put up, or a fault was told or ended."""

    at: datetime
    what: str  # mounted fault closed
    kind: str = ""  # of the fault
    outcome: str = ""
    times: int = 1
    far: bool | None = None
    post_id: UUID | None = None
    mounting_id: UUID | None = None  # whose photo there is


@dataclass(frozen=True, slots=True)
class FarCode:
    """A code that was used several times far from where it hangs."""

    code_id: UUID
    place: str
    times: int


def areas_of(viewer: Viewer) -> list[str]:
    """Where the viewer puts plaques up or makes codes."""
    return sorted({*(post.area for post in mounting_posts(viewer)), *codes.making_areas(viewer)})


async def open_faults(viewer: Viewer, *, after: str | None = None) -> Faults:
    """What is wrong with plaques in the viewer's areas, the longest first."""
    areas = areas_of(viewer)
    if not areas:
        return Faults(())
    inside, values = _within(areas, "f.path")
    if after:
        inside += f" AND (f.reported_at, f.id) > (${len(values) + 1}, ${len(values) + 2})"
        values += cases.read_cursor(after)
    rows = await database.fetch(
        "SELECT f.id, f.code_id, c.token, f.kind, f.times, f.far, f.reported_at,"
        " p.full_name AS place FROM fault f JOIN code c ON c.id = f.code_id"
        f" JOIN place p ON p.id = c.place_id WHERE f.closed_at IS NULL AND c.status = 'active'"
        f" AND {inside} ORDER BY f.reported_at, f.id LIMIT {PAGE + 1}",
        *values,
    )
    found = tuple(OpenFault(**(row | {"far": _truth(row["far"])})) for row in rows[:PAGE])
    more = len(rows) > PAGE
    return Faults(found, cases.cursor(found[-1].reported_at, found[-1].id) if more else None)


async def past_of(code_id: UUID) -> list[Past]:
    """Everything that happened to a plaque, the newest first. Whose it is, the caller has asked."""
    mountings = await database.fetch(
        "SELECT id, mounted_at, by_post_id, far, photo_id FROM mounting WHERE code_id = $1", code_id
    )
    faults = await database.fetch(
        "SELECT kind, times, far, reported_at, closed_at, outcome, by_post_id FROM fault"
        " WHERE code_id = $1",
        code_id,
    )
    found = [
        Past(
            row["mounted_at"],
            "mounted",
            far=_truth(row["far"]),
            post_id=row["by_post_id"],
            mounting_id=row["id"] if row["photo_id"] else None,
        )
        for row in mountings
    ]
    for row in faults:
        found += _told(row)
    return sorted(found, key=lambda one: one.at, reverse=True)


async def mounting_photo(mounting_id: UUID, viewer: Viewer) -> UUID:
    """The photo of a plaque that was put up in the viewer's areas. Raises MountingUnknown."""
    row = await database.fetch_one("SELECT path, photo_id FROM mounting WHERE id = $1", mounting_id)
    if row is None or row["photo_id"] is None or not codes.is_inside(areas_of(viewer), row["path"]):
        raise MountingUnknown
    return UUID(str(row["photo_id"]))


async def far_codes(viewer: Viewer) -> list[FarCode]:
    """Codes in the viewer's areas that were used far from where they hang: a report pointed
    elsewhere, or a phone said so. The most often first; nobody who did is in it."""
    areas = areas_of(viewer)
    if not areas:
        return []
    inside, values = _within(areas, "p.path", start=2)
    since = clock.now() - WATCHED
    pointed = await database.fetch(
        "SELECT k.code_id, k.lng, k.lat, p.lng AS place_lng, p.lat AS place_lat"
        " FROM cases k JOIN code c ON c.id = k.code_id JOIN place p ON p.id = c.place_id"
        " WHERE k.opened_at >= $1 AND k.lng IS NOT NULL AND p.lng IS NOT NULL"
        f" AND c.status = 'active' AND {inside}",
        since,
        *values,
    )
    said = await database.fetch(
        "SELECT f.code_id FROM fault f JOIN code c ON c.id = f.code_id"
        " JOIN place p ON p.id = c.place_id WHERE f.reported_at >= $1 AND f.far"
        f" AND c.status = 'active' AND {inside}",
        since,
        *values,
    )
    counted = Counter(row["code_id"] for row in (*filter(_points_far, pointed), *said))
    often = [(code_id, times) for code_id, times in counted.most_common() if times >= FEWEST_FAR]
    names = await _places_of([code_id for code_id, _ in often])
    return [FarCode(code_id, names[code_id], times) for code_id, times in often]


def _told(row: dict[str, Any]) -> list[Past]:
    """A fault as it was told, and as it ended."""
    kind, post_id = row["kind"], row["by_post_id"]
    told = Past(row["reported_at"], "fault", kind=kind, times=row["times"], far=_truth(row["far"]))
    if row["closed_at"] is None:
        return [told]
    ended = Past(row["closed_at"], "closed", kind=kind, outcome=row["outcome"], post_id=post_id)
    return [told, ended]


def _points_far(row: dict[str, Any]) -> bool:
    place, phone = Point(row["place_lng"], row["place_lat"]), Point(row["lng"], row["lat"])
    return bool(is_far(place, phone))


async def _places_of(code_ids: Sequence[UUID]) -> dict[UUID, str]:
    marks, values = database.in_list(code_ids)
    rows = await database.fetch(
        "SELECT c.id, p.full_name FROM code c JOIN place p ON p.id = c.place_id"
        f" WHERE c.id IN {marks}",
        *values,
    )
    return {row["id"]: row["full_name"] for row in rows}


def _within(areas: Sequence[str], column: str, start: int = 1) -> tuple[str, list[object]]:
    values: list[object] = [end for area in areas for end in places.under(area)]
    marks = range(start, start + len(values), 2)
    inside = " OR ".join(f"({column} >= ${at} AND {column} < ${at + 1})" for at in marks)
    return f"({inside})", values


def _truth(value: object) -> bool | None:
    return None if value is None else bool(value)
