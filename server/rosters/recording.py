"""A change and its audit record in one unit, once however often it is sent."""

from collections.abc import Awaitable, Callable
from functools import partial

from server import trust
from server.base import clock
from server.base.errors import Invalid
from server.base.unit import Duplicate, LostRace, Unit
from server.rosters.errors import RosterMovedOn
from server.trust import Act, ReplayKey

Put = Callable[[Unit], None]
Sure = Callable[[], Awaitable[None]]


async def record_once(act: Act, asked: ReplayKey, put: Put, *, sure: Sure | None = None) -> None:
    """Write both, unless this request did so before. Raises RosterMovedOn after a lost race.

    `sure` raises what is in the way of a new request; it still holds when both are written.
    """

    def also(unit: Unit) -> None:
        put(unit)
        trust.remember(unit, asked, {"done": act.action}, at=clock.now())

    if await trust.find_replay(asked) is not None:
        return
    try:
        await trust.record(act, also=also, sure=partial(_ask, sure, asked))
    except LostRace:
        raise RosterMovedOn from None
    except Duplicate:
        if await trust.find_replay(asked) is None:
            raise


async def _ask(sure: Sure | None, asked: ReplayKey) -> None:
    try:
        if sure is not None:
            await sure()
    except Invalid:  # It may be this very request, sent twice, that is in its own way.
        if await trust.find_replay(asked) is None:
            raise


async def record_change(act: Act, put: Put) -> None:
    """Write both; for what is the same once or twice. Raises RosterMovedOn after a lost race."""
    try:
        await trust.record(act, also=put)
    except LostRace:
        raise RosterMovedOn from None
