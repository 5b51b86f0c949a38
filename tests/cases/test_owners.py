"""Whose is it now: never nobody's, and never in the hands of those it complains about."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from server import catalogue
from server.base.errors import Invalid
from server.cases import ConflictOfInterest
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


async def test_a_unit_that_has_the_case_is_not_asked_to_help_itself(desk: Desk) -> None:
    opened = await desk.report(category="P05", text="门禁坏了")
    await desk.move(opened, "sign", desk.property_manager)
    firm = str(desk.town.units["property_firm"])

    with pytest.raises(Invalid) as refused:
        await desk.move(opened, "add_assist", desk.property_manager, assist=[firm])

    assert [(one.field, one.code) for one in refused.value.fields] == [("assist", "has-it-already")]


async def test_a_unit_is_not_asked_again_while_it_is_being_waited_for(desk: Desk) -> None:
    opened = await desk.report(category="P05", text="门禁坏了")
    await desk.move(opened, "sign", desk.property_manager)
    police = str(desk.town.units["police"])

    await desk.move(opened, "add_assist", desk.property_manager, assist=[police])
    with pytest.raises(Invalid) as again:
        await desk.move(opened, "add_assist", desk.property_manager, assist=[police])

    assert [(one.field, one.code) for one in again.value.fields] == [("assist", "asked-already")]


async def test_help_is_asked_of_nobody_complained_about_nor_from_elsewhere(desk: Desk) -> None:
    opened, secretary = (
        await desk.report(category="P06", text="物业乱收费"),
        desk.community_secretary,
    )
    await desk.move(opened, "accept", secretary)

    with pytest.raises(ConflictOfInterest):
        firm = str(desk.town.units["property_firm"])
        await desk.move(opened, "add_assist", secretary, assist=[firm])
    with pytest.raises(Invalid) as refused:
        await desk.move(opened, "add_assist", secretary, assist=[str(desk.town.entrance.id)])
    assert [one.field for one in refused.value.fields] == ["assist"]
