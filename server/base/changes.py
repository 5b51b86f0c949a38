"""What has changed under a path of the place tree: who keeps something made from it drops it.

Told in this process before whoever made the change is answered, and over the bus to the others;
what the bus loses is dropped when its time is up.
"""

import asyncio
from collections.abc import Callable

from server.base import cache
from server.base.bus import Bus

TOPIC = "changed"
Dropping = Callable[[str], None]

_droppers: list[Dropping] = []
_telling: set[asyncio.Task[None]] = set()


class _Carried:
    """The bus that tells other processes; None while this one is alone."""

    bus: Bus | None = None


def dropper(drop: Dropping) -> Dropping:
    """Have this called with every path that changed. Decorates a function of a module."""
    _droppers.append(drop)
    return drop


def changed(path: str) -> None:
    """Something that is shown at this path is no longer what it was."""
    _drop(path)
    _tell({"path": path})


def everything_changed() -> None:
    """Something many answers are made of is no longer what it was, as who answers for what: rare,
    so everything kept is read anew."""
    cache.clear()
    _tell({"everything": True})


def _tell(message: dict[str, object]) -> None:
    if _Carried.bus is not None:
        task = asyncio.get_running_loop().create_task(_Carried.bus.publish(TOPIC, message))
        _telling.add(task)
        task.add_done_callback(_telling.discard)


async def carry(bus: Bus) -> None:
    """Tell other processes over this bus, and listen to them, until cancelled."""
    _Carried.bus = bus
    try:
        async with bus.subscribe(TOPIC) as messages:
            async for message in messages:
                if message.get("everything"):
                    cache.clear()
                else:
                    _drop(str(message["path"]))
    finally:
        _Carried.bus = None


def _drop(path: str) -> None:
    for drop in _droppers:
        drop(path)
