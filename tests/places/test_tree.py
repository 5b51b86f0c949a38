"""What covers what: paths, ancestry, how far a thing is felt."""

from uuid import uuid4

import pytest

from server.places import Ground, ancestry, covering_paths, covers_path, under

GRID = "1/2/3/4/g1/"
ESTATE = "1/2/3/4/g2/e1/"
KINDS = ("division", "division", "division", "division", "grid", "building", "entrance", "room")


def a_ground(path: str, *, estate_path: str = ESTATE) -> Ground:
    kinds = KINDS[: path.count("/")]
    return Ground(
        id=uuid4(),
        kind=kinds[-1],
        name="",
        full_name="",
        path=path,
        grid_id=None,
        estate_id=uuid4() if estate_path else None,
        point=None,
        names=(),
        estate_path=estate_path,
        kinds=kinds,
    )


def test_ancestry_runs_from_the_city_to_the_place_itself():
    assert ancestry("1/2/g1/") == ("1/", "1/2/", "1/2/g1/")


def test_the_range_under_a_node_holds_its_children_and_not_its_neighbours():
    first, last = under("1/g1/")
    assert first <= "1/g1/" < last
    assert first <= "1/g1/b1/u1/" < last
    assert not first <= "1/g10/" < last
    assert not first <= "1/g2/" < last


def test_the_estate_of_a_house_stands_between_its_grid_and_the_house():
    paths = covering_paths(a_ground(f"{GRID}b1/u1/"))
    assert paths[-4:] == (GRID, ESTATE, f"{GRID}b1/", f"{GRID}b1/u1/")


def test_outside_an_estate_only_the_own_ancestry_covers():
    ground = a_ground(f"{GRID}b1/", estate_path="")
    assert covering_paths(ground) == ancestry(ground.path)


@pytest.mark.parametrize(
    ("covers", "path"),
    [
        ("spot", f"{GRID}b1/u1/r101/"),
        ("entrance", f"{GRID}b1/u1/r101/"),
        ("building", f"{GRID}b1/"),
        ("estate", ESTATE),
    ],
)
def test_a_thing_in_a_room_is_felt_as_far_as_its_kind_says(covers: str, path: str):
    assert covers_path(a_ground(f"{GRID}b1/u1/r101/"), covers) == path


def test_what_is_felt_in_an_entrance_reaches_its_rooms_and_not_the_next_entrance():
    felt = covers_path(a_ground(f"{GRID}b1/u1/"), "entrance")
    assert felt in covering_paths(a_ground(f"{GRID}b1/u1/r101/"))
    assert felt not in covering_paths(a_ground(f"{GRID}b1/u2/"))


def test_a_boiler_failure_is_felt_in_every_house_of_the_estate_in_any_grid():
    felt = covers_path(a_ground(f"{GRID}b1/"), "estate")
    assert felt in covering_paths(a_ground("1/2/3/4/g3/b9/u1/"))


def test_a_lamp_in_the_street_is_its_own_building():
    lamp = a_ground(GRID, estate_path="")
    assert covers_path(lamp, "building") == lamp.path


def test_without_an_estate_the_building_is_as_far_as_it_goes():
    assert covers_path(a_ground(f"{GRID}b1/u1/", estate_path=""), "estate") == f"{GRID}b1/"


def test_an_unknown_reach_is_refused():
    with pytest.raises(ValueError, match="planet"):
        covers_path(a_ground(GRID), "planet")
