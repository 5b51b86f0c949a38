"""Letting go of what was said: with an account that is erased, and a year after the last word."""

from datetime import datetime
from typing import Any
from uuid import UUID

from server import photos
from server.base import database
from server.base.unit import LostRace, unit_of_work
from server.contact.models import Conversation, Message

AT_ONCE = 200


async def forget_account(account_id: UUID) -> int:
    """Nothing tells any more who wrote or what; the conversations end. Twice is as good as once.

    How many these were.
    """
    nobody: dict[str, Any] = {"account_id": None, "key_hash": None, "writer": None}
    nobody |= {"state": "ended", "ring_at": None}
    return await _let_go_all("account_id = $1", account_id, nobody)


async def old_conversations(before: datetime) -> int:
    """How many there are in which nothing was said since then."""
    found = await database.fetch_value(
        "SELECT count(*) AS n FROM conversation WHERE last_at < $1", before
    )
    return int(found)


async def forget_conversations(before: datetime) -> int:
    """Delete them with every word and photo; how many that were."""
    return await _let_go_all("last_at < $1", before, None)


async def _let_go_all(which: str, value: object, left: dict[str, Any] | None) -> int:
    """Each by itself, the oldest first, until there is none; how many these were."""
    forgotten = 0
    while rows := await database.fetch(
        f"SELECT id, last_seq FROM conversation WHERE {which} ORDER BY last_at LIMIT {AT_ONCE}",
        value,
    ):
        for row in rows:
            try:
                await _let_go(row["id"], row["last_seq"], left)
            except LostRace:
                continue  # Somebody said something more at that moment: it goes with the rest.
            forgotten += 1
    return forgotten


async def _let_go(conversation_id: UUID, last_seq: int, left: dict[str, Any] | None) -> None:
    """Take words and photos away, and the conversation with them unless something is `left`."""
    known, its = {"id": conversation_id, "last_seq": last_seq}, {"conversation_id": conversation_id}
    async with unit_of_work() as unit:
        if left is None:
            unit.delete(Conversation, where=known, expecting=1)
            unit.delete(Message, where=its)
        else:
            unit.update(Conversation, where=known, set=left)
            nothing: dict[str, Any] = {"text_sealed": None, "photos": []}
            unit.update(Message, where=its, set=nothing, expecting=None)
        photos.forget_talked(unit, conversation_id)
