"""Points where they are, points as maps draw them, and which grid a point lies in."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.base.geo import Areas, Point, distance_m, gcj02_to_wgs84, wgs84_to_gcj02

NORTH, SOUTH, WITH_HOLE = UUID(int=1), UUID(int=2), UUID(int=3)


def _square(lng: float, lat: float, side: float) -> list[tuple[float, float]]:
    return [(lng, lat), (lng + side, lat), (lng + side, lat + side), (lng, lat + side), (lng, lat)]


GRIDS = Areas(
    {
        NORTH: _square(109.0, 39.5, 0.5),
        SOUTH: _square(109.0, 39.0, 0.5),
        WITH_HOLE: [_square(110.0, 39.0, 1.0), _square(110.4, 39.4, 0.2)],
    }
)


def test_a_golden_point_is_drawn_where_the_maps_draw_it():
    drawn = wgs84_to_gcj02(Point(121.4737, 31.2304))
    assert (drawn.lng, drawn.lat) == pytest.approx((121.478223059, 31.228457738), abs=1e-9)


def test_a_golden_point_is_found_back():
    found = gcj02_to_wgs84(Point(121.478223059, 31.228457738))
    assert (found.lng, found.lat) == pytest.approx((121.4737, 31.2304), abs=1e-8)


@given(lng=st.floats(75, 134), lat=st.floats(18, 53))
def test_there_and_back_is_the_same_point_within_a_centimetre(lng, lat):
    point = Point(lng, lat)
    assert distance_m(gcj02_to_wgs84(wgs84_to_gcj02(point)), point) < 0.01


def test_outside_china_nothing_is_bent():
    paris = Point(2.3522, 48.8566)
    assert wgs84_to_gcj02(paris) == paris == gcj02_to_wgs84(paris)


@pytest.mark.parametrize(
    ("lng", "lat"), [(181, 0), (-181, 0), (0, 91), (0, -91), (float("nan"), 0)]
)
def test_a_point_off_the_earth_is_refused(lng, lat):
    with pytest.raises(ValueError, match="no such point"):
        Point(lng, lat)


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres():
    assert distance_m(Point(109, 39), Point(109, 40)) == pytest.approx(111_195, abs=1)


@pytest.mark.parametrize(
    ("lng", "lat", "grid"),
    [
        (109.25, 39.75, NORTH),
        (109.25, 39.25, SOUTH),
        (109.25, 39.5, NORTH),  # on the border of both: always the same one
        (110.1, 39.1, WITH_HOLE),
        (110.5, 39.5, None),  # in the hole
        (120.0, 30.0, None),
    ],
)
def test_a_point_lies_in_its_grid_and_in_no_other(lng, lat, grid):
    assert GRIDS.find(Point(lng, lat)) == grid
