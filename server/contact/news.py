"""Telling whoever looks at a conversation that there is something new in it, and never what.

Here at once, in other processes over the bus; what the bus loses is found at the next look.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from server.base.bus import Bus

TOPIC = "conversation"
_watching: dict[UUID, set[asyncio.Event]] = {}
_telling: set[asyncio.Task[None]] = set()


class _Carried:
    """The bus that tells other processes; None while this one is alone."""

    bus: Bus | None = None


@contextmanager
def watching(conversation_id: UUID) -> Iterator[asyncio.Event]:
    """An event that is set whenever something is new. However slow its reader, nothing piles up."""
    event = asyncio.Event()
    _watching.setdefault(conversation_id, set()).add(event)
    try:
        yield event
    finally:
        _watching[conversation_id].discard(event)
        if not _watching[conversation_id]:
            del _watching[conversation_id]


def told(conversation_id: UUID) -> None:
    """Something was said, read or done."""
    _wake(conversation_id)
    if _Carried.bus is not None:
        said = _Carried.bus.publish(TOPIC, {"id": str(conversation_id)})
        task = asyncio.get_running_loop().create_task(said)
        _telling.add(task)
        task.add_done_callback(_telling.discard)


async def carry(bus: Bus) -> None:
    """Tell other processes over this bus, and listen to them, until cancelled."""
    _Carried.bus = bus
    try:
        async with bus.subscribe(TOPIC) as messages:
            async for message in messages:
                _wake(UUID(message["id"]))
    finally:
        _Carried.bus = None


def _wake(conversation_id: UUID) -> None:
    for event in _watching.get(conversation_id, ()):
        event.set()
