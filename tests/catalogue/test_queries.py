"""The catalogue as rows: what the table says is what everybody gets."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from server import catalogue
from server.base import cache, database
from server.base.unit import unit_of_work
from server.catalogue.models import Category
from tests.makers import a_town

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
NIGHT = NOON.replace(hour=23)


async def test_a_category_has_its_clocks_and_flags(db):
    await catalogue.seed()
    lift = await catalogue.category("P01")
    assert (lift.title, lift.respond, lift.resolve) == ("电梯困人", "10m", "30m")
    assert (lift.direct, lift.urgent, lift.public, lift.conceal) == (True, True, True, False)
    assert (lift.covers, lift.evidence, lift.advice) == ("entrance", "photo", "emergency.elevator")


async def test_seeding_again_leaves_the_catalogue_as_the_operator_has_it(db):
    await catalogue.seed()
    async with unit_of_work() as unit:
        unit.update(Category, where={"key": "P02"}, set={"title": "电梯坏了"})
    await catalogue.seed()
    assert (await catalogue.category("P02")).title == "电梯坏了"
    assert len(await catalogue.categories()) == 38


async def test_an_unknown_category_names_its_field(db):
    await catalogue.seed()
    with pytest.raises(catalogue.NoSuchCategory) as refused:
        await catalogue.category("X99")
    assert [wrong.field for wrong in refused.value.fields] == ["category"]


async def test_what_an_operator_changes_counts_within_half_a_minute(db):
    await catalogue.seed()
    await catalogue.categories()
    async with unit_of_work() as unit:
        unit.update(Category, where={"key": "P02"}, set={"resolve": "12h"})
    cache.clear()
    assert (await catalogue.category("P02")).resolve == "12h"


async def test_a_broken_lift_is_the_firm_s(db):
    town = await a_town()
    assert await catalogue.owner_role("P02", town.entrance, NOON) == "property_firm"


async def test_without_a_firm_a_broken_lift_is_the_community_s(db):
    town = await a_town()
    assert await catalogue.owner_role("P02", town.grid, NOON) == "community"


async def test_the_hour_is_the_town_s(db):
    town = await a_town()
    assert await catalogue.owner_role("N02", town.lamp, NIGHT) == "grid_police"
    assert await catalogue.owner_role("N02", town.lamp, NOON) == "urban_management"


async def test_the_tiles_of_an_entrance_have_others_and_the_whole_list_behind(db):
    town = await a_town()
    tiles = await catalogue.tiles(town.entrance, NOON)
    assert [one.key for one in tiles.first][:3] == ["P01", "P09", "P02"]
    assert tiles.other.key == "Z99"
    assert len(tiles.every) == 38


async def test_asking_again_asks_the_database_nothing(sqlite_db, monkeypatch):
    town = await a_town()
    await catalogue.owner_role("P01", town.entrance, NOON)
    await catalogue.tiles(town.entrance, NOON)
    monkeypatch.setattr(database, "fetch", None)
    monkeypatch.setattr(database, "fetch_one", None)
    assert await catalogue.owner_role("P01", town.entrance, NOON)
    assert await catalogue.tiles(town.entrance, NOON)
