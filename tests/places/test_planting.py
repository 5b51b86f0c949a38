"""Laying out ground: what an importer is told before anything is written."""

from datetime import date

import pytest

from server.places import Planting, PlantingError
from tests.makers import square

DAY = date(2020, 1, 1)


def a_community(planting: Planting):
    city = planting.division("150600", "鄂尔多斯市", level=1, since=DAY)
    district = planting.division("150603", "康巴什区", level=2, since=DAY, above=city)
    street = planting.division("150603001", "哈巴格希街道", level=3, since=DAY, above=district)
    return planting.division("150603001901", "演示·湖畔社区", level=4, since=DAY, above=street)


def a_grid(planting: Planting, code: str = "1506030019011001", kind: str = "base"):
    return planting.grid(
        a_community(planting), "第一网格", code=code, kind=kind, outline=square(109.78, 39.6)
    )


def test_a_house_of_an_estate_is_called_by_the_estate():
    planting = Planting()
    grid = a_grid(planting)
    estate = planting.estate(grid, "e01", "演示·云锦苑小区")
    building = planting.building(grid, "b01", "1号楼", floors=11, estate=estate)
    room = planting.room(planting.entrance(building, "u1", "1单元", point=None), "101", floor=1)
    assert room.full_name == "演示·云锦苑小区1号楼1单元101室"
    assert room.names[3:] == (
        "演示·湖畔社区", "第一网格", "演示·云锦苑小区", "1号楼", "1单元", "101室"
    )  # fmt: skip


def test_a_lamp_in_the_street_is_called_by_the_community():
    planting = Planting()
    lamp = planting.facility(a_grid(planting), "f1", "12号路灯", point=None)
    assert lamp.full_name == "演示·湖畔社区12号路灯"


def test_a_room_knows_its_grid_and_its_estate():
    planting = Planting()
    grid = a_grid(planting)
    estate = planting.estate(grid, "e01", "演示·云锦苑小区")
    building = planting.building(grid, "b01", "1号楼", floors=11, estate=estate)
    entrance = planting.entrance(building, "u1", "1单元", point=None)
    assert (entrance.grid_id, entrance.estate_id) == (grid.id, estate.id)


def test_a_division_code_has_the_digits_of_its_level():
    with pytest.raises(PlantingError, match="1506"):
        Planting().division("1506", "鄂尔多斯市", level=1, since=DAY)


def test_only_a_city_has_nothing_above_it():
    with pytest.raises(PlantingError, match="康巴什区"):
        Planting().division("150603", "康巴什区", level=2, since=DAY)


def test_a_grid_code_tells_the_kind():
    with pytest.raises(PlantingError, match="exclusive"):
        a_grid(Planting(), "1506030019011001", "exclusive")


def test_an_outline_must_be_closed():
    planting = Planting()
    community = a_community(planting)
    with pytest.raises(PlantingError, match="closed"):
        planting.grid(
            community, "第一网格", code="1506030019011001", kind="base",
            outline=[(109.0, 39.0), (109.1, 39.0), (109.1, 39.1), (109.0, 39.1)],
        )  # fmt: skip


def test_two_places_cannot_share_a_path():
    planting = Planting()
    grid = a_grid(planting)
    planting.estate(grid, "e01", "演示·云锦苑小区")
    with pytest.raises(PlantingError, match="planted before"):
        planting.estate(grid, "e01", "演示·松月里小区")


def test_a_path_segment_cannot_break_out_of_the_tree():
    planting = Planting()
    with pytest.raises(PlantingError, match="part of a path"):
        planting.estate(a_grid(planting), "e01/../x", "演示·云锦苑小区")


def test_a_place_needs_a_name():
    planting = Planting()
    with pytest.raises(PlantingError, match="name"):
        planting.estate(a_grid(planting), "e01", "")
