"""Thanks are given once a day, never to oneself, and taken back at any time."""

import asyncio
from datetime import timedelta

import pytest

from server import praise
from server.base import database
from server.base.unit import unit_of_work
from server.praise.models import Praise
from tests.desk import asked


async def states() -> list[str]:
    return [r["state"] for r in await database.fetch("SELECT state FROM praise ORDER BY id")]


async def test_a_word_that_is_pressed_is_passed_on_at_once(thanks, resident):
    given = await thanks.give(resident)
    assert given.state == "accepted"
    assert await thanks.wall() == ["网格员演示-网格员 kind"]


async def test_words_wait_until_somebody_has_read_them(thanks, resident):
    given = await thanks.waiting(resident)
    assert given.state == "waiting"
    assert await thanks.wall() == []


async def test_a_hundred_at_once_make_one(thanks, resident):
    sent = [thanks.give(resident) for _ in range(100)]
    ended = await asyncio.gather(*sent, return_exceptions=True)
    assert sum(isinstance(one, praise.PraisedToday) for one in ended) == 99
    assert await states() == ["accepted"]


async def test_tomorrow_one_may_thank_again_by_the_clock_of_the_town(thanks, resident, hands):
    await thanks.give(resident)
    hands.move(timedelta(hours=13, minutes=59))  # 23:59 in town
    with pytest.raises(praise.PraisedToday):
        await thanks.give(resident)
    hands.move(timedelta(minutes=2))
    assert (await thanks.give(resident)).state == "accepted"


async def test_the_same_request_again_answers_the_same(thanks, resident):
    once = asked("praises")
    assert await thanks.give(resident, once=once) == await thanks.give(resident, once=once)
    assert await states() == ["accepted"]


@pytest.mark.parametrize("text", ["", "谢谢您"])
async def test_what_is_taken_back_is_gone_with_its_words(thanks, resident, text):
    given = await thanks.give(resident, text=text)
    await praise.withdraw(given.id, by=resident)
    await praise.withdraw(given.id, by=resident)
    mine = (await praise.given_by(resident)).items
    assert [(one.state, one.text) for one in mine] == [("withdrawn", "")]
    assert await thanks.wall() == []


async def test_the_day_is_kept_by_the_database_itself(thanks, resident):
    await thanks.give(resident)
    row = await database.fetch_one("SELECT * FROM praise")
    assert row is not None
    with pytest.raises(Exception, match="praise has another row"):
        async with unit_of_work() as unit:
            unit.insert(Praise, **row | {"id": row["target_id"]})
