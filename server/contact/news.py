"""Telling whoever looks at a conversation that there is something new in it, and never what.

Here at once, in other processes over the bus; what the bus loses is found at the next look.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from server.base.bus import Message
from server.base.relay import Relay

_watching: dict[UUID, set[asyncio.Event]] = {}


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
    _relay.tell({"id": str(conversation_id)})


def _wake(message: Message) -> None:
    for event in _watching.get(UUID(message["id"]), ()):
        event.set()


_relay = Relay("conversation", _wake)
carry = _relay.carry
