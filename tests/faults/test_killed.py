"""kill -9 in the middle of submits: what was acknowledged is there, once, and whole."""

import asyncio
import contextlib
import http.client
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from server.supervisor import STEADY_AFTER_S
from tests.databases import a_database_of
from tests.faults import ledger
from tests.faults.conftest import mortal
from tests.faults.crowd import CROWD, PATIENCE_S, Crowd, Resident, reporting
from tests.faults.mortal import MortalTown
from tests.faults.records import OpenTally, Tally

CHANCE = random.Random(9)
BETWEEN_TWO_KILLS = 20  # acknowledged at least
ASKED_AGAIN = 25
SELDOM_S = 0.1  # waiting for servers takes minutes


async def _killed_again_and_again(
    town: MortalTown, crowd: Crowd, cycles: int, tally: Tally
) -> None:
    for _ in range(cycles):
        await crowd.is_told(BETWEEN_TWO_KILLS)
        await asyncio.sleep(CHANCE.uniform(0, 0.3))
        began = time.monotonic()
        town.kill()
        await asyncio.to_thread(town.start)
        await crowd.is_told(1)
        tally.took(time.monotonic() - began)


async def _told_again(town: MortalTown, crowd: Crowd) -> list[str]:
    """Numbers that differ when the same is sent again."""
    some = crowd.sent[:: len(crowd.sent) // ASKED_AGAIN + 1]
    with Resident(town, Crowd()) as asking:
        again = [(each.number, await asking.sends(each)) for each in some]
    return [f"{number} became {other}" for number, other in again if number != other]


async def test_what_was_acknowledged_outlives_a_killed_server(
    town: MortalTown, cycles: int, tally: OpenTally
) -> None:
    counted = tally("kill -9 during submits", town.database)

    async with reporting(town) as crowd:
        await _killed_again_and_again(town, crowd, cycles, counted)

    ledger.count(town, crowd.sent, counted)
    assert counted.acknowledged >= cycles * BETWEEN_TWO_KILLS
    assert (counted.lost, counted.doubled) == (0, 0)
    assert await _told_again(town, crowd) == []
    assert ledger.faults(town) == []


@pytest.fixture
def two_servers(sturdy_postgres: Any, tmp_path: Path) -> Iterator[MortalTown]:
    """One town, one port, two servers behind it."""
    url = a_database_of(sturdy_postgres.get_uri())
    with mortal(tmp_path / "data", url, workers="2") as made:
        yield made


def _both_answer(port: int) -> None:
    """Two servers have answered on the port: each numbers its requests in its own way."""
    heard, give_up_at = set(), time.monotonic() + PATIENCE_S
    while len(heard) < 2:
        assert time.monotonic() < give_up_at, "the second server does not come back"
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        with (
            contextlib.closing(asked),
            contextlib.suppress(ConnectionError, http.client.HTTPException),
        ):
            asked.request("GET", "/healthz")
            heard.add(asked.getresponse().headers["x-request-id"][:8])
        time.sleep(0.05)


def _steady(town: MortalTown) -> psutil.Process:
    """The server that lived longer, once it has lived long enough to be started again at once."""
    oldest = min(psutil.Process(town.process_id).children(), key=psutil.Process.create_time)
    time.sleep(max(0, oldest.create_time() + STEADY_AFTER_S + 1 - time.time()))
    return oldest


async def _one_killed_again_and_again(
    town: MortalTown, crowd: Crowd, cycles: int, tally: Tally
) -> None:
    for _ in range(cycles):
        await crowd.is_told(BETWEEN_TWO_KILLS)
        await asyncio.to_thread(_both_answer, town.port)  # Or all are killed, not one of two.
        (await asyncio.to_thread(_steady, town)).kill()
        tally.took(await crowd.is_told(BETWEEN_TWO_KILLS))


@pytest.mark.pg
async def test_one_of_two_servers_killed_costs_nobody_more_than_a_second_try(
    two_servers: MortalTown, cycles: int, tally: OpenTally
) -> None:
    town, counted = two_servers, tally("kill -9 of one of two servers", "postgres")

    async with reporting(town, every_s=SELDOM_S) as crowd:
        await _one_killed_again_and_again(town, crowd, cycles, counted)

    ledger.count(town, crowd.sent, counted)
    assert set(crowd.failures) <= {"cut"}
    assert crowd.failures.get("cut", 0) <= CROWD * cycles
    assert (counted.lost, counted.doubled) == (0, 0)
    assert ledger.faults(town) == []
