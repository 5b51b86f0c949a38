"""A firm leaves an estate: who was writing to it goes on writing to the one that came."""

from datetime import timedelta
from uuid import UUID

import pytest

from server import contact, org, rosters
from server.base import clock
from server.base.unit import unit_of_work
from server.base.viewer import HeldPost, Viewer
from tests import makers
from tests.contact.conftest import guest_of
from tests.desk import asked, notices_of_post
from tests.makers import SINCE

SAID = "这里换了物业，接下来由演示·新家物业的物业经理演示-值班员回您。"


@pytest.fixture
async def heir(desk) -> UUID:
    roster = org.Roster(since=SINCE)
    unit_id = roster.unit("property_firm", "演示·新家物业")
    await org.enrol(roster)
    return unit_id


@pytest.fixture
def change(desk, heir, hands):
    async def change() -> None:
        today = clock.local(clock.now()).date()
        by, estate = desk.street_dispatcher, desk.town.estate.id
        await rosters.change_firm(estate, heir, today, by=by, asked=asked("firm"))
        hands.move(timedelta(minutes=1))

    return change


@pytest.fixture
def comes(desk, heir):
    async def comes() -> Viewer:
        """Somebody holds the new firm's post."""
        (post,) = await org.posts_at(desk.town.estate.path, {heir})
        account_id = await makers.a_staff_login()
        async with unit_of_work() as unit:
            org.put_appointment(unit, post, account_id, kind="holder", since=clock.now())
        held = HeldPost(post, "property_manager", "", heir, "", desk.town.estate.path)
        return Viewer(account_id, "演示-值班员", (held,))

    return comes


async def test_what_waits_goes_to_whoever_holds_the_new_firms_post(talk, change, comes):
    begun = await talk.begin(post="property_manager", text="电梯不动了")
    waiting = await talk.now(begun)
    await change()
    manager = await comes()

    assert await contact.move_what_is_open() == 1
    assert await contact.move_what_is_open() == 0

    now = await talk.now(begun)
    assert (now.post_id, now.state, now.ring_at) == (
        manager.posts[0].id,
        "waiting",
        waiting.ring_at,
    )
    assert (await talk.lines(begun))[-1] == f"town：{SAID}"
    assert await notices_of_post(manager.posts[0].id) == ["contact.handed"]
    await talk.say(begun, "我们来看", manager)
    assert (await talk.now(begun)).state == "answered"


async def test_until_somebody_holds_that_post_it_stays_and_the_leader_hears_of_it(
    talk, change, desk, hands
):
    begun = await talk.begin(post="property_manager")
    await change()
    assert await contact.move_what_is_open() == 0
    hands.move(timedelta(minutes=30))
    await contact.ring_due()
    assert await notices_of_post(desk.town.posts["grid_leader"]) == ["contact.unanswered"]
    assert (await talk.now(begun)).post_id == desk.town.posts["property_manager"]


async def test_what_ended_or_is_taken_no_more_stays_with_the_firm_that_left(
    talk, change, comes, desk, resident
):
    ended = await talk.begin(post="property_manager")
    await talk.act(ended, "end", guest_of(ended))
    blocked = await talk.begin(resident, post="property_manager")
    await talk.act(blocked, "block", desk.property_manager, text="反复辱骂")
    await change()
    await comes()
    assert await contact.move_what_is_open() == 0


async def test_who_writes_to_somebody_else_there_notices_nothing(talk, change, comes, desk):
    begun = await talk.begin()
    await change()
    await comes()
    assert await contact.move_what_is_open() == 0
    assert (await talk.now(begun)).post_id == desk.town.posts["grid_worker"]
