"""What goes on when nobody asks: deliver notices, ring clocks, feed the search, print, let go.

Runs inside the server when it is embedded, or alone as `mashang worker`. Every duty goes round on
its own, keeps its own log, and after a failure waits longer each time before it tries again. Two
workers may run at once: each duty takes what it does under a lease or a guard.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from server import (
    bindings,
    bulletins,
    cases,
    codes,
    contact,
    notices,
    people,
    privacy,
    retention,
    rosters,
    trust,
    wiring,
    workbook,
)
from server.base import clock, meters
from server.base.errors import Unavailable

log = logging.getLogger("mashang.worker")
LONGEST_WAIT_S = 60.0
ROUNDS_AT_ONCE = 100

Rest = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do again and again: what, and how long to rest between."""

    name: str
    do: Callable[[], Awaitable[object]]
    every_s: float
    rest: Rest = asyncio.sleep


async def deliver_notices() -> None:
    """Deliver whatever is due, batch by batch."""
    for _ in range(ROUNDS_AT_ONCE):
        if not await notices.deliver_due():
            return


async def ring_clocks() -> None:
    """Let every clock ring that has run out, batch by batch."""
    for _ in range(ROUNDS_AT_ONCE):
        if not await cases.ring_due(clock.now()):
            return


async def ring_unanswered() -> None:
    """Tell the leader of whoever was not answered, then make a case of it; let appeals that nobody
    decides go up; end what is over."""
    for _ in range(ROUNDS_AT_ONCE):
        if not await contact.ring_due(clock.now()):
            return


async def ring_homes() -> None:
    """Tell the leader of claims to a home that nobody verified; end what has run out."""
    for _ in range(ROUNDS_AT_ONCE):
        if not await bindings.ring_due(clock.now()):
            return


async def feed_search() -> None:
    """Let the search know of whatever happened, batch by batch."""
    for _ in range(ROUNDS_AT_ONCE):
        if not await cases.feed():
            return


async def print_plaques() -> None:
    """Draw what was asked for at the desk, one run after another."""
    while await codes.draw_due():
        pass


async def bring_in() -> None:
    """Check and write what was sent to set up a town, file by file."""
    for _ in range(ROUNDS_AT_ONCE):
        if not await workbook.carry_on():
            return


async def sweep() -> None:
    """Let go of what is over within days: photos nobody attached, keys of old requests, codes.

    And finish erasing whoever asked for it.
    """
    await people.close_over(clock.now())
    await retention.run_short_lived(clock.now())
    await privacy.finish_erasures()
    await codes.drop_prints(clock.now())
    await workbook.forget_imports(clock.now() - workbook.KEPT)


async def forget() -> None:
    """Once a night, let go of everything whose time is over."""
    await retention.run_at_night(clock.now())


async def change_firms() -> None:
    """Move to the firm that came what the one that left has open: cases, then conversations."""
    await rosters.move_what_is_open()
    await contact.move_what_is_open()


async def anchor() -> None:
    """One hash over everything written since the last one, also kept outside the database."""
    await trust.anchor_all(wiring.ANCHORED, clock.now())


async def measure() -> None:
    """Look how much waits, for those who watch."""
    meters.NOTICES_WAITING.set(await notices.count_waiting())
    meters.CLOCK_LAG.set(await cases.ring_lag_s(clock.now()))


# Scans are counted in the memory of each server, so each writes down its own; so are openings of
# bulletins, the last uses of sessions, and its pulse.
OWN = (
    Duty("scans", codes.flush_scans, every_s=5),
    Duty("reads", bulletins.flush_reads, every_s=5),
    Duty("uses", people.write_down_uses, every_s=5),
    Duty("pulse", meters.feel_pulse, every_s=4),
)
DUTIES = (
    Duty("notices", deliver_notices, every_s=1, rest=notices.woken),
    Duty("clocks", ring_clocks, every_s=5),
    Duty("unanswered", ring_unanswered, every_s=10),
    Duty("homes", ring_homes, every_s=60),
    Duty("search", feed_search, every_s=2),
    Duty("prints", print_plaques, every_s=2),
    Duty("imports", bring_in, every_s=2),
    Duty("sweep", sweep, every_s=3600),
    Duty("retention", forget, every_s=600),
    Duty("firms", change_firms, every_s=60),
    Duty("anchors", anchor, every_s=60),
    Duty("measure", measure, every_s=15),
    *OWN,
)


async def work(duties: tuple[Duty, ...] = DUTIES) -> None:
    """Go round all duties until cancelled."""
    async with asyncio.TaskGroup() as group:
        for duty in duties:
            group.create_task(_go_round(duty), name=f"duty {duty.name}")


async def _go_round(duty: Duty) -> None:
    failures = 0
    while True:
        try:
            await duty.do()
            failures = 0
        except Exception as cause:
            failures += 1
            meters.DUTY_FAILURES.labels(duty.name).inc()
            # The whole story once, unless a part is away and the story is everybody's.
            story = failures == 1 and not isinstance(cause, Unavailable)
            log.warning("%s failed (%d): %s", duty.name, failures, _why(cause), exc_info=story)
        if failures:
            await asyncio.sleep(min(LONGEST_WAIT_S, duty.every_s * 2 ** min(failures, 10)))
        else:
            await duty.rest(duty.every_s)


def _why(cause: Exception) -> str:
    below = cause.__cause__ if isinstance(cause, Unavailable) else None
    return repr(below or cause)
