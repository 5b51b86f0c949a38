"""Finding ground: by its id, by a point on the map, by its name, by what lies under a node."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from server.base import cache, database
from server.base.geo import Areas, Point, gcj02_to_wgs84
from server.places.errors import BadPoint, NoSuchPlace, OutsideEveryGrid
from server.places.tree import HOME, Ground, ancestry, house_path, under

_KEPT_S = 30
_COMMUNITY = 4  # the level of a division
_WILD = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
LONGEST_SEARCH, MOST_WORDS = 60, 5
MOST_FOUND = 20
_COLUMNS = """p.id, p.kind, p.name, p.full_name, p.path, p.grid_id, p.estate_id, p.lng, p.lat,
    p.retired_at, e.path AS estate_path, e.name AS estate_name"""
_FROM = "FROM place p LEFT JOIN place e ON e.id = p.estate_id"


@dataclass(frozen=True, slots=True)
class Found:
    """A place as it is offered to choose from; its grid tells it from others of its name."""

    id: UUID
    kind: str
    full_name: str
    grid_name: str


async def find(place_id: UUID) -> Ground:
    """The place with this id, retired or not. Raises NoSuchPlace."""
    found = await _find(place_id)
    if found is None:
        raise NoSuchPlace
    return found


async def standing_at(path: str) -> Ground:
    """The place with this path. Raises NoSuchPlace."""
    found = await _standing_at(path)
    if found is None:
        raise NoSuchPlace
    return found


async def outside(ground: Ground) -> Ground:
    """The ground as those are told who handle nothing there: of a home the house alone."""
    if ground.kind != "room":
        return ground
    return await standing_at(house_path(ground))


async def name_outside(ground: Ground) -> str:
    """What a place is called in front of everybody: of a home the house, and that it is in it."""
    return ground.full_name if ground.kind != "room" else (await outside(ground)).full_name + HOME


async def at(point: Point) -> Ground:
    """The base grid a point (WGS-84) lies in. Raises OutsideEveryGrid."""
    grid_id = (await _base_grids()).find(point)
    if grid_id is None:
        raise OutsideEveryGrid
    return await find(grid_id)


def read_point(lng: float, lat: float, crs: str = "wgs84") -> Point:
    """A point as somebody sent it, in WGS-84. Raises Invalid for what is no point on earth."""
    try:
        point = Point(float(lng), float(lat))
    except (TypeError, ValueError):
        raise BadPoint from None
    if crs not in ("wgs84", "gcj02"):
        raise BadPoint
    return gcj02_to_wgs84(point) if crs == "gcj02" else point


async def community_of(ground: Ground) -> Ground | None:
    """The community this lies in, or is; None for what lies above one."""
    nodes = zip(ground.kinds, ancestry(ground.path), strict=False)
    found = await _community(tuple(path for kind, path in nodes if kind == "division"))
    return await find(found) if found else None


async def find_community(place_id: UUID) -> Ground:
    """The community with this id. Raises NoSuchPlace for any other place, or one that is gone."""
    ground = await find(place_id)
    community = await community_of(ground)
    if community is None or community.id != ground.id or ground.retired_at is not None:
        raise NoSuchPlace
    return ground


async def places_under(
    area: str, kind: str, *, after: str = "", limit: int | None = None
) -> list[Ground]:
    """The places of one kind at and under a node, in the order of the tree; those behind the path
    `after`, and no more than `limit`."""
    first, last = under(area)
    rows = await database.fetch(
        f"SELECT {_COLUMNS} {_FROM} WHERE p.path >= $1 AND p.path < $2 AND p.kind = $3"
        " AND p.path > $4 AND p.retired_at IS NULL ORDER BY p.path"
        f"{f' LIMIT {limit}' if limit is not None else ''}",
        first,
        last,
        kind,
        after,
    )
    return [await _ground(row) for row in rows]


async def search(
    areas: Iterable[str], words: str, *, kinds: Collection[str] = (), limit: int = MOST_FOUND
) -> list[Found]:
    """Places at and under these nodes whose whole name has every one of these words; with `kinds`
    only such. Divisions are named in lists, and not found.

    The shortest names first: the estate before its houses, the house before its rooms.
    """
    wanted = words[:LONGEST_SEARCH].split()[:MOST_WORDS]
    ranges = [under(area) for area in sorted(set(areas)) if area]
    if not wanted or not ranges:
        return []
    values: list[object] = [end for ends in ranges for end in ends]
    inside = [f"(p.path >= ${at} AND p.path < ${at + 1})" for at in range(1, len(values), 2)]
    marks = range(len(values) + 1, len(values) + len(wanted) + 1)
    named = [f"p.full_name LIKE ${at} ESCAPE '\\'" for at in marks]
    values += [f"%{word.translate(_WILD)}%" for word in wanted]
    of_kinds, more = database.in_list(list(kinds), start=len(values) + 1)
    rows = await database.fetch(
        "SELECT p.id, p.kind, p.full_name, g.name AS grid_name"
        f" FROM place p LEFT JOIN place g ON g.id = p.grid_id WHERE ({' OR '.join(inside)})"
        f" AND {' AND '.join(named)} AND p.kind <> 'division' AND p.retired_at IS NULL"
        f"{f' AND p.kind IN {of_kinds}' if kinds else ''}"
        f" ORDER BY length(p.full_name), p.path LIMIT {limit}",
        *values,
        *more,
    )
    return [Found(row["id"], row["kind"], row["full_name"], row["grid_name"] or "") for row in rows]


@cache.kept_for(_KEPT_S)
async def _find(place_id: UUID) -> Ground | None:
    row = await database.fetch_one(f"SELECT {_COLUMNS} {_FROM} WHERE p.id = $1", place_id)
    return await _ground(row) if row else None


@cache.kept_for(_KEPT_S)
async def _standing_at(path: str) -> Ground | None:
    row = await database.fetch_one(f"SELECT {_COLUMNS} {_FROM} WHERE p.path = $1", path)
    return await _ground(row) if row else None


async def _ground(row: dict[str, Any]) -> Ground:
    above = ancestry(row["path"])[:-1]
    names, kinds = await _above(above[-1]) if above else ((), ())
    if row["estate_name"] and row["kind"] != "estate" and row["estate_name"] not in names:
        deep = next((at for at, kind in enumerate(kinds) if kind == "building"), len(names))
        names = (*names[:deep], row["estate_name"], *names[deep:])
    return Ground(
        id=row["id"],
        kind=row["kind"],
        name=row["name"],
        full_name=row["full_name"],
        path=row["path"],
        grid_id=row["grid_id"],
        estate_id=row["estate_id"],
        point=Point(row["lng"], row["lat"]) if row["lng"] is not None else None,
        names=(*names, row["name"]),
        estate_path=row["estate_path"] or "",
        kinds=(*kinds, row["kind"]),
        retired_at=row["retired_at"],
    )


@cache.kept_for(_KEPT_S)
async def _above(path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names and kinds of a node and all above it, widest first."""
    paths = ancestry(path)
    marks, values = database.in_list(paths, start=1)
    rows = await database.fetch(
        f"SELECT name, kind FROM place WHERE path IN {marks} ORDER BY path", *values
    )
    return tuple(row["name"] for row in rows), tuple(row["kind"] for row in rows)


@cache.kept_for(_KEPT_S)
async def _community(paths: tuple[str, ...]) -> UUID | None:
    marks, values = database.in_list(paths, start=1)
    found = await database.fetch_one(
        f"SELECT p.id FROM place p JOIN division d ON d.id = p.id WHERE p.path IN {marks}"
        f" AND d.level = {_COMMUNITY}",
        *values,
    )
    return found["id"] if found else None


@cache.kept_for(_KEPT_S)
async def _base_grids() -> Areas:
    rows = await database.fetch(
        "SELECT g.id, g.outline FROM grid g JOIN place p ON p.id = g.id"
        " WHERE g.kind = 'base' AND p.retired_at IS NULL"
    )
    return Areas({row["id"]: [(lng, lat) for lng, lat in row["outline"]] for row in rows})
