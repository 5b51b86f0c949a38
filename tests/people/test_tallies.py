"""Counting at the door: exact though many knock at once, the same on every server, no names."""

import asyncio
from datetime import timedelta

import pytest

from server import people
from server.base import clock, database
from server.people.signing_in import tallies
from tests.makers import SINCE


class Full(Exception):
    """No more are counted."""


def _at_most(most: int):
    return lambda hits, now: timedelta(minutes=1) if len(hits) >= most else None


async def _kept(key: tallies.Key) -> list[int]:
    return list((await database.fetch_one("SELECT hits FROM tally WHERE key = $1", *key))["hits"])


async def _add(key: tallies.Key, most: int) -> None:
    await tallies.add(key, _at_most(most), refused=lambda left: Full())


async def test_of_many_at_once_exactly_those_are_counted_that_may_be(db):
    key = tallies.key_of("test", "somebody")
    tried = await asyncio.gather(*(_add(key, 3) for _ in range(8)), return_exceptions=True)
    assert sum(one is None for one in tried) == 3
    assert len(await _kept(key)) == 3


async def test_what_is_refused_is_not_counted(db):
    key = tallies.key_of("test", "somebody")
    await _add(key, 1)
    with pytest.raises(Full):
        await _add(key, 1)
    assert len(await _kept(key)) == 1


async def test_what_is_taken_back_is_one_and_the_others_stay(db):
    key = tallies.key_of("test", "somebody")
    with clock.stopped_at(SINCE):
        hits = [await tallies.add(key, _at_most(9), refused=lambda left: Full()) for _ in "abc"]
        await asyncio.gather(*(tallies.take_back(key, one[-1]) for one in hits[1:]))
    assert len(await _kept(key)) == 1


async def test_what_was_forgotten_meanwhile_needs_no_taking_back(db):
    key = tallies.key_of("test", "somebody")
    await _add(key, 1)
    await tallies.forget(key)
    await tallies.take_back(key, clock.now())
    await _add(key, 1)


async def test_a_day_later_it_is_forgotten(db):
    key = tallies.key_of("test", "somebody")
    with clock.stopped_at(SINCE) as hands:
        await _add(key, 1)
        hands.move(timedelta(hours=23))
        assert len(await _kept(key)) == 1
        hands.move(timedelta(hours=1))
        await _add(key, 1)


async def test_a_clock_set_back_forgets_nothing(db):
    key = tallies.key_of("test", "somebody")
    with clock.stopped_at(SINCE) as hands:
        await _add(key, 1)
        hands.move(timedelta(days=-2))
        with pytest.raises(Full):
            await _add(key, 1)


async def test_old_counts_are_swept_and_new_ones_stay(db):
    with clock.stopped_at(SINCE) as hands:
        await _add(tallies.key_of("test", "old"), 1)
        hands.move(timedelta(days=1, seconds=1))
        await _add(tallies.key_of("test", "new"), 1)
        await people.forget_tallies(clock.now() - timedelta(days=1))
    assert await database.fetch_value("SELECT count(*) FROM tally") == 1


async def test_nobody_is_named_in_the_table(sqlite_db):
    await _add(tallies.key_of("test", "16000001001", "192.0.2.0/24"), 1)
    row = await database.fetch_one("SELECT key FROM tally")
    assert len(row["key"]) == 16
    assert b"16000001001" not in row["key"]
