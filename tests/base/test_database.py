"""Reading: the same SQL, the same Python types on both databases, and short on either."""

import asyncio
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from server.base import database
from server.base.errors import Unavailable
from server.base.ids import new_id
from server.base.unit import unit_of_work
from tests.base.conftest import TOYS
from tests.base.toys import Shelf, Toy
from tests.databases import opened

SEEN = datetime(2026, 11, 23, 8, 30, 0, 123456, tzinfo=UTC)
SHANGHAI = timezone(timedelta(hours=8))
SLOW = """
    WITH RECURSIVE far(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM far WHERE n < {})
    SELECT count(*) AS n FROM far
"""


async def a_full_toy(**columns: Any) -> dict[str, Any]:
    shelf, owner = new_id(), new_id()
    values = {
        "shelf_id": shelf,
        "no": 3,
        "kind": "kite",
        "notes": {"colours": ["红", 1, None, 1.5], "at": {"x": True}},
        "whole": False,
        "weight": 1.25,
        "mark": b"\x00\xff",
        "made_on": date(2026, 2, 28),
        "seen_at": SEEN,
        "owner_id": owner,
    } | columns
    async with unit_of_work() as unit:
        unit.insert(Shelf, id=shelf, name="上层")
        unit.insert(Toy, **values)
    return values


async def test_every_value_comes_back_as_it_went_in(shop: str) -> None:
    values = await a_full_toy()

    assert await database.fetch_one(f"SELECT {', '.join(values)} FROM toy") == values


async def test_what_a_unit_writes_the_models_read(shop: str) -> None:
    values = await a_full_toy()
    toy = await Toy.get(no=3)

    assert {name: getattr(toy, name) for name in values} == values


async def test_what_the_models_write_is_read_back_the_same(shop: str) -> None:
    values = await a_full_toy(no=4)
    async with unit_of_work().models():
        await Toy.create(**values | {"no": 5})

    rows = await database.fetch(f"SELECT {', '.join(values)} FROM toy ORDER BY no")
    assert rows[0] | {"no": 5} == rows[1]


async def test_an_instant_of_another_zone_is_kept_as_the_same_instant(shop: str) -> None:
    await a_full_toy(seen_at=SEEN.astimezone(SHANGHAI))

    found = await database.fetch_value("SELECT no FROM toy WHERE seen_at = $1", SEEN)
    assert found == 3


@pytest.mark.parametrize("later_by", [timedelta(microseconds=1), timedelta(seconds=1)])
async def test_instants_compare_as_instants(shop: str, later_by: timedelta) -> None:
    whole_second = SEEN.replace(microsecond=0)
    await a_full_toy(seen_at=whole_second.astimezone(SHANGHAI))
    later = (whole_second + later_by).astimezone(SHANGHAI)

    assert await database.fetch_value("SELECT no FROM toy WHERE seen_at < $1", later) == 3
    assert await database.fetch_value("SELECT no FROM toy WHERE seen_at > $1", later) is None


async def test_instants_written_by_models_compare_with_those_of_units(shop: str) -> None:
    values = await a_full_toy(seen_at=SEEN)
    async with unit_of_work().models():
        await Toy.create(**values | {"no": 4, "seen_at": (SEEN).astimezone(SHANGHAI)})

    assert await database.fetch_value("SELECT count(*) FROM toy WHERE seen_at = $1", SEEN) == 2


async def test_an_instant_without_its_zone_is_refused(shop: str) -> None:
    with pytest.raises(ValueError, match="needs its time zone"):
        await a_full_toy(seen_at=datetime(2026, 11, 23))  # noqa: DTZ001


async def test_a_list_of_keys_finds_each_of_them(shop: str) -> None:
    values = await a_full_toy()
    marks, args = database.in_list([values["owner_id"], new_id()], start=2)

    found = await database.fetch(
        f"SELECT no FROM toy WHERE no = $1 AND owner_id IN {marks}", 3, *args
    )
    assert found == [{"no": 3}]


async def test_an_empty_list_finds_nothing(shop: str) -> None:
    await a_full_toy()
    marks, args = database.in_list([])

    assert await database.fetch(f"SELECT no FROM toy WHERE owner_id IN {marks}", *args) == []


async def test_the_latest_instant_is_an_instant(shop: str) -> None:
    await a_full_toy()

    latest = await database.fetch_value("SELECT max(seen_at) FROM toy")
    assert database.instant(latest) == SEEN


async def test_one_parameter_may_be_used_twice(shop: str) -> None:
    await a_full_toy()

    found = await database.fetch_value("SELECT no FROM toy WHERE no >= $1 AND no <= $1", 3)
    assert found == 3


async def test_nothing_found_is_none(shop: str) -> None:
    assert await database.fetch_one("SELECT no FROM toy") is None
    assert await database.fetch_value("SELECT no FROM toy") is None


async def test_reading_cannot_write(sqlite_shop: str) -> None:
    with pytest.raises(Exception, match="readonly"):
        await database.fetch("DELETE FROM toy RETURNING id")


async def test_a_long_read_holds_nobody_up(shop: str) -> None:
    reading = asyncio.create_task(database.fetch_value(SLOW.format(1_000_000)))
    longest = 0.0
    while not reading.done():
        before = asyncio.get_running_loop().time()
        await asyncio.sleep(0.001)
        longest = max(longest, asyncio.get_running_loop().time() - before)

    assert await reading == 1_000_000
    assert longest < 0.2


async def test_a_read_without_end_is_given_up_on_sqlite(tmp_path: Path) -> None:
    async with opened(f"sqlite://{tmp_path / 'a.db'}", models=TOYS, longest_read_s=0.2):
        with pytest.raises(Unavailable):
            await database.fetch(SLOW.format(10**12))


@pytest.mark.pg
async def test_a_read_without_end_is_given_up_on_postgres(empty_postgres: str) -> None:
    async with opened(empty_postgres, models=TOYS, longest_read_s=0.2):
        with pytest.raises(Unavailable):
            await database.fetch(SLOW.format(10**12))


async def test_a_hundred_reads_cut_off_leave_reading_alive(shop: str) -> None:
    reads = [asyncio.create_task(database.fetch(SLOW.format(100_000))) for _ in range(100)]
    await asyncio.sleep(0.01)
    [read.cancel() for read in reads]
    await asyncio.wait(reads)

    assert await asyncio.wait_for(database.fetch_value("SELECT 1"), 5) == 1
