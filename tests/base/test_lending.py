"""Connections go from hand to hand: none is lost, none is lent twice, and nobody waits for ever."""

import asyncio
from typing import Any

import asyncpg
import pytest

from server.base.lending import Lending


class FakeConnection:
    closed = False

    def is_closed(self) -> bool:
        return self.closed

    def terminate(self) -> None:
        self.closed = True


class Detached(FakeConnection):
    """One that broke: the pool took it back by itself and asks who touches it what he wants."""

    def is_closed(self) -> bool:
        raise asyncpg.InterfaceError("it has been released back to the pool")

    def terminate(self) -> None:
        raise asyncpg.InterfaceError("it has been released back to the pool")


class FakePool:
    """Makes as many connections as it is asked for."""

    closed = False

    def __init__(self) -> None:
        self.made, self.released = 0, 0

    async def acquire(self, **_: float) -> FakeConnection:
        self.made += 1
        return FakeConnection()

    async def close(self) -> None:
        self.closed = True

    async def release(self, connection: FakeConnection) -> None:
        self.released += 1


def lending(pool: FakePool, *, most: int = 1, wait_s: float = 5) -> Lending:
    anything: Any = pool
    return Lending(anything, most, wait_s)


async def waiting(lent: Lending) -> "asyncio.Task[Any]":
    task = asyncio.create_task(lent.take())
    await asyncio.sleep(0)
    return task


async def test_a_connection_that_did_its_work_is_lent_again() -> None:
    pool = FakePool()
    lent = lending(pool)
    first = await lent.take()

    lent.give_back(first)

    assert await lent.take() is first
    assert (pool.made, pool.released) == (1, 0)


async def test_whoever_waits_longest_gets_the_next_one() -> None:
    lent = lending(FakePool())
    held = await lent.take()
    first, second = await waiting(lent), await waiting(lent)

    lent.give_back(held)

    assert await first is held
    assert not second.done()
    lent.give_back(held)
    assert await second is held


async def test_who_hangs_up_while_waiting_takes_no_connection_along() -> None:
    lent = lending(FakePool())
    held = await lent.take()
    gone, patient = await waiting(lent), await waiting(lent)

    lent.give_back(held)
    gone.cancel()

    assert await asyncio.wait_for(patient, 5) is held


async def test_one_put_away_makes_room_for_a_new_one() -> None:
    pool = FakePool()
    lent = lending(pool)
    broken = await lent.take()
    patient = await waiting(lent)

    await lent.put_away(broken)

    assert await asyncio.wait_for(patient, 5) is not broken
    assert (pool.made, pool.released) == (2, 1)


async def test_one_that_broke_while_it_lay_idle_is_not_lent() -> None:
    pool = FakePool()
    lent = lending(pool)
    idle = await lent.take()
    lent.give_back(idle)
    idle.terminate()

    assert not (await lent.take()).is_closed()
    assert (pool.made, pool.released) == (2, 1)


async def test_one_the_pool_took_back_by_itself_leaves_its_place_to_another() -> None:
    pool = FakePool()
    lent = lending(pool)
    idle = await lent.take()
    idle.__class__ = Detached
    lent.give_back(idle)

    fresh = await asyncio.wait_for(lent.take(), 5)
    assert (pool.made, pool.released) == (2, 1)

    patient = await waiting(lent)
    fresh.__class__ = Detached
    lent.give_back(fresh)
    assert not (await asyncio.wait_for(patient, 5)).is_closed()
    assert (pool.made, pool.released) == (3, 2)


async def test_what_the_pool_took_back_does_not_hinder_the_end() -> None:
    pool = FakePool()
    lent = lending(pool)
    idle = await lent.take()
    idle.__class__ = Detached
    lent.give_back(idle)
    await lent.close(5)
    assert pool.closed
    lent.give_back(idle)


async def test_nobody_waits_for_ever() -> None:
    lent = lending(FakePool(), wait_s=0.01)
    await lent.take()

    with pytest.raises(TimeoutError):
        await lent.take()
