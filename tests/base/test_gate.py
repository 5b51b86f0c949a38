"""The SQLite gate: others may hold the file for a while, and a bad neighbour hurts only himself."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from server.base import database, gate, pen
from server.base.ids import new_id
from server.base.sqlite import connect
from server.base.unit import AnyOf, WriteRefused, unit_of_work
from tests.base.test_unit_cancelled import shelves, write_at_once, write_by_models
from tests.base.toys import Shelf, Toy


def another_process(url: str) -> sqlite3.Connection:
    return sqlite3.connect(url.removeprefix("sqlite://"), isolation_level=None)


@pytest.mark.parametrize("write", [write_at_once, write_by_models])
async def test_a_unit_waits_while_another_process_writes(
    sqlite_shop: str, write: Callable[..., Coroutine[None, None, None]]
) -> None:
    shelf = new_id()
    with closing(another_process(sqlite_shop)) as other:
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(write(shelf, "patient"))
        began = time.perf_counter()
        await asyncio.sleep(0.1)
        assert time.perf_counter() - began < 1  # and holds up nobody else
        assert not writing.done()
        other.execute("COMMIT")
        await writing

    assert shelf in await shelves()


async def test_every_commit_waits_for_the_disk(sqlite_shop: str) -> None:
    assert await database.fetch_value("PRAGMA journal_mode") == "wal"
    assert await database.fetch_value("PRAGMA synchronous") == 2


async def test_reading_goes_on_while_models_write(sqlite_shop: str) -> None:
    await write_at_once(new_id(), "before")
    async with unit_of_work().models():
        await Shelf.create(name="not yet")

        assert await database.fetch("SELECT name FROM shelf") == [{"name": "before"}]


async def test_a_value_sqlite_cannot_take_fails_its_unit_alone(sqlite_shop: str) -> None:
    shelf = new_id()
    await write_at_once(shelf, "shelf")

    async def write_a_number_too_large() -> None:
        async with unit_of_work() as unit:
            unit.insert(Toy, shelf_id=shelf, no=2**70)

    told = await asyncio.gather(
        write_at_once(new_id(), "one"),
        write_a_number_too_large(),
        write_at_once(new_id(), "other"),
        return_exceptions=True,
    )

    assert [type(each) for each in told] == [type(None), WriteRefused, type(None)]


async def test_units_written_as_one_lose_nothing_and_mix_nothing_up(sqlite_shop: str) -> None:
    wanted = {new_id(): f"shelf {no}" for no in range(150)}

    await asyncio.gather(*(write_at_once(*shelf) for shelf in wanted.items()))

    rows = await database.fetch("SELECT id, name FROM shelf")
    assert {row["id"]: row["name"] for row in rows} == wanted


async def test_more_rows_than_one_statement_holds_are_written_all(sqlite_shop: str) -> None:
    async with unit_of_work() as unit:
        unit.bulk(Shelf, [{"id": new_id(), "name": str(no)} for no in range(500)])

    assert await database.fetch_value("SELECT count(*) FROM shelf") == 500


async def test_whoever_waits_behind_a_turn_is_written_after_it(sqlite_shop: str) -> None:
    async with database.engine().turn():
        writing = [asyncio.create_task(write_at_once(new_id(), str(no))) for no in range(3)]
        await asyncio.sleep(0.05)
        assert not any(each.done() for each in writing)
    await asyncio.gather(*writing)
    assert len(await shelves()) == 3


async def test_who_gives_up_waiting_for_a_turn_keeps_nobody_out(sqlite_shop: str) -> None:
    door = database.engine()
    async with door.turn():
        waiting = asyncio.create_task(_take_a_turn(door))
        writing = asyncio.create_task(write_at_once(new_id(), "behind"))
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.wait([waiting])
        assert not writing.done()
    await asyncio.wait_for(writing, 5)


async def _take_a_turn(door: database.Engine) -> None:
    async with door.turn():
        pass


async def test_light_and_heavy_units_are_written_in_the_order_they_came(sqlite_shop: str) -> None:
    shelf = new_id()
    await write_at_once(shelf, "shelf")

    async def write(no: int) -> None:
        async with unit_of_work() as unit:
            if no % 3:
                unit.insert(Toy, shelf_id=shelf, no=no)
            else:  # by no key of theirs: they are looked for
                unit.update(Toy, where={"kind": "kite"}, set={"kind": str(no)}, expecting=None)

    await asyncio.gather(*(write(no) for no in range(10, 70)))

    rows = await database.fetch("SELECT no FROM toy WHERE no >= 10 ORDER BY no")
    assert [row["no"] for row in rows] == [no for no in range(10, 70) if no % 3]


@pytest.mark.parametrize(
    ("kind", "by_the_loop"),
    [("one row", True), ("many rows", False), ("many keys", False), ("search", False),
     ("large", False)],
)  # fmt: skip
async def test_what_may_take_long_is_written_beside_the_loop(
    sqlite_shop: str, monkeypatch: pytest.MonkeyPatch, kind: str, by_the_loop: bool
) -> None:
    written: list[bool] = []
    put_down = pen.Pen.put_down

    def seen(self: pen.Pen, units: Sequence[pen.Steps]) -> None:
        written.append(threading.current_thread() is threading.main_thread())
        put_down(self, units)

    monkeypatch.setattr(pen.Pen, "put_down", seen)
    async with unit_of_work(takes_long=kind == "large") as unit:
        if kind == "many keys":
            ids = AnyOf(tuple(new_id() for _ in range(300)))
            unit.update(Shelf, where={"id": ids}, set={"version": 2}, expecting=None)
        elif kind == "search":
            unit.update(Toy, where={"kind": "kite"}, set={"kind": "doll"}, expecting=None)
        else:
            for no in range(200 if kind == "many rows" else 1):
                unit.insert(Shelf, id=new_id(), name=str(no))

    assert written == [by_the_loop]


async def test_a_turn_that_never_ends_does_not_keep_the_door_from_closing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "CLOSES_WITHIN_S", 0.1)
    door = gate.Gate(lambda: connect(tmp_path / "town.db"))
    async with door.turn():
        await asyncio.wait_for(door.close(), 5)
