"""Many who change the same thing at once: each wins in the end, one after another.

Whoever loses a race reads again. Those of one process take turns, so that only processes race.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Hashable
from typing import TypeVar
from weakref import WeakValueDictionary

from server.base.errors import Unavailable
from server.base.write_set import LostRace

MOST_TRIES = 60
LONGEST_WAIT_S = 0.04
R = TypeVar("R")
_turns: "WeakValueDictionary[Hashable, asyncio.Lock]" = WeakValueDictionary()


async def until_won(what: Hashable, attempt: Callable[[], Awaitable[R]]) -> R:
    """Call `attempt` until it no longer raises LostRace; `what` is the thing all of them change.

    Raises Unavailable, to try again after a second, for whoever always loses.
    """
    turn = _turns.setdefault(what, asyncio.Lock())
    async with turn:
        for tried in range(MOST_TRIES):
            try:
                return await attempt()
            except LostRace:
                await asyncio.sleep(random.random() * min(LONGEST_WAIT_S, 0.004 * tried))
    raise Unavailable(retry_after_s=1)
