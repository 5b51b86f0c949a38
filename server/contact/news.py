"""Telling whoever looks at a conversation that there is something new in it, and never what.

Here at once, in other processes over the bus; what the bus loses is found at the next look.
Whoever listens is also woken to be asked anew who they are: when a session of theirs ended, and
when posts changed hands.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from server import people
from server.base import changes
from server.base.bus import Message
from server.base.relay import Relay

_Watching = dict[UUID, set[asyncio.Event]]
_watching: _Watching = {}
_listeners: _Watching = {}  # by account


@contextmanager
def watching(conversation_id: UUID, account_id: UUID | None = None) -> Iterator[asyncio.Event]:
    """An event that is set whenever something is new, or this account may be no longer who it was.
    However slow its reader, nothing piles up."""
    event = asyncio.Event()
    with _among(_watching, conversation_id, event), _among(_listeners, account_id, event):
        yield event


@contextmanager
def _among(watching: _Watching, key: UUID | None, event: asyncio.Event) -> Iterator[None]:
    if key is None:
        yield
        return
    watching.setdefault(key, set()).add(event)
    try:
        yield
    finally:
        watching[key].discard(event)
        if not watching[key]:
            del watching[key]


def told(conversation_id: UUID) -> None:
    """Something was said, read or done."""
    _relay.tell({"id": str(conversation_id)})


def _wake(message: Message) -> None:
    for event in _watching.get(UUID(message["id"]), ()):
        event.set()


@people.asker
def _ask_again(account_id: UUID) -> None:
    for event in _listeners.get(account_id, ()):
        event.set()


@changes.asker
def _ask_everybody() -> None:
    for events in _listeners.values():
        for event in events:
            event.set()


_relay = Relay("conversation", _wake)
carry = _relay.carry
