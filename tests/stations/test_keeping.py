"""Stations kept by whoever looks after their ground, found by everybody, told by their own sign."""

from dataclasses import replace
from datetime import timedelta

import pytest

from server import codes, stations, views
from server.base import clock
from server.base.errors import Invalid
from server.base.viewer import GUEST
from server.org import DutyHours
from server.stations import StationSheet
from tests.desk import Desk, a_desk, asked

ALWAYS = (DutyHours("every", "00:00", "24:00"),)
WARM = StationSheet(name="暖心驿站", kind="warm", facilities=("water",), hours=ALWAYS)


async def add(desk: Desk, place: str = "playground", **said: object):
    ground = getattr(desk.town, place)
    sheet = replace(WARM, **said)
    return await stations.add(ground.id, sheet, by=desk.community_secretary, asked=asked())


async def a_sign(desk: Desk, place: str = "playground") -> str:
    batch = codes.Batch("驿站", clock.now())
    token = batch.code(getattr(desk.town, place).id, "station")
    await codes.make_batch(batch)
    return token


async def test_its_sign_tells_of_it_beside_what_can_be_done_here(db):
    desk = await a_desk()
    await add(desk, phone="0477-8580000")
    card = await views.scan_card(await a_sign(desk), GUEST)
    assert card.station.name == "暖心驿站"
    assert (card.station.is_open, card.station.facilities) == (True, ["饮水"])
    assert (card.station.phone, card.station.hours) == ("04778580000", "24小时")
    assert "report" in card.actions
    assert card.community.name == desk.town.community.full_name


async def test_a_station_gets_one_code_of_its_own(db):
    desk = await a_desk()
    station_id, once = await add(desk), asked()
    how = {"by": desk.community_secretary, "asked": once}
    made = [await stations.make_code(station_id, **how) for _ in range(2)]
    assert made[0] == made[1]
    code_id = await codes.code_at(desk.town.playground.id, "station")
    code, ground = await codes.find_code(code_id, [desk.town.street.path])
    assert ground.id == desk.town.playground.id
    assert (await views.board(code.token)).card.station.name == "暖心驿站"
    with pytest.raises(codes.NothingMissing):
        await stations.make_code(station_id, by=desk.community_secretary, asked=asked())
    with pytest.raises(stations.StationUnknown):
        await stations.make_code(station_id, by=desk.property_manager, asked=asked())


async def test_a_sign_of_another_kind_tells_of_none(sqlite_db):
    desk = await a_desk()
    await add(desk)
    card = await views.scan_card(desk.town.codes["playground"], GUEST)
    assert not card.station


async def test_what_is_corrected_stands_on_the_sign_at_once_and_closed_it_is_gone(sqlite_db):
    desk = await a_desk()
    station_id, token = await add(desk), await a_sign(desk)
    await views.board(token)
    sheet = replace(WARM, name="清凉驿站")
    by = desk.community_secretary
    await stations.correct(station_id, sheet, seen_version=1, by=by, asked=asked())
    assert (await views.board(token)).card.station.name == "清凉驿站"
    once = asked()
    for _ in range(2):
        await stations.close(station_id, by=by, asked=once)
    assert not (await views.board(token)).card.station
    assert await stations.nearest(desk.town.entrance, "", clock.now()) == []


async def test_of_two_clerks_who_correct_it_the_second_is_told(db):
    desk = await a_desk()
    station_id, by, once = await add(desk), desk.community_secretary, asked()
    moved = replace(WARM, name="清凉驿站")
    for _ in range(2):
        await stations.correct(station_id, moved, seen_version=1, by=by, asked=once)
    with pytest.raises(stations.StationMovedOn):
        await stations.correct(station_id, WARM, seen_version=1, by=by, asked=asked())
    assert (await stations.station_to_keep(station_id, by)).name == "清凉驿站"


async def test_open_is_kept_no_longer_than_until_it_shuts(sqlite_db, monkeypatch):
    desk = await a_desk()
    now = clock.now()
    local = (now + timedelta(hours=8, seconds=90)).strftime("%H:%M")
    await add(desk, hours=(DutyHours("every", "00:00", local),))
    card = (await views.board(await a_sign(desk))).card
    left = (card.station.until - clock.now()).total_seconds()
    assert card.station.is_open
    tomorrow = clock.now() + timedelta(days=1)
    assert views.scan._lasts_s(card, tomorrow) <= min(left, views.scan.KEPT_S)
    monkeypatch.setattr(views.scan, "KEPT_S", 3600)
    assert views.scan._lasts_s(card, tomorrow) <= 90


async def test_the_nearest_that_is_open_and_has_it_comes_first(db):
    desk = await a_desk()
    never = (DutyHours("every", "03:00", "03:01"),)
    await add(desk, "estate", name="关着的", hours=never, facilities=("water", "charging"))
    await add(desk, "lamp", name="远处的", facilities=("water", "charging"))
    await add(desk, "playground", name="没有充电的")
    asked_at = clock.now().replace(hour=4)  # noon in the town
    found = await stations.nearest(desk.town.entrance, "charging", asked_at)
    assert [one.station.name for one in found] == ["远处的", "关着的"]
    every = await stations.nearest(desk.town.entrance, "", asked_at)
    assert [one.station.name for one in every] == ["没有充电的", "远处的", "关着的"]
    assert every[0].distance_m < every[1].distance_m


async def test_a_home_without_a_point_is_measured_from_its_house(sqlite_db):
    desk = await a_desk()
    await add(desk)
    [near] = await stations.nearest(desk.town.rooms[0], "water", clock.now())
    assert near.distance_m is not None


async def test_only_whoever_looks_after_the_ground_keeps_its_stations(sqlite_db):
    desk = await a_desk()
    station_id = await add(desk)
    for other in (desk.property_manager, desk.grid_worker):
        assert (await stations.stations_to_keep(other, clock.now())).items == ()
        with pytest.raises(stations.StationUnknown):
            await stations.close(station_id, by=other, asked=asked())
        with pytest.raises(Invalid):
            await stations.add(desk.town.lamp.id, WARM, by=other, asked=asked())


async def test_the_same_request_again_adds_nothing_and_another_finds_the_place_taken(db):
    desk = await a_desk()
    once, secretary = asked(), desk.community_secretary
    made = [await stations.add(desk.town.lamp.id, WARM, by=secretary, asked=once) for _ in range(2)]
    assert made[0] == made[1]
    with pytest.raises(stations.PlaceTaken):
        await add(desk, "lamp")


async def test_every_wrong_word_of_a_sheet_is_named(sqlite_db):
    desk = await a_desk()
    wrong = StationSheet(
        name=" ",
        kind="castle",
        phone="call me",
        facilities=("sauna",),
        hours=(DutyHours("never", "25:00", "1"),),
    )
    with pytest.raises(Invalid) as said:
        await stations.add(desk.town.rooms[0].id, wrong, by=desk.community_secretary, asked=asked())
    assert {one.field for one in said.value.fields} == {
        "place", "name", "kind", "phone", "facilities", "days1", "starts1",
    }  # fmt: skip
