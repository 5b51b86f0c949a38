"""Points: the maps' bent coordinates and back, which grid, how far."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.base.geo import Areas, Point, distance_m, gcj02_to_wgs84, wgs84_to_gcj02
from server.base.ids import new_id

SHANGHAI = Point(121.4737, 31.2304)
SHANGHAI_ON_THE_MAP = Point(121.478223059, 31.228457738)
LEFT, RIGHT = new_id(), new_id()
in_china = st.builds(Point, st.floats(74, 134), st.floats(19, 53))


def test_a_map_draws_shanghai_where_all_maps_do() -> None:
    assert distance_m(wgs84_to_gcj02(SHANGHAI), SHANGHAI_ON_THE_MAP) < 0.001


def test_a_point_taken_from_a_map_is_put_back() -> None:
    assert distance_m(gcj02_to_wgs84(SHANGHAI_ON_THE_MAP), SHANGHAI) < 0.001


@given(in_china)
def test_there_and_back_is_the_same_spot(point: Point) -> None:
    assert distance_m(gcj02_to_wgs84(wgs84_to_gcj02(point)), point) < 0.01


def test_outside_china_maps_are_not_bent() -> None:
    assert wgs84_to_gcj02(Point(2.35, 48.85)) == Point(2.35, 48.85)


def test_one_degree_of_the_equator_is_a_hundred_and_eleven_kilometres() -> None:
    assert distance_m(Point(0, 0), Point(1, 0)) == pytest.approx(111_195, abs=1)


@pytest.mark.parametrize(("lng", "lat"), [(181, 0), (0, 91), (float("nan"), 0)])
def test_what_is_nowhere_is_no_point(lng: float, lat: float) -> None:
    with pytest.raises(ValueError, match="no such point"):
        Point(lng, lat)


@pytest.fixture(scope="module")
def two_grids() -> Areas:
    """Two squares side by side; the right one has a hole."""
    square = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]
    shifted = [(lng + 2, lat) for lng, lat in square]
    hole = [(2.5, 0.5), (3.5, 0.5), (3.5, 1.5), (2.5, 1.5)]
    return Areas({LEFT: square, RIGHT: [shifted, hole]})


@pytest.mark.parametrize(
    ("point", "found"),
    [
        (Point(1, 1), LEFT),
        (Point(2.2, 1), RIGHT),
        (Point(3, 1), None),
        (Point(9, 9), None),
        (Point(0, 1), LEFT),
    ],
)
def test_a_point_is_found_in_its_grid(two_grids: Areas, point: Point, found: object) -> None:
    assert two_grids.find(point) == found


def test_on_a_shared_border_the_smaller_grid_answers(two_grids: Areas) -> None:
    assert two_grids.find(Point(2, 1)) == RIGHT


def test_without_grids_no_point_is_found() -> None:
    assert Areas({}).find(SHANGHAI) is None
