"""kill -9 in the middle of submits: what was acknowledged is there, once, and whole."""

import asyncio
import random
import time

from tests.faults import ledger
from tests.faults.crowd import Crowd, Resident, reporting
from tests.faults.mortal import MortalTown
from tests.faults.records import OpenTally, Tally

CHANCE = random.Random(9)
BETWEEN_TWO_KILLS = 20  # acknowledged at least
ASKED_AGAIN = 25


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
