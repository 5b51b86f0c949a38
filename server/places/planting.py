"""Laying out ground before it is written: what an importer or the demo town builds row by row.

Nothing here touches the database. Each call checks what it is given, says which row is wrong, and
returns the new place, under which the next ones are planted. `places.plant` writes it all at once.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from server.base.geo import Point
from server.base.ids import new_id
from server.places.errors import PlantingError
from server.places.tree import Ground

PATH_LIMIT = 120
NAME_LIMIT = 80
DIVISION_CODE = {1: 6, 2: 6, 3: 9, 4: 12}  # Digits of a code by level.
GRID_KINDS = {"base": "1", "exclusive": "2", "micro": "3"}
_SEGMENT = re.compile(r"[0-9a-z]{1,16}", re.ASCII)

Row = dict[str, Any]


@dataclass
class Planting:
    """Places being laid out. `make_id` may be replaced, so that a demo is the same every time.

    `ids` holds, by their paths, the ids of places that stand already and keep them.
    """

    make_id: Callable[[], UUID] = new_id
    ids: Mapping[str, UUID] = field(default_factory=dict)
    places: list[Row] = field(default_factory=list)
    divisions: list[Row] = field(default_factory=list)
    grids: list[Row] = field(default_factory=list)
    estates: list[Row] = field(default_factory=list)
    buildings: list[Row] = field(default_factory=list)
    rooms: list[Row] = field(default_factory=list)
    addresses: list[Row] = field(default_factory=list)
    _paths: dict[str, UUID] = field(default_factory=dict)
    _estates: dict[UUID, str] = field(default_factory=dict)

    def division(
        self, code: str, name: str, *, level: int, since: date, above: Ground | None = None
    ) -> Ground:
        """A league city (1), banner or district (2), street (3) or community (4) with its code."""
        if len(code) != DIVISION_CODE.get(level) or not code.isdigit():
            raise PlantingError(f"{name}: {code!r} is no division code of level {level}")
        if (above is None) != (level == 1):
            raise PlantingError(f"{name}: only a league city has nothing above it")
        ground = self._place("division", code, name, above=above, full_name=name)
        self.divisions.append(
            {"id": ground.id, "code": code, "level": level, "valid_from": since, "valid_to": None}
        )
        return ground

    def grid(
        self,
        above: Ground,
        name: str,
        *,
        code: str,
        kind: str,
        outline: Sequence[tuple[float, float]],
        households: int = 0,
    ) -> Ground:
        """A grid of a community: sixteen digits, the thirteenth tells its kind, and an outline."""
        if len(code) != 16 or not code.isdigit() or code[12] != GRID_KINDS.get(kind):
            raise PlantingError(f"{name}: {code!r} is no code of a {kind} grid")
        if len(outline) < 4 or tuple(outline[0]) != tuple(outline[-1]):
            raise PlantingError(f"{name}: an outline is a closed ring of at least four points")
        ring = [[float(lng), float(lat)] for lng, lat in outline]
        full_name = f"{above.full_name}{name}"
        segment, middle = f"g{code[12:]}", _middle(ring)
        ground = self._place("grid", segment, name, above=above, point=middle, full_name=full_name)
        self.grids.append(
            {
                "id": ground.id,
                "code": code,
                "kind": kind,
                "outline": ring,
                "households": households,
            }
        )
        return ground

    def estate(
        self, above: Ground, segment: str, name: str, *, point: Point | None = None, gates: int = 1
    ) -> Ground:
        """An estate, planted under the base grid of its main gate."""
        ground = self._place(
            "estate", segment, name, above=above, full_name=name, point=point, is_estate=True
        )
        community = above.path[: above.path[:-1].rindex("/") + 1]
        self.estates.append({"id": ground.id, "community_path": community, "gate_count": gates})
        return ground

    def building(
        self,
        above: Ground,
        segment: str,
        name: str,
        *,
        floors: int,
        estate: Ground | None = None,
        elevators: int = 0,
        point: Point | None = None,
    ) -> Ground:
        """A building under its base grid; `estate` is the one it belongs to, if any."""
        ground = self._place("building", segment, name, above=above, point=point, estate=estate)
        self.buildings.append({"id": ground.id, "floors": floors, "elevators": elevators})
        return ground

    def entrance(self, above: Ground, segment: str, name: str, *, point: Point | None) -> Ground:
        return self._place("entrance", segment, name, above=above, point=point)

    def room(
        self,
        above: Ground,
        number: str,
        *,
        floor: int,
        use: str = "home",
        vacant: bool = False,
    ) -> Ground:
        """A room behind an entrance, by the number on its door."""
        name = f"{number}室"
        ground = self._place("room", f"r{number.lower()}", name, above=above, point=above.point)
        self.rooms.append(
            {"id": ground.id, "number": number, "floor": floor, "use": use, "vacant": vacant}
        )
        return ground

    def facility(
        self,
        above: Ground,
        segment: str,
        name: str,
        *,
        point: Point | None,
        estate: Ground | None = None,
    ) -> Ground:
        """A lamp, playground, bin, gate: a thing people pass, in an estate or in the street."""
        return self._place("facility", segment, name, above=above, point=point, estate=estate)

    def premises(
        self,
        above: Ground,
        segment: str,
        name: str,
        *,
        point: Point | None,
        estate: Ground | None = None,
    ) -> Ground:
        """Where a merchant trades."""
        return self._place("premises", segment, name, above=above, point=point, estate=estate)

    def path_of(self, estate_id: UUID) -> str | None:
        """The path of an estate that was laid out here."""
        return self._estates.get(estate_id)

    def address(self, place: Ground, road: str, number: str) -> None:
        """The street address of a place, in one canonical line."""
        city_and_district = "".join(place.names[:2])
        line = f"{city_and_district}{road}{number}"
        self.addresses.append(
            {"id": self.make_id(), "place_id": place.id, "road": road, "number": number}
            | {"line": line}
        )

    def _place(
        self,
        kind: str,
        segment: str,
        name: str,
        *,
        above: Ground | None,
        point: Point | None = None,
        full_name: str | None = None,
        estate: Ground | None = None,
        is_estate: bool = False,
    ) -> Ground:
        path = f"{above.path if above else ''}{segment}/"
        self._check(segment, name, path)
        key = self.ids.get(path) or self.make_id()
        estate_id: UUID | None
        if is_estate:
            estate_id, estate_path = key, path
            self._estates[key] = path
        else:
            estate_id = estate.id if estate else above.estate_id if above else None
            estate_path = estate.path if estate else above.estate_path if above else ""
        ground = Ground(
            id=key,
            kind=kind,
            name=name,
            full_name=full_name or _full_name(name, above, estate),
            path=path,
            grid_id=key if kind == "grid" else above.grid_id if above else None,
            estate_id=estate_id,
            point=point,
            names=(*_names_above(above, estate), name),
            estate_path=estate_path,
            kinds=_kinds(above.kinds if above else (), kind),
        )
        self._paths[path] = key
        self.places.append(_row(ground, above))
        return ground

    def _check(self, segment: str, name: str, path: str) -> None:
        if not _SEGMENT.fullmatch(segment):
            raise PlantingError(f"{name}: {segment!r} cannot be part of a path")
        if not name or len(name) > NAME_LIMIT:
            raise PlantingError(f"{name!r}: a name has 1 to {NAME_LIMIT} characters")
        if len(path) > PATH_LIMIT:
            raise PlantingError(f"{name}: {path} lies too deep")
        if path in self._paths:
            raise PlantingError(f"{name}: {path} was planted before")


@cache
def _kinds(above: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """One for all places of a kind at the same height."""
    return (*above, kind)


def _row(ground: Ground, above: Ground | None) -> Row:
    return {
        "id": ground.id,
        "kind": ground.kind,
        "name": ground.name,
        "full_name": ground.full_name,
        "path": ground.path,
        "parent_id": above.id if above else None,
        "grid_id": ground.grid_id,
        "estate_id": ground.estate_id,
        "lng": ground.point.lng if ground.point else None,
        "lat": ground.point.lat if ground.point else None,
        "retired_at": None,
    }


def _full_name(name: str, above: Ground | None, estate: Ground | None) -> str:
    """As on the sign: the estate and what follows, or the community and what follows."""
    if estate is not None:
        return f"{estate.full_name}{name}"
    if above is None:
        return name
    if above.kind == "grid":
        return f"{above.names[-2]}{name}"
    return f"{above.full_name}{name}"


def _names_above(above: Ground | None, estate: Ground | None) -> tuple[str, ...]:
    names = above.names if above else ()
    return (*names, estate.name) if estate else names


def _middle(ring: list[list[float]]) -> Point:
    corners = ring[:-1]
    lng = sum(corner[0] for corner in corners) / len(corners)
    lat = sum(corner[1] for corner in corners) / len(corners)
    return Point(lng, lat)
