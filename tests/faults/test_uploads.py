"""Photos cut on their way, by the phone or by the end of the server: none is half kept."""

import asyncio
import random
import time
from contextlib import ExitStack

import psutil

from tests.faults import album
from tests.faults.album import Shot
from tests.faults.line import Line
from tests.faults.mortal import MortalTown
from tests.faults.records import OpenTally, Tally

CHANCE = random.Random(3)
AT_ONCE = 6
CUT_OFF = 8  # a cycle
ASKED_AGAIN = 6
CHILDREN = 2
LOOKS = 400


async def _begun(town: MortalTown, many: int, stack: ExitStack) -> list[Shot]:
    """So many photos, each sent up to some byte; the lines are cut when the stack is closed."""
    shots = [album.shot() for _ in range(many)]
    for each in shots:
        line = Line(town.port)
        stack.callback(line.hang_up)
        await album.begin(line, each, CHANCE)
    return shots


async def _sent_whole(town: MortalTown, shots: list[Shot]) -> list[int]:
    """The statuses of sending them all, once more."""
    with Line(town.port) as line:
        return [(await album.send(line, each)).status for each in shots]


async def _killed_while_sending(town: MortalTown, cycles: int, tally: Tally) -> list[Shot]:
    sent: list[Shot] = []
    for _ in range(cycles):
        with ExitStack() as lines:
            shots = await _begun(town, AT_ONCE, lines)
            await asyncio.sleep(CHANCE.uniform(0, 0.4))
            began = time.monotonic()
            town.kill()
        await asyncio.to_thread(town.start)
        await _sent_whole(town, shots[:1])
        tally.took(time.monotonic() - began)
        await _sent_whole(town, shots[1:])
        sent += shots
    return sent


async def _hung_up_on(town: MortalTown, cycles: int, tally: Tally) -> list[Shot]:
    sent: list[Shot] = []
    for _ in range(cycles):
        with ExitStack() as lines:
            shots = await _begun(town, CUT_OFF, lines)
            await asyncio.sleep(CHANCE.uniform(0, 0.1))
        began = time.monotonic()
        await _sent_whole(town, shots[:1])
        tally.took(time.monotonic() - began)
        await _sent_whole(town, shots[1:])
        sent += shots
    return sent


async def _files_above(process: psutil.Process, before: int) -> int:
    """How many more files are open than before, once it has noticed who is gone."""
    for _ in range(LOOKS):
        if process.num_fds() <= before:
            break
        await asyncio.sleep(0.05)
    return max(0, process.num_fds() - before)


def _counted(town: MortalTown, sent: list[Shot], before: int, tally: Tally) -> None:
    tally.acknowledged = sum(bool(each.photo_id) for each in sent)
    tally.lost = album.missing(town, sent)
    tally.doubled = album.rows(town) - before - tally.acknowledged


async def test_a_photo_cut_by_the_end_of_the_server_is_kept_once_when_sent_again(
    town: MortalTown, cycles: int, tally: OpenTally
) -> None:
    counted, before = tally("kill -9 during uploads", town.database), album.rows(town)

    sent = await _killed_while_sending(town, cycles, counted)
    first = [each.photo_id for each in sent]
    await _sent_whole(town, sent[:: len(sent) // ASKED_AGAIN])

    _counted(town, sent, before, counted)
    assert [each.photo_id for each in sent] == first
    assert (counted.acknowledged, counted.lost, counted.doubled) == (AT_ONCE * cycles, 0, 0)
    assert album.unreadable(town) == []
    assert album.left_after_a_day(town) == []


async def test_a_photo_cut_off_by_the_phone_is_kept_once_when_sent_again(
    town: MortalTown, cycles: int, tally: OpenTally
) -> None:
    counted, before = tally("aborted uploads", town.database), album.rows(town)
    await _sent_whole(town, [warm := album.shot()])
    server = psutil.Process(town.process_id)
    open_before = server.num_fds()

    sent = [warm, *await _hung_up_on(town, cycles, counted)]

    _counted(town, sent, before, counted)
    assert (counted.acknowledged, counted.lost, counted.doubled) == (CUT_OFF * cycles + 1, 0, 0)
    assert album.unreadable(town) == []
    assert await _files_above(server, open_before) == 0
    assert len(server.children()) <= CHILDREN
