"""Letting go of what was said: with an account that is erased, and a year after the last word."""

from datetime import datetime
from typing import Any
from uuid import UUID

from server import photos
from server.base import database
from server.base.unit import AnyOf, unit_of_work
from server.contact.models import Conversation, Message

AT_ONCE = 200


async def forget_account(account_id: UUID) -> int:
    """Nothing tells any more who wrote or what; the conversations end. Twice is as good as once.

    How many these were.
    """
    rows = await database.fetch("SELECT id FROM conversation WHERE account_id = $1", account_id)
    ids = tuple(row["id"] for row in rows)
    if ids:
        nobody: dict[str, Any] = {"account_id": None, "key_hash": None, "writer": None}
        nobody |= {"state": "ended", "ring_at": None}
        await _let_go(ids, nobody)
    return len(ids)


async def old_conversations(before: datetime) -> int:
    """How many there are in which nothing was said since then."""
    found = await database.fetch_value(
        "SELECT count(*) AS n FROM conversation WHERE last_at < $1", before
    )
    return int(found)


async def forget_conversations(before: datetime) -> int:
    """Delete them with every word and photo; how many that were."""
    forgotten = 0
    while True:
        rows = await database.fetch(
            f"SELECT id FROM conversation WHERE last_at < $1 ORDER BY last_at LIMIT {AT_ONCE}",
            before,
        )
        if not rows:
            return forgotten
        await _let_go(tuple(row["id"] for row in rows), None)
        forgotten += len(rows)


async def _let_go(ids: tuple[UUID, ...], left: dict[str, Any] | None) -> None:
    """Take words and photos away, and the conversations with them unless something is `left`."""
    which = AnyOf(ids)
    async with unit_of_work() as unit:
        photos.forget_talked(unit, ids)
        if left is None:
            unit.delete(Message, where={"conversation_id": which})
            unit.delete(Conversation, where={"id": which})
            return
        nothing: dict[str, Any] = {"text_sealed": None, "photos": []}
        unit.update(Message, where={"conversation_id": which}, set=nothing, expecting=None)
        unit.update(Conversation, where={"id": which}, set=left, expecting=None)
