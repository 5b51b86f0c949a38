"""Whose is it now: never nobody's, and never in the hands of those it complains about."""

from datetime import datetime
from zoneinfo import ZoneInfo

from server import catalogue
from server.cases.owners.routing import About, Holder, catalogue_owner
from tests.desk import Desk

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
NIGHT = NOON.replace(hour=23)


async def test_a_missing_manhole_cover_is_the_municipal_unit_s(desk: Desk) -> None:
    owner = await catalogue_owner("F01", desk.town.lamp, About(), NOON)
    assert owner == Holder(unit_id=desk.town.units["municipal"])


async def test_whatever_is_said_about_the_firm_goes_one_level_up(desk: Desk) -> None:
    about = About(unit_id=desk.town.units["property_firm"])
    owner = await catalogue_owner("E01", desk.town.entrance, about, NOON)
    assert owner.unit_id == desk.town.units["community"]


async def test_an_opinion_goes_to_the_secretary(desk: Desk) -> None:
    owner = await catalogue_owner("C04", desk.town.entrance, About(), NOON)
    assert owner.post_id == desk.town.posts["community_secretary"]


async def test_an_opinion_about_the_community_goes_to_the_street(desk: Desk) -> None:
    about = About(unit_id=desk.town.units["community"])
    owner = await catalogue_owner("C04", desk.town.entrance, about, NOON)
    assert owner.post_id == desk.town.posts["street_dispatcher"]


async def test_every_category_has_an_owner_at_every_place_day_and_night(desk: Desk) -> None:
    town = desk.town
    grounds = (town.entrance, town.rooms[0], town.estate, town.lamp, town.shop, town.street_grid)
    owners = [
        await catalogue_owner(key, ground, About(), when)
        for key in await catalogue.categories()
        for ground in grounds
        for when in (NOON, NIGHT)
    ]
    assert len(owners) == 38 * 6 * 2
    assert Holder() not in owners
