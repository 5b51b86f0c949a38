"""Of an appeal that nobody decides: the leader is reminded, then whoever stands above decides."""

from datetime import timedelta

import pytest

from server import contact
from server.base import clock
from tests.contact.conftest import guest_of
from tests.desk import notices_of_post

DAY = timedelta(days=1)


@pytest.fixture
def db(sqlite_db: str) -> str:
    """What of this is no matter of the database is asked on one."""
    return sqlite_db


@pytest.fixture
async def appealed(talk, desk):
    begun = await talk.begin()
    await talk.act(begun, "block", desk.grid_worker, text="一直发广告")
    await talk.act(begun, "appeal", guest_of(begun), text="我只发过一次")
    return begun


async def ring() -> int:
    return await contact.ring_due(clock.now())


async def told(desk, role: str) -> list[str]:
    found = await notices_of_post(desk.town.posts[role])
    return [one.removeprefix("contact.") for one in found]


async def test_an_appeal_nobody_decides_reminds_the_leader_and_then_goes_up(
    talk, desk, hands, appealed
):
    hands.move(DAY - timedelta(seconds=1))
    assert await ring() == 0
    hands.move(timedelta(seconds=1))
    assert await ring() == 1
    assert await told(desk, "grid_leader") == ["appealed", "appeal_waits"]
    hands.move(DAY)
    assert await ring() == 1
    assert await told(desk, "community_secretary") == ["appeal_up"]
    assert (await told(desk, "grid_leader"))[-1] == "appeal_gone"
    assert "已转给社区书记" in (await talk.lines(appealed))[-1]
    with pytest.raises(contact.ConversationUnknown):
        await contact.find_conversation(appealed.id, desk.grid_leader)
    await talk.act(appealed, "lift", desk.community_secretary)
    await talk.say(appealed, "谢谢", guest_of(appealed))


async def test_only_workdays_count(hands, talk, desk):
    hands.move(4 * DAY)  # Friday
    begun = await talk.begin()
    await talk.act(begun, "block", desk.grid_worker, text="一直发广告")
    await talk.act(begun, "appeal", guest_of(begun), text="我没有")
    hands.move(3 * DAY - timedelta(seconds=1))
    assert await ring() == 0
    hands.move(timedelta(seconds=1))
    assert await ring() == 1


async def test_what_became_due_while_nobody_was_up_follows_in_order_once_each(
    talk, desk, hands, appealed
):
    hands.move(30 * DAY)
    assert [await ring() for _ in range(3)] == [1, 1, 0]
    assert await told(desk, "grid_leader") == ["appealed", "appeal_waits", "appeal_gone"]
    assert await told(desk, "community_secretary") == ["appeal_up"]
    assert (await talk.now(appealed)).state == "answered"


@pytest.mark.parametrize("decided", ["lift", "uphold"])
async def test_what_was_decided_reminds_nobody(talk, desk, hands, appealed, decided):
    await talk.act(appealed, decided, desk.grid_leader)
    hands.move(30 * DAY)
    while await ring():
        pass
    assert await told(desk, "grid_leader") == ["appealed"]
    assert await told(desk, "community_secretary") == []


async def test_what_had_rung_before_the_block_does_not_shorten_the_ladder(talk, desk, hands):
    begun = await talk.begin()
    hands.move(timedelta(minutes=30))
    await ring()
    await talk.act(begun, "block", desk.grid_worker, text="一直发广告")
    await talk.act(begun, "appeal", guest_of(begun), text="我没有")
    hands.move(DAY)
    assert await ring() == 1
    assert await told(desk, "community_secretary") == []


async def test_who_stands_above_reads_it_only_once_there_is_an_appeal(talk, desk):
    begun = await talk.begin()
    await talk.act(begun, "block", desk.grid_worker, text="一直发广告")
    with pytest.raises(contact.ConversationUnknown):
        await contact.find_conversation(begun.id, desk.grid_leader)
    await talk.act(begun, "appeal", guest_of(begun), text="我只发过一次")
    assert await contact.find_conversation(begun.id, desk.grid_leader)


async def test_an_appeal_waits_for_who_decides_it_and_for_nobody_else(talk, desk, appealed):
    assert await contact.waiting_for(desk.grid_leader) == 1
    assert await contact.waiting_for(desk.grid_worker) == 0
    await talk.act(appealed, "uphold", desk.grid_leader)
    assert await contact.waiting_for(desk.grid_leader) == 0
