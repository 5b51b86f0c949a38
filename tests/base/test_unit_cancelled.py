"""Phones hang up in the middle of a write: every unit stays whole, every told one is there."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from server.base import database, unit
from server.base.ids import new_id
from server.base.unit import Duplicate, LostRace, unit_of_work
from tests.base.toys import Shelf, Toy

TOYS_ON_A_SHELF = 3
UNITS = 600
AT_ONCE = 30
PATIENCE_S = 0.008
TAKEN = "taken"


@dataclass
class Book:
    """What the callers were told."""

    acknowledged: list[UUID] = field(default_factory=list)
    refused: list[UUID] = field(default_factory=list)
    hung_up: list[UUID] = field(default_factory=list)


async def write_at_once(shelf: UUID, name: str) -> None:
    async with unit_of_work() as unit:
        unit.insert(Shelf, id=shelf, name=name)
        for no in range(TOYS_ON_A_SHELF):
            unit.insert(Toy, shelf_id=shelf, no=no)


async def write_by_models(shelf: UUID, name: str) -> None:
    async with unit_of_work().models():
        await Shelf.create(id=shelf, name=name)
        for no in range(TOYS_ON_A_SHELF):
            await Toy.create(shelf_id=shelf, no=no)


async def write_a_duplicate(shelf: UUID, name: str) -> None:
    await write_at_once(shelf, TAKEN)


async def write_behind_a_guard(shelf: UUID, name: str) -> None:
    """All of these change one row, so most of those that run together lose the race."""
    seen = await database.fetch_one("SELECT id, version FROM shelf WHERE name = $1", TAKEN)
    assert seen is not None
    async with unit_of_work() as unit:
        unit.update(Shelf, where=seen, set={"version": seen["version"] + 1})
        unit.insert(Shelf, id=shelf, name=name)
        for no in range(TOYS_ON_A_SHELF):
            unit.insert(Toy, shelf_id=shelf, no=no)


Way = Callable[[UUID, str], Awaitable[None]]
EVERY_WAY: list[Way] = [write_at_once] * 6 + [
    write_behind_a_guard,
    write_behind_a_guard,
    write_a_duplicate,
    write_by_models,
]


async def one_caller(way: Way, book: Book) -> None:
    shelf = new_id()
    try:
        await way(shelf, shelf.hex[12:])
        book.acknowledged.append(shelf)
    except (Duplicate, LostRace):
        book.refused.append(shelf)
    except asyncio.CancelledError:
        book.hung_up.append(shelf)
        raise


async def many_callers(ways: list[Way], seed: int) -> Book:
    """Hundreds call at once; every other one hangs up within milliseconds."""
    dice = random.Random(seed)
    await write_at_once(new_id(), TAKEN)
    book, callers = Book(), []
    for number in range(UNITS):
        callers.append(asyncio.create_task(one_caller(dice.choice(ways), book)))
        if number % 2:
            asyncio.get_running_loop().call_later(dice.random() * PATIENCE_S, callers[-1].cancel)
        if number % AT_ONCE == 0:
            await asyncio.sleep(dice.random() * PATIENCE_S)
    await asyncio.wait(callers)
    [caller.exception() for caller in callers if not caller.cancelled()]
    await unit.drain()
    return book


async def shelves() -> dict[UUID, int]:
    """Every shelf there is, with the number of its toys."""
    rows = await database.fetch(
        "SELECT s.id, count(t.id) AS toys FROM shelf s LEFT JOIN toy t ON t.shelf_id = s.id"
        " GROUP BY s.id"
    )
    return {row["id"]: row["toys"] for row in rows}


@pytest.mark.parametrize(
    "ways", [EVERY_WAY, [write_at_once], [write_by_models]], ids=["mixed", "plain", "models"]
)
async def test_hundreds_hang_up_and_every_unit_is_whole(shop: str, ways: list[Way]) -> None:
    book = await many_callers(ways, seed=26)
    there = await shelves()

    assert set(there.values()) == {TOYS_ON_A_SHELF}
    assert set(book.acknowledged) <= there.keys()
    assert not set(book.refused) & there.keys()
    assert book.hung_up
    assert book.acknowledged
    await write_at_once(new_id(), "afterwards")


async def test_a_unit_whose_caller_hung_up_is_still_written(shop: str) -> None:
    shelf = new_id()
    caller = asyncio.create_task(write_at_once(shelf, "left alone"))
    await asyncio.sleep(0)
    caller.cancel()
    await asyncio.wait([caller])
    await unit.drain()

    assert caller.cancelled()
    assert await shelves() == {shelf: TOYS_ON_A_SHELF}


async def test_models_whose_caller_hung_up_inside_wrote_nothing(shop: str) -> None:
    inside = asyncio.Event()

    async def hang_inside() -> None:
        async with unit_of_work().models():
            await Shelf.create(name="half done")
            inside.set()
            await asyncio.Event().wait()

    caller = asyncio.create_task(hang_inside())
    await inside.wait()
    caller.cancel()
    await asyncio.wait([caller])
    await unit.drain()

    assert await shelves() == {}
    await write_by_models(new_id(), "afterwards")


async def test_more_cancelled_transactions_than_the_pool_holds_leave_it_alive(shop: str) -> None:
    for _ in range(30):
        caller = asyncio.create_task(write_by_models(new_id(), "cut short"))
        await asyncio.sleep(0.001)
        caller.cancel()
        await asyncio.wait([caller])
    await unit.drain()

    await asyncio.wait_for(write_by_models(new_id(), "afterwards"), 5)


async def test_a_stop_waits_for_units_whose_callers_are_gone(shop: str) -> None:
    callers = [asyncio.create_task(write_at_once(new_id(), f"no. {n}")) for n in range(50)]
    await asyncio.sleep(0)
    [caller.cancel() for caller in callers]
    await asyncio.wait(callers)
    await unit.drain()

    assert len(await shelves()) == 50


@pytest.mark.parametrize("ticks", range(1, 6))
async def test_whoever_hangs_up_in_the_very_first_question_locks_nobody_out(
    db: str, ticks: int
) -> None:
    first = asyncio.create_task(database.pending())
    await asyncio.wait({first}, timeout=ticks / 10_000)
    first.cancel()
    await asyncio.wait({first})

    async with asyncio.timeout(5), unit_of_work().models():
        assert await database.pending() == []
