"""Who sets up which post: hours, turns, holders; who may not; and what stays when one changes."""

from datetime import date, timedelta

import pytest

from server import notices, org, people, rosters, trust
from server.base import clock
from server.base.errors import Invalid
from server.base.viewer import HeldPost, Viewer
from server.org import DutyHours, Shift
from server.rosters.errors import NotYourPost, PostUnknown
from tests.desk import a_desk, asked
from tests.makers import a_viewer


@pytest.fixture
async def desk(sqlite_db):
    return await a_desk()


@pytest.fixture
def town(desk):
    return desk.town


@pytest.fixture
def secretary(desk):
    return desk.community_secretary


def tomorrow() -> date:
    return (clock.now() + timedelta(days=1)).date()


async def actions_since(before):
    return [row["action"] for row in await trust.records_since(before)]


async def told(viewer):
    while await notices.deliver_due():
        pass
    return await notices.unread_texts(viewer, ["post.given", "post.handed_over", "post.ended"])


async def test_new_hours_are_on_the_sign_at_once_and_on_record(town, secretary):
    post, before = town.posts["grid_worker"], clock.now()
    assert (await org.contacts(town.entrance, clock.now()))[0].hours == "每天8:00–20:00"
    await rosters.set_hours(post, [DutyHours("135", "22:00", "06:00")], by=secretary, asked=asked())
    shown = (await org.contacts(town.entrance, clock.now()))[0]
    assert shown.hours == "周一、周三、周五22:00–次日6:00"
    assert await actions_since(before) == ["post.hours"]


@pytest.mark.parametrize(
    "hours",
    [
        DutyHours("someday", "08:00", "09:00"),
        DutyHours("", "08:00", "09:00"),
        DutyHours("31", "08:00", "09:00"),
        DutyHours("every", "25:00", "26:00"),
        DutyHours("every", "08:00", "08:00"),
        DutyHours("every", "８:00", "09:00"),
    ],
)
async def test_hours_nobody_can_keep_are_refused(town, secretary, hours):
    with pytest.raises(Invalid):
        await rosters.set_hours(town.posts["grid_worker"], [hours], by=secretary, asked=asked())


async def test_hours_that_run_into_each_other_are_refused_beside_the_second(town, secretary):
    post = town.posts["grid_worker"]
    before = (await org.post_on_roster(post)).hours
    hours = [DutyHours("workday", "08:00", "12:00"), DutyHours("135", "11:30", "18:00")]

    with pytest.raises(Invalid) as refused:
        await rosters.set_hours(post, hours, by=secretary, asked=asked())

    said = [(wrong.field, wrong.detail) for wrong in refused.value.fields]
    assert said == [("starts2", "第2段：和第1段的时间重叠了，请改开。")]
    assert (await org.post_on_roster(post)).hours == before


async def test_a_roster_with_gaps_is_kept_and_they_are_named(town, secretary):
    post, worker = town.posts["grid_worker"], town.accounts["grid_worker"]
    shift = Shift(worker, "早班", "08:00", "12:00", tomorrow())
    said = await rosters.add_shift(post, shift, by=secretary, asked=asked())
    assert len((await org.post_on_roster(post)).shifts) == 1
    assert "12:00到20:00没有人值班，这段时间由上一级接。" in said[0]


async def test_only_those_who_hold_the_post_take_turns(town, secretary):
    stranger = Shift(town.accounts["property_manager"], "", "08:00", "12:00", tomorrow())
    with pytest.raises(Invalid) as refused:
        await rosters.add_shift(town.posts["grid_worker"], stranger, by=secretary, asked=asked())
    assert refused.value.fields[0].detail == "先任命到这个岗位，再排班。"


async def test_people_in_a_circle_and_turns_taken_off_again(town, secretary):
    post = town.posts["grid_worker"]
    await people.add_staff("second", None, "演示-乙")
    await rosters.appoint(post, "second", by=secretary, asked=asked())
    pair = [one.account_id for one in (await org.post_on_roster(post)).appointed]
    await rosters.rotate(
        post, pair, [("", "08:00", "20:00")], tomorrow(), None, by=secretary, asked=asked()
    )
    first, second = sorted((await org.post_on_roster(post)).shifts)
    await rosters.drop_shift(post, first, by=secretary)
    assert list((await org.post_on_roster(post)).shifts) == [second]
    await rosters.drop_shifts(post, by=secretary)
    assert (await org.post_on_roster(post)).shifts == {}


async def test_handed_over_the_work_stays_with_the_post_and_both_are_told(desk, town, secretary):
    opened, before = await desk.report(), clock.now()
    post, heir = town.posts["grid_worker"], town.accounts["community_worker"]
    await rosters.hand_over(post, heir, by=secretary, asked=asked())
    new = await a_viewer(town, "community_worker")
    moved = await desk.move(opened, "accept", new)
    assert (moved.main.post_id, moved.state) == (post, "accepted")
    assert await a_viewer(town, "grid_worker") == Viewer(
        town.accounts["grid_worker"], "演示-网格员"
    )
    assert await told(new) == 1
    assert await told(Viewer(town.accounts["grid_worker"])) == 1
    assert await actions_since(before) == ["post.hand_over"]


async def test_sent_twice_it_is_handed_over_once(town, secretary):
    key, heir = asked(), town.accounts["community_worker"]
    for _ in range(2):
        await rosters.hand_over(town.posts["grid_worker"], heir, by=secretary, asked=key)
    held = (await org.post_on_roster(town.posts["grid_worker"])).appointed
    assert len(held) == 2


async def test_an_end_leaves_the_post_vacant_and_passes_its_questions_up(town, secretary):
    post = town.posts["grid_worker"]
    (held,) = (await org.post_on_roster(post)).appointed
    await rosters.end(post, held.id, by=secretary)
    await rosters.end(post, held.id, by=secretary)
    found = await org.responsible_for(town.entrance, "grid_worker", clock.now())
    assert found.post_id == town.posts["grid_leader"]


@pytest.mark.parametrize(
    ("who", "post", "refusal"),
    [
        ("grid_worker", "grid_worker", NotYourPost),  # one's own
        ("community_secretary", "community_secretary", NotYourPost),
        ("community_secretary", "duty_post", PostUnknown),  # of the street
        ("property_manager", "grid_worker", PostUnknown),  # of another unit
        ("property_staff", "property_manager", NotYourPost),
    ],
)
async def test_nobody_sets_up_what_is_not_below_them(town, who, post, refusal):
    with pytest.raises(refusal):
        await rosters.set_hours(town.posts[post], [], by=await a_viewer(town, who), asked=asked())


@pytest.mark.parametrize(
    ("who", "post"),
    [
        ("property_manager", "property_staff"),
        ("community_secretary", "property_manager"),
        ("street_dispatcher", "community_secretary"),
        ("grid_leader", "grid_worker"),
    ],
)
async def test_whoever_stands_above_sets_it_up(town, who, post):
    await rosters.set_hours(town.posts[post], [], by=await a_viewer(town, who), asked=asked())
    assert (await org.post_on_roster(town.posts[post])).hours == ()


async def test_an_administrator_sets_up_everything_but_administrators(town):
    held = HeldPost(town.units["street"],
                    "sys_admin", "管理员", town.units["street"], "", "")  # fmt: skip
    admin = Viewer(town.accounts["grid_worker"], "", (held,))
    await rosters.set_hours(town.posts["street_dispatcher"], [], by=admin, asked=asked())
    assert rosters.above(admin, "sys_admin", town.units["street"], "") is None


async def test_another_area_is_not_below(town, secretary):
    elsewhere = HeldPost(town.units["street"], "community_secretary", "", town.units["street"],
                         "", "150600/150603/150603002/")  # fmt: skip
    with pytest.raises(PostUnknown):
        await rosters.set_hours(
            town.posts["grid_worker"], [], by=Viewer(None, "", (elsewhere,)), asked=asked()
        )
