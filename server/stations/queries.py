"""Finding stations: at a place, in a community, the nearest open one that offers something."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from server import org, places
from server.base import database
from server.base.geo import Point, distance_m
from server.base.viewer import Viewer
from server.org import DutyHours
from server.places import Ground
from server.stations.errors import StationUnknown
from server.stations.rules import Opening, keeping_areas, keeps_at, opening

PAGE = 20
NEAREST = 10
_COLUMNS = """s.id, s.name, s.kind, s.place_id, s.path, s.lng, s.lat, s.phone, s.facilities,
    s.hours, s.days_off, s.version, p.full_name AS place_name"""
_THERE = "FROM station s JOIN place p ON p.id = s.place_id WHERE s.closed_at IS NULL"


@dataclass(frozen=True, slots=True)
class StationFile:
    """One station that is there, and whether it is open as of when it was asked."""

    id: UUID
    name: str
    kind: str
    place_id: UUID
    path: str
    place_name: str
    point: Point | None
    phone: str
    facilities: tuple[str, ...]
    hours: tuple[DutyHours, ...]
    days_off: tuple[date, ...]
    version: int
    opening: Opening


@dataclass(frozen=True, slots=True)
class Stations:
    """One stretch of a list, and after which it goes on."""

    items: tuple[StationFile, ...]
    next: UUID | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """A station, and how far it is from where somebody stands; None where that is not known."""

    station: StationFile
    distance_m: float | None


async def station_at(place_id: UUID, at: datetime) -> StationFile | None:
    """The station at this place: for everybody."""
    found = await _files("AND s.place_taken = $1", [place_id], at)
    return found[0] if found else None


async def stations_under(area: str, at: datetime) -> list[StationFile]:
    """The stations at and under a node, by name: for everybody."""
    return await _files("AND s.path >= $1 AND s.path < $2 ORDER BY s.name", places.under(area), at)


async def nearest(ground: Ground, facility: str, at: datetime) -> list[Near]:
    """The stations of the town that offer this ("" anything): those open at that instant first,
    the nearest of each first; where a distance is not known, those of the same ground."""
    here = await _point_of(ground)
    found = [one for one in await _files("", [], at) if not facility or facility in one.facilities]
    near = [Near(one, _apart(here, one.point)) for one in found]
    return sorted(near, key=lambda one: _order(one, ground))[:NEAREST]


async def stations_to_keep(viewer: Viewer, at: datetime, *, after: UUID | None = None) -> Stations:
    """The stations in the viewer's areas, by name; those that follow the one named by `after`."""
    areas = keeping_areas(viewer)
    if not areas:
        return Stations(())
    values: list[object] = [end for area in areas for end in places.under(area)]
    marks = range(1, len(values), 2)
    inside = " OR ".join(f"(s.path >= ${n} AND s.path < ${n + 1})" for n in marks)
    where = f"AND ({inside})"
    if after is not None:
        values.append(after)
        where += f" AND (s.name, s.id) > (SELECT name, id FROM station WHERE id = ${len(values)})"
    found = await _files(f"{where} ORDER BY s.name, s.id LIMIT {PAGE + 1}", values, at)
    return Stations(tuple(found[:PAGE]), found[PAGE - 1].id if len(found) > PAGE else None)


async def station_to_keep(station_id: UUID, viewer: Viewer) -> StationFile:
    """One the viewer looks after. Raises StationUnknown."""
    found = await _files("AND s.id = $1", [station_id], None)
    if not found or not keeps_at(viewer, found[0].path):
        raise StationUnknown
    return found[0]


async def _files(more: str, values: Iterable[object], at: datetime | None) -> list[StationFile]:
    rows = await database.fetch(f"SELECT {_COLUMNS} {_THERE} {more}", *values)
    calendar = await org.calendar()
    return [_file(row, at, calendar) for row in rows]


def _file(row: dict[str, Any], at: datetime | None, calendar: Any) -> StationFile:
    hours = tuple(DutyHours(*each) for each in row["hours"])
    days_off = tuple(date.fromisoformat(day) for day in row["days_off"])
    return StationFile(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        place_id=row["place_id"],
        path=row["path"],
        place_name=row["place_name"],
        point=Point(row["lng"], row["lat"]) if row["lng"] is not None else None,
        phone=row["phone"],
        facilities=tuple(row["facilities"]),
        hours=hours,
        days_off=days_off,
        version=row["version"],
        opening=opening(hours, days_off, at, calendar) if at else Opening(False),
    )


async def _point_of(ground: Ground) -> Point | None:
    """Where this is: its own point, or that of the nearest node it belongs to."""
    if ground.point is not None:
        return ground.point
    marks, values = database.in_list(places.covering_paths(ground))
    row = await database.fetch_one(
        f"SELECT lng, lat FROM place WHERE path IN {marks} AND lng IS NOT NULL"
        " ORDER BY length(path) DESC LIMIT 1",
        *values,
    )
    return Point(row["lng"], row["lat"]) if row else None


def _apart(here: Point | None, there: Point | None) -> float | None:
    return distance_m(here, there) if here and there else None


def _order(one: Near, ground: Ground) -> tuple[bool, bool, float, int]:
    """Open before shut, known before unknown distances, near before far, same ground first."""
    far = one.distance_m
    return not one.station.opening.is_open, far is None, far or 0.0, -_shared(one, ground.path)


def _shared(one: Near, path: str) -> int:
    """How many nodes of the tree both are under."""
    pairs: Sequence[tuple[str, str]] = list(
        zip(places.ancestry(one.station.path), places.ancestry(path), strict=False)
    )
    return sum(1 for mine, theirs in pairs if mine == theirs)
