"""What has changed under a path of the place tree: who keeps something made from it drops it.

Told in this process before whoever made the change is answered, and over the bus to the others;
what the bus loses is dropped when its time is up.
"""

import asyncio
from collections.abc import Callable

from server.base.bus import Bus

TOPIC = "changed"
Dropping = Callable[[str], None]
Forgetting = Callable[[], None]

_droppers: list[Dropping] = []
_forgetters: list[Forgetting] = []
_telling: set[asyncio.Task[None]] = set()


class _Carried:
    """The bus that tells other processes; None while this one is alone."""

    bus: Bus | None = None


def dropper(drop: Dropping) -> Dropping:
    """Have this called with every path that changed. Decorates a function of a module."""
    _droppers.append(drop)
    return drop


def dropper_of_people(forget: Forgetting) -> Forgetting:
    """Have this called when who answers for what has changed. Decorates a function of a module."""
    _forgetters.append(forget)
    return forget


def changed(path: str) -> None:
    """Something that is shown at this path is no longer what it was."""
    _drop(path)
    _tell({"path": path})


def people_changed() -> None:
    """Who answers for something is no longer who it was: rare, so everything is read anew."""
    _forget()
    _tell({"people": True})


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
                if message.get("people"):
                    _forget()
                else:
                    _drop(str(message["path"]))
    finally:
        _Carried.bus = None


def _drop(path: str) -> None:
    for drop in _droppers:
        drop(path)


def _forget() -> None:
    for forget in _forgetters:
        forget()
