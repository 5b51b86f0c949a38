"""Points on the ground: never a bare pair, WGS-84 inside, the maps' GCJ-02 only at the edge.

Also which grid a point lies in, and how far two points are apart.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

_EARTH_RADIUS_M = 6_371_008.8
# GCJ-02 is computed on the Krasovsky 1940 ellipsoid.
_AXIS_M = 6_378_245.0
_ECCENTRICITY = 0.00669342162296594323
_UNBEND_ROUNDS = 10

Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth in degrees, longitude first. WGS-84 unless the name says otherwise."""

    lng: float
    lat: float

    def __post_init__(self) -> None:
        if not (-180 <= self.lng <= 180 and -90 <= self.lat <= 90):
            raise ValueError(f"no such point on earth: {self.lng}, {self.lat}")


def wgs84_to_gcj02(point: Point) -> Point:
    """The point as Chinese maps draw it. Outside China they draw it where it is."""
    if not _in_china(point):
        return point
    shift_lng, shift_lat = _gcj02_shift(point)
    return Point(point.lng + shift_lng, point.lat + shift_lat)


def gcj02_to_wgs84(point: Point) -> Point:
    """Where a point taken from a Chinese map really is, to about a millimetre."""
    if not _in_china(point):
        return point
    guess = point
    for _ in range(_UNBEND_ROUNDS):
        drawn = wgs84_to_gcj02(guess)
        off_lng, off_lat = drawn.lng - point.lng, drawn.lat - point.lat
        guess = Point(guess.lng - off_lng, guess.lat - off_lat)
        if abs(off_lng) < 1e-9 and abs(off_lat) < 1e-9:
            break
    return guess


def distance_m(one: Point, other: Point) -> float:
    """Metres between two points along the ground."""
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half_lat = (lat2 - lat1) / 2
    half_lng = math.radians(other.lng - one.lng) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lng) ** 2
    return 2 * _EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))


class Areas:
    """Many polygons, asked for the one that holds a point.

    A polygon is its outer ring of (lng, lat) pairs, or GeoJSON coordinates with holes after it.
    """

    def __init__(self, polygons: Mapping[UUID, Ring | Sequence[Ring]]) -> None:
        # Loaded here because importing shapely costs half a second and few processes need it.
        import shapely

        self._shapely: Any = shapely
        self._ids = tuple(polygons)
        self._shapes = [shapely.Polygon(*_shell_and_holes(rings)) for rings in polygons.values()]
        self._tree: Any = shapely.STRtree(self._shapes)

    def find(self, point: Point) -> UUID | None:
        """The id of the area the point is in, its border included.

        Where areas overlap or meet, the smallest wins and the lowest id settles a tie, so two
        askings never differ.
        """
        spot = self._shapely.Point(point.lng, point.lat)
        hits = self._tree.query(spot, predicate="intersects")
        if not len(hits):
            return None
        found = min(hits, key=lambda at: (self._shapes[at].area, str(self._ids[at])))
        best: UUID = self._ids[found]
        return best


def _shell_and_holes(rings: Any) -> tuple[Any, Any]:
    first = rings[0][0]
    if isinstance(first, int | float):
        return rings, ()
    return rings[0], rings[1:]


def _in_china(point: Point) -> bool:
    """The rough box within which maps are bent."""
    return 72.004 <= point.lng <= 137.8347 and 0.8293 <= point.lat <= 55.8271


def _gcj02_shift(point: Point) -> tuple[float, float]:
    x, y = point.lng - 105.0, point.lat - 35.0
    lat_rad = math.radians(point.lat)
    magic = 1 - _ECCENTRICITY * math.sin(lat_rad) ** 2
    root = math.sqrt(magic)
    north_m = _AXIS_M * (1 - _ECCENTRICITY) / (magic * root)
    east_m = _AXIS_M / root * math.cos(lat_rad)
    return math.degrees(_bend_lng(x, y) / east_m), math.degrees(_bend_lat(x, y) / north_m)


def _bend_lat(x: float, y: float) -> float:
    bend = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    bend += _ripple(x)
    bend += (20.0 * _sine(y) + 40.0 * _sine(y / 3.0)) * 2.0 / 3.0
    return bend + (160.0 * _sine(y / 12.0) + 320.0 * _sine(y / 30.0)) * 2.0 / 3.0


def _bend_lng(x: float, y: float) -> float:
    bend = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    bend += _ripple(x)
    bend += (20.0 * _sine(x) + 40.0 * _sine(x / 3.0)) * 2.0 / 3.0
    return bend + (150.0 * _sine(x / 12.0) + 300.0 * _sine(x / 30.0)) * 2.0 / 3.0


def _ripple(x: float) -> float:
    return (20.0 * _sine(6.0 * x) + 20.0 * _sine(2.0 * x)) * 2.0 / 3.0


def _sine(value: float) -> float:
    return math.sin(value * math.pi)
