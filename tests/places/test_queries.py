"""Finding ground in both databases: what was planted is what is found."""

from uuid import uuid4

import pytest

from server import places
from server.base import database
from server.base.geo import Point, wgs84_to_gcj02
from tests.makers import a_town


async def test_what_was_planted_is_found_as_it_was_laid_out(db):
    town = await a_town()
    for ground in (town.community, town.grid, town.estate, town.entrance, town.rooms[0]):
        assert await places.find(ground.id) == ground


async def test_a_shop_in_the_street_is_found_as_it_was_laid_out(db):
    town = await a_town()
    assert await places.find(town.shop.id) == town.shop


async def test_a_place_nobody_planted_is_not_found(db):
    with pytest.raises(places.NoSuchPlace):
        await places.find(uuid4())


async def test_a_point_lies_in_the_base_grid_around_it(db):
    town = await a_town()
    assert await places.at(town.lamp.point) == town.street_grid


async def test_a_point_from_a_chinese_map_is_moved_to_where_it_is(db):
    town = await a_town()
    drawn = wgs84_to_gcj02(Point(109.7898, 39.605))
    point = places.read_point(drawn.lng, drawn.lat, "gcj02")
    assert (await places.at(point)).id == town.grid.id
    assert (await places.at(drawn)).id == town.street_grid.id


async def test_a_point_outside_every_grid_says_which_field_is_wrong(db):
    await a_town()
    with pytest.raises(places.OutsideEveryGrid) as refused:
        await places.at(Point(100.0, 30.0))
    assert [wrong.field for wrong in refused.value.fields] == ["point"]


@pytest.mark.parametrize(
    ("lng", "lat", "crs"),
    [(float("nan"), 39.6, "wgs84"), (200, 39.6, "wgs84"), ("x", 39.6, "wgs84"), (109, 39, "bd09")],
)
def test_what_is_no_point_on_earth_is_refused(lng, lat, crs):
    with pytest.raises(places.BadPoint):
        places.read_point(lng, lat, crs)


async def test_the_rooms_under_a_building_are_found_in_order(db):
    town = await a_town()
    found = await places.places_under(town.building.path, "room")
    assert found == [*town.rooms]


async def test_finding_again_asks_the_database_nothing(sqlite_db, monkeypatch):
    town = await a_town()
    await places.find(town.rooms[0].id)
    monkeypatch.setattr(database, "fetch", None)
    monkeypatch.setattr(database, "fetch_one", None)
    assert await places.find(town.rooms[0].id) == town.rooms[0]


async def test_an_address_is_one_canonical_line(db):
    town = await a_town()
    line = await database.fetch_value(
        "SELECT line FROM standard_address WHERE place_id = $1", town.estate.id
    )
    assert line == "鄂尔多斯市康巴什区乌兰木伦街18号"


async def test_a_place_is_found_by_words_of_its_name_the_shortest_first(db):
    town = await a_town()
    found = await places.search([town.community.path], "云锦苑  单元", limit=2)
    assert [one.id for one in found] == [town.entrance.id, town.other_entrance.id]
    assert found[0].grid_name == "第一网格"


async def test_only_what_lies_in_these_areas_is_found(db):
    town = await a_town()
    assert await places.search([town.grid.path, ""], "路灯", limit=9) == []
    assert len(await places.search([town.grid.path, town.street_grid.path], "路灯", limit=9)) == 1
    assert await places.search([""], "路灯", limit=9) == []


@pytest.mark.parametrize("words", ["", "   ", "%", "_", "云锦苑 没有"])
async def test_words_that_no_name_has_find_nothing(db, words):
    town = await a_town()
    assert await places.search([town.street.path], words, limit=9) == []
