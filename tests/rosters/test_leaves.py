"""Leave and 代班: at once on the sign, over by itself, taken back; both are on record."""

import asyncio
from datetime import timedelta

import pytest

from server import notices, org, rosters, trust, views
from server.base import clock
from server.base.errors import Invalid
from server.base.viewer import GUEST
from server.rosters.errors import LeaveUnknown
from tests.desk import asked
from tests.makers import a_town, a_viewer

WEEK = timedelta(days=7)


@pytest.fixture
async def town(sqlite_db):
    with clock.stopped_at(clock.now()) as hands:
        town = await a_town()
        town.hands = hands  # type: ignore[attr-defined]
        yield town


@pytest.fixture
async def worker(town):
    return await a_viewer(town, "grid_worker")


async def leave(worker, deputy=None, *, since=None, until=None):
    ends = until or clock.now() + WEEK
    await rosters.take_leave(since, ends, deputy, by=worker, asked=asked("leave"))


async def named_on_the_sign(town):
    card = await views.scan_card(town.token, GUEST)
    return card.contacts[0].name


async def test_the_deputy_is_on_the_sign_at_once_holds_the_post_and_is_told(town, worker):
    assert await named_on_the_sign(town) == "演示-网格员"
    deputy = town.accounts["community_worker"]
    await leave(worker, deputy)
    assert await named_on_the_sign(town) == "演示-社区工作者"
    held = await org.posts_of(deputy, clock.now())
    assert town.posts["grid_worker"] in [post.id for post in held]
    while await notices.deliver_due():
        pass
    stand_in = await a_viewer(town, "community_worker")
    assert await notices.unread_texts(stand_in, ["deputy.asked"]) == 1


async def test_it_ends_by_itself(town, worker):
    await leave(worker, town.accounts["community_worker"])
    town.hands.move(WEEK + timedelta(minutes=1))
    found = await org.responsible_for(town.entrance, "grid_worker", clock.now())
    assert found.name == "演示-网格员"
    held = await org.posts_of(town.accounts["community_worker"], clock.now())
    assert town.posts["grid_worker"] not in [post.id for post in held]


@pytest.mark.parametrize(
    ("heir", "name", "holds"),
    [("grid_leader", "演示-网格长", False), ("community_worker", "演示-社区工作者", True)],
)
async def test_whoever_stood_in_does_so_no_more_once_the_post_is_handed_over(
    town, worker, heir, name, holds
):
    secretary, post = await a_viewer(town, "community_secretary"), town.posts["grid_worker"]
    await leave(worker, town.accounts["community_worker"])
    await rosters.hand_over(post, town.accounts[heir], by=secretary, asked=asked("heir"))
    assert await named_on_the_sign(town) == name
    stood_in = await a_viewer(town, "community_worker")
    assert (post in stood_in.post_ids) is holds
    card = await views.post_card(secretary, post)
    assert [one.name for one in card.post.people] == [name]
    assert await rosters.leaves_around(stood_in) == []
    town.hands.move(WEEK + timedelta(minutes=1))
    assert await named_on_the_sign(town) == name


async def test_with_the_holder_goes_whoever_stood_in(town, worker):
    secretary, post = await a_viewer(town, "community_secretary"), town.posts["grid_worker"]
    await leave(worker, town.accounts["community_worker"])
    held = next(one for one in (await org.post_on_roster(post)).appointed if one.kind == "holder")
    await rosters.end(post, held.id, by=secretary)
    found = await org.responsible_for(town.entrance, "grid_worker", clock.now())
    assert found.post_id == town.posts["grid_leader"]


@pytest.mark.parametrize("begun", [True, False])
async def test_it_can_be_taken_back_before_and_while_it_runs(town, worker, begun):
    since = None if begun else clock.now() + timedelta(days=1)
    await leave(worker, town.accounts["community_worker"], since=since)
    (taken,) = await rosters.leaves_around(worker)
    town.hands.move(timedelta(hours=1))
    await rosters.take_back(taken.id, by=worker)
    later = clock.now() + timedelta(days=2)
    assert (await org.responsible_for(town.entrance, "grid_worker", later)).name == "演示-网格员"
    assert await rosters.leaves_around(worker) == []


async def test_without_a_deputy_the_standing_above_answers(town, worker):
    await leave(worker)
    assert await named_on_the_sign(town) == "演示-网格长"


async def test_sent_twice_it_is_one_leave(town, worker):
    key, ends = asked("leave"), clock.now() + WEEK
    for _ in range(2):
        await rosters.take_leave(None, ends, None, by=worker, asked=key)
    assert len(await rosters.leaves_around(worker)) == 1


async def test_both_are_on_record(town, worker):
    before = clock.now() - timedelta(minutes=1)
    await leave(worker)
    (taken,) = await rosters.leaves_around(worker)
    await rosters.take_back(taken.id, by=worker)
    found = [row["action"] for row in await trust.records_since(before)]
    assert found == ["post.leave", "post.back"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"until": timedelta(days=-1)}, "until"),
        ({"until": timedelta(days=200)}, "until"),
        ({"since": timedelta(days=8)}, "until"),
        ({"deputy": "property_manager"}, "deputy"),
        ({"deputy": "grid_worker"}, "deputy"),
    ],
)
async def test_what_cannot_be_is_refused_beside_its_field(town, worker, given, field):
    now = clock.now()
    with pytest.raises(Invalid) as refused:
        await leave(
            worker,
            town.accounts.get(given.get("deputy")),
            since=now + given["since"] if "since" in given else None,
            until=now + given.get("until", WEEK),
        )
    assert [one.field for one in refused.value.fields] == [field]


async def test_two_leaves_at_once_and_a_deputy_who_is_away_are_refused(town, worker):
    other = await a_viewer(town, "community_worker")
    await leave(other)
    with pytest.raises(Invalid) as refused:
        await leave(worker, other.account_id)
    assert "那几天也请假" in refused.value.fields[0].detail
    await leave(worker)
    with pytest.raises(Invalid) as refused:
        await leave(worker)
    assert refused.value.fields[0].code == "on-leave"


async def test_of_leaves_sent_for_one_person_in_one_instant_one_is_taken(db):
    worker = await a_viewer(await a_town(), "grid_worker")
    ends = clock.now() + WEEK
    sent = (
        rosters.take_leave(None, ends, None, by=worker, asked=asked("leave", key=f"k{nth // 2}"))
        for nth in range(8)
    )
    told = await asyncio.gather(*sent, return_exceptions=True)
    refused = [one.fields[0].code for one in told if isinstance(one, Invalid)]
    assert (told.count(None), refused) == (2, ["on-leave"] * 6)  # sent twice, it is one leave
    assert len(await rosters.leaves_around(worker)) == 1


async def test_whoever_stands_above_may_take_it_back_and_nobody_else(town, worker):
    await leave(worker)
    (taken,) = await rosters.leaves_around(worker)
    with pytest.raises(LeaveUnknown):
        await rosters.take_back(taken.id, by=await a_viewer(town, "property_manager"))
    await rosters.take_back(taken.id, by=await a_viewer(town, "community_secretary"))
    assert await rosters.leaves_around(worker) == []
