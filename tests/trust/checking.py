"""A case with a move, and the town as the check of its anchors finds it."""

from collections import Counter
from pathlib import Path

from server import wiring
from server.base import clock
from server.cases import CaseFile
from server.trust import Findings, anchors, verify
from tests.desk import Desk

STREAMS = wiring.ANCHORED


async def a_moved_case(desk: Desk) -> CaseFile:
    opened = await desk.report()
    return await desk.move(opened, "accept", desk.grid_worker)


async def findings(outside: Path) -> Findings:
    found = Findings()
    floor = await verify.check_records(found)
    await verify.check_anchors(found, STREAMS, floor, outside, clock.now())
    return found


async def anchored_rows() -> Counter:
    """How often each row stands in an anchor, by its table's mark and its number."""
    kept = await anchors.after(0)
    leaves = [one for each in kept for one in await anchors.leaves_of(each.no)]
    return Counter((one.mark, one.row) for one in leaves)
