"""What has changed under a path of the place tree: who keeps something made from it drops it.

Told in this process before whoever made the change is answered, and over the bus to the others;
what the bus loses is dropped when its time is up.
"""

from collections.abc import Callable

from server.base import cache
from server.base.bus import Message
from server.base.relay import Relay

TOPIC = "changed"
Dropping = Callable[[str], None]

_droppers: list[Dropping] = []
_askers: list[Callable[[], None]] = []


def dropper(drop: Dropping) -> Dropping:
    """Have this called with every path that changed. Decorates a function of a module."""
    _droppers.append(drop)
    return drop


def asker(ask_again: Callable[[], None]) -> Callable[[], None]:
    """Have this called once everything kept was dropped, by who waits on an answer made from it.
    Decorates a function of a module."""
    _askers.append(ask_again)
    return ask_again


def changed(path: str) -> None:
    """Something that is shown at this path is no longer what it was."""
    _relay.tell({"path": path})


def everything_changed() -> None:
    """Something many answers are made of is no longer what it was, as who answers for what: rare,
    so everything kept is read anew."""
    _relay.tell({"everything": True})


def _drop(message: Message) -> None:
    if message.get("everything"):
        cache.clear()
        for ask_again in _askers:
            ask_again()
        return
    for drop in _droppers:
        drop(str(message["path"]))


_relay = Relay(TOPIC, _drop)
carry = _relay.carry
