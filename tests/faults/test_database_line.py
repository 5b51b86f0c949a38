"""The line to PostgreSQL is cut before its answers arrive, or is silent for a while."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.databases import a_database_of
from tests.faults import ledger
from tests.faults.crowd import Crowd, reporting
from tests.faults.line import Line
from tests.faults.mortal import MortalTown
from tests.faults.proxy import Proxy, between
from tests.faults.records import OpenTally, Tally

pytestmark = pytest.mark.pg

BETWEEN_TWO = 20
UNHEARD_S = 0.03  # long enough for the database to commit what it was told
SILENT_S = 1.0


@pytest.fixture
async def by_proxy(postgres_server: str, tmp_path: Path) -> AsyncIterator[tuple[MortalTown, Proxy]]:
    """A town whose server speaks to its database through us."""
    url = await asyncio.to_thread(a_database_of, postgres_server)
    async with between(url) as (proxy, through):
        town = await asyncio.to_thread(MortalTown, tmp_path / "data", url, served_by=through)
        try:
            await asyncio.to_thread(town.start)
            yield town, proxy
        finally:
            await asyncio.to_thread(town.stop)


async def _cut_again_and_again(proxy: Proxy, crowd: Crowd, cycles: int, tally: Tally) -> None:
    for _ in range(cycles):
        await crowd.is_told(BETWEEN_TWO)
        proxy.deaf = True
        await asyncio.sleep(UNHEARD_S)
        proxy.cut()
        proxy.deaf = False
        tally.took(await crowd.is_told(1))


async def _silent_again_and_again(
    town: MortalTown, proxy: Proxy, crowd: Crowd, cycles: int, tally: Tally
) -> list[int]:
    """What the server says of its own health meanwhile."""
    health = []
    for _ in range(cycles):
        await crowd.is_told(BETWEEN_TWO)
        proxy.open.clear()
        with Line(town.port) as line:
            health.append((await line.get("/healthz")).status)
        await asyncio.sleep(SILENT_S)
        proxy.open.set()
        tally.took(await crowd.is_told(1))
    return health


async def test_what_was_committed_unheard_is_there_once(
    by_proxy: tuple[MortalTown, Proxy], cycles: int, tally: OpenTally
) -> None:
    (town, proxy), counted = by_proxy, tally("answers of the database lost", "postgres")

    async with reporting(town) as crowd:
        await _cut_again_and_again(proxy, crowd, cycles, counted)

    await asyncio.to_thread(ledger.count, town, crowd.sent, counted)
    assert set(crowd.failures) <= {"503"}
    assert (counted.lost, counted.doubled) == (0, 0)
    assert await asyncio.to_thread(ledger.faults, town) == []


async def test_a_silent_database_is_waited_for_and_the_server_stays_well(
    by_proxy: tuple[MortalTown, Proxy], cycles: int, tally: OpenTally
) -> None:
    (town, proxy), counted = by_proxy, tally("database silent", "postgres")

    async with reporting(town) as crowd:
        health = await _silent_again_and_again(town, proxy, crowd, cycles, counted)

    await asyncio.to_thread(ledger.count, town, crowd.sent, counted)
    assert health == [200] * cycles
    assert set(crowd.failures) <= {"503"}
    assert (counted.lost, counted.doubled) == (0, 0)
    assert await asyncio.to_thread(ledger.faults, town) == []
