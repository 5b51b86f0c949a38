"""Messages whose time is over: what was sent, and what was read or never read."""

from collections.abc import AsyncIterator
from datetime import datetime

from server.base import database
from server.base.unit import unit_of_work
from server.notices.models import InboxItem, Notice


async def old_notices(before: datetime) -> int:
    """How many messages of the outbox are from before then, delivered or given up."""
    return sum([len(ids) async for ids in _ended(before)])


async def forget_notices(before: datetime) -> int:
    """Drop them; how many that were. What is still to be delivered stays."""
    dropped = 0
    async for ids in _ended(before):
        async with unit_of_work().models():
            dropped += await Notice.filter(id__in=ids, run_at=None).delete()
    return dropped


async def old_inbox(before: datetime) -> int:
    """How many messages in inboxes are from before then."""
    return sum([len(rows) async for rows in database.older("inbox_item", "id", "at", before)])


async def forget_inbox(before: datetime) -> int:
    """Drop them, read or not; how many that were."""
    dropped = 0
    async for rows in database.older("inbox_item", "id", "at", before):
        async with unit_of_work().models():
            dropped += await InboxItem.filter(id__in=[row["id"] for row in rows]).delete()
    return dropped


async def _ended(before: datetime) -> AsyncIterator[list[int]]:
    async for rows in database.older("notice", "run_at", "created_at", before):
        if ids := [row["id"] for row in rows if row["run_at"] is None]:
            yield ids
