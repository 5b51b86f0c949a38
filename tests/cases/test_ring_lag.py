"""How long a clock that is due has waited for somebody to ring it."""

from datetime import timedelta

from server import cases
from server.base import clock


async def test_nothing_waits_while_no_clock_is_due(desk):
    await desk.report()
    assert await cases.ring_lag_s(clock.now()) == 0.0


async def test_a_clock_nobody_rang_has_waited_since_it_was_due(desk, hands):
    await resolved(desk)
    hands.move(timedelta(days=3, minutes=5))
    assert await cases.ring_lag_s(clock.now()) == timedelta(minutes=5).total_seconds()


async def resolved(desk):
    """A case that waits three days for its resident's word."""
    opened = await desk.report()
    for move in ("accept", "self_handle"):
        await desk.move(opened, move, desk.grid_worker)
    return await desk.move(opened, "resolve", desk.grid_worker, outcome="fixed", text="修好了")
