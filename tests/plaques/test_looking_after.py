"""Plaques on their walls: put up with a photo, reported by anybody, looked after."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec import UNSET

from server import codes, plaques, views
from server.base import clock, database
from server.base.errors import Invalid
from server.base.geo import Point
from server.cases import GivenPoint
from tests.desk import a_desk, a_photo, asked, notices_of_post

HERE, FAR_AWAY = Point(109.7853, 39.6052), Point(109.797, 39.606)


async def put_up(desk, *, at=None, asked_as=None):
    photo = await a_photo(desk.grid_worker)
    how = {"at": at, "by": desk.grid_worker, "asked": asked_as or asked("mount")}
    await plaques.mount(desk.town.token, [photo], **how)


async def code_of(desk):
    card = await codes.read(desk.town.token)
    return (await codes.find_code(card.id, [desk.town.street.path]))[0]


async def tell(desk, kind="covered", *, at=None, asked_as=None):
    asked_as = asked_as or asked("fault")
    await plaques.report_fault(desk.town.token, kind, at=at, asked=asked_as)


async def test_a_plaque_that_was_put_up_hangs_and_has_a_photo(db):
    desk = await a_desk()
    await put_up(desk, at=HERE)
    code = await code_of(desk)
    [past] = await plaques.past_of(code.id)
    assert code.mounted_at == past.at
    assert (past.what, past.far) == ("mounted", False)
    assert await plaques.mounting_photo(past.mounting_id, desk.community_secretary)


async def test_of_where_the_phone_stood_only_far_or_near_is_kept(sqlite_db):
    desk = await a_desk()
    await put_up(desk, at=FAR_AWAY)
    [row] = await database.fetch("SELECT * FROM mounting")
    assert row["far"] in (True, 1)
    assert not {"lng", "lat"} & set(row)


async def test_the_photo_goes_after_its_time_and_that_it_was_put_up_stays(db):
    desk = await a_desk()
    with clock.stopped_at(clock.now() - timedelta(days=400)):
        await put_up(desk)
    await put_up(desk)
    code, limit = await code_of(desk), clock.now() - timedelta(days=366)
    before = await plaques.past_of(code.id)
    assert [await plaques.old_photos(limit), await plaques.forget_photos(limit)] == [1, 1]

    after = await plaques.past_of(code.id)
    assert [past.at for past in after] == [past.at for past in before]
    assert [past.mounting_id is None for past in after] == [False, True]
    assert await database.fetch_value("SELECT count(*) AS n FROM photo") == 1
    assert await plaques.old_photos(limit) == 0


async def test_the_same_request_again_puts_nothing_up_twice(sqlite_db):
    desk = await a_desk()
    once = asked("mount")
    await put_up(desk, asked_as=once)
    await put_up(desk, asked_as=once)
    assert len(await plaques.past_of((await code_of(desk)).id)) == 1


async def test_without_a_photo_or_in_anothers_area_nothing_is_put_up(sqlite_db):
    desk = await a_desk()
    elsewhere = replace(
        desk.grid_worker,
        posts=(replace(desk.grid_worker.posts[0], area=desk.town.street_grid.path),),
    )
    with pytest.raises(Invalid):
        await plaques.mount(desk.town.token, [], at=None, by=desk.grid_worker, asked=asked())
    with pytest.raises(plaques.NotYoursToMount):
        await plaques.mount(desk.town.token, [], at=None, by=elsewhere, asked=asked())
    assert (await code_of(desk)).mounted_at is None


async def test_a_fault_is_told_once_to_whom_it_concerns_however_often_it_is_said(db):
    desk = await a_desk()
    once = asked("fault")
    await tell(desk, asked_as=once)
    await tell(desk, asked_as=once)
    await tell(desk)
    [fault] = (await plaques.open_faults(desk.grid_worker)).items
    assert (fault.kind, fault.times, fault.far) == ("covered", 2, None)
    assert await notices_of_post(desk.town.posts["grid_worker"]) == ["hanger.fault"]


async def test_a_fault_needs_a_kind_and_a_code(sqlite_db):
    desk = await a_desk()
    with pytest.raises(Invalid):
        await tell(desk, "ugly")
    with pytest.raises(codes.CodeUnknown):
        await plaques.report_fault(codes.make_token(), "covered", at=None, asked=asked())


async def test_what_was_done_about_a_fault_stays_in_its_history(db):
    desk = await a_desk()
    await tell(desk)
    [fault] = (await plaques.open_faults(desk.grid_worker)).items
    await plaques.close_fault(fault.id, "mended", by=desk.grid_worker, asked=asked("close"))
    assert (await plaques.open_faults(desk.grid_worker)).items == ()
    assert {(one.what, one.outcome) for one in await plaques.past_of(fault.code_id)} == {
        ("fault", ""),
        ("closed", "mended"),
    }
    with pytest.raises(plaques.FaultUnknown):
        await plaques.close_fault(fault.id, "mended", by=desk.grid_worker, asked=asked("close"))


async def test_whoever_may_make_another_code_gets_from_a_fault_to_it(sqlite_db):
    desk = await a_desk()
    await tell(desk)
    [to_renew] = (await views.faults(desk.community_secretary)).items
    [to_mend] = (await views.faults(desk.grid_worker)).items
    assert await codes.find_code(to_renew.code_id, [desk.town.street.path])
    assert to_mend.code_id is UNSET


async def test_a_fault_of_another_area_is_not_there(sqlite_db):
    desk = await a_desk()
    await tell(desk)
    [fault] = (await plaques.open_faults(desk.community_secretary)).items
    assert (await plaques.open_faults(desk.property_manager)).items == ()
    how = {"by": desk.property_manager, "asked": asked("close")}
    with pytest.raises(plaques.FaultUnknown):
        await plaques.close_fault(fault.id, "mended", **how)


async def test_putting_a_plaque_up_again_ends_what_was_wrong_with_it(sqlite_db):
    desk = await a_desk()
    await tell(desk, "missing")
    await put_up(desk)
    assert (await plaques.open_faults(desk.grid_worker)).items == ()


async def test_a_replaced_plaque_waits_for_nobody_any_more(sqlite_db):
    desk = await a_desk()
    await tell(desk)
    await codes.replace_code(desk.town.token, "covered", doer=codes.Doer(operator="tests"))
    assert (await plaques.open_faults(desk.grid_worker)).items == ()


async def test_a_code_used_several_times_far_away_is_listed_and_nobody_who_did(db):
    desk = await a_desk()
    await tell(desk, "misplaced", at=FAR_AWAY)
    await desk.report(category="F02", text="灯不亮", point=GivenPoint(lng=109.797, lat=39.606))
    [far] = await plaques.far_codes(desk.grid_worker)
    assert (far.place, far.times) == (desk.town.entrance.full_name, 2)
    assert await plaques.far_codes(desk.property_manager) == []


async def test_many_who_tell_of_one_plaque_at_once_are_all_heard(sqlite_db):
    desk = await a_desk()
    await asyncio.gather(*(tell(desk, "damaged") for _ in range(30)))
    assert await database.fetch_value("SELECT times FROM fault") == 30


async def test_once_far_away_is_no_pattern(sqlite_db):
    desk = await a_desk()
    await tell(desk, "misplaced", at=FAR_AWAY)
    assert await plaques.far_codes(desk.grid_worker) == []


def test_what_is_no_place_on_earth_is_as_good_as_silence():
    assert plaques.read_phone("200", "39") is None
    assert plaques.read_phone("", "x") is None
    assert plaques.read_phone("109.7853", "39.6052") == HERE
