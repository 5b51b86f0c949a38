"""Telling all processes at once: this one before anybody goes on, the others over the bus.

What the bus loses is found in the database, or forgotten when its time is up.
"""

import asyncio
from collections.abc import Callable

from server.base.bus import Bus, Message


class Relay:
    """One topic: `hear` is called with whatever is told here, or in another process."""

    def __init__(self, topic: str, hear: Callable[[Message], None]) -> None:
        self._topic, self._hear = topic, hear
        self._bus: Bus | None = None  # None before it is open, and after
        self._telling: set[asyncio.Task[None]] = set()

    def tell(self, message: Message) -> None:
        """Heard here before this returns; nobody waits for the others."""
        self._hear(message)
        if self._bus is not None and self._bus.reaches_others:
            published = self._bus.publish(self._topic, message)
            task = asyncio.get_running_loop().create_task(published)
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    async def carry(self, bus: Bus) -> None:
        """Tell other processes over this bus, and listen to them, until cancelled."""
        self._bus = bus
        try:
            async with bus.subscribe(self._topic) as messages:
                async for message in messages:
                    self._hear(message)
        finally:
            self._bus = None
