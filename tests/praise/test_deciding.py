"""A clerk of the place reads what was written; the first decision holds, and everybody is told."""

import asyncio

import pytest

from server import praise, trust
from server.base import clock
from tests.desk import asked, notices_of_post
from tests.praise.conftest import REASON, inbox


async def test_what_is_accepted_stands_on_the_wall_and_both_are_told(thanks, resident, clerk):
    given = await thanks.waiting(resident)
    await praise.accept(given.id, by=clerk, asked=asked("accept"))
    assert await thanks.wall() == ["网格员演示-网格员 kind"]
    post = thanks.desk.town.posts["grid_worker"]
    assert await notices_of_post(post) == ["praised.accepted"]
    (told,) = await inbox(resident.account_id)
    assert told.startswith("您的点赞转达了")


async def test_a_decision_is_on_record(thanks, resident, clerk):
    began = clock.now()
    given = await thanks.waiting(resident)
    await praise.refuse(given.id, REASON, by=clerk, asked=asked("refuse"))
    (record,) = await trust.records_since(began, "praise.refuse")
    assert (record["by_role"], record["target"], record["reason"]) == (
        "community_worker",
        str(given.id),
        REASON,
    )


async def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(thanks, desk, clerk):
    given = await thanks.waiting()
    ended = await asyncio.gather(
        praise.accept(given.id, by=clerk, asked=asked("accept")),
        praise.refuse(given.id, REASON, by=desk.street_dispatcher, asked=asked("refuse")),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in ended) == ["AlreadyDecided", "NoneType"]


async def test_sent_twice_a_decision_is_one(thanks, clerk):
    given, once = await thanks.waiting(), asked("accept")
    await praise.accept(given.id, by=clerk, asked=once)
    await praise.accept(given.id, by=clerk, asked=once)
    assert len(await thanks.wall()) == 1


async def test_what_was_taken_back_cannot_be_passed_on(thanks, resident, clerk):
    given = await thanks.waiting(resident)
    await praise.withdraw(given.id, by=resident)
    with pytest.raises(praise.AlreadyDecided) as late:
        await praise.accept(given.id, by=clerk, asked=asked("accept"))
    assert "已撤回" in late.value.detail
