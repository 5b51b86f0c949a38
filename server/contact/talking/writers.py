"""Who begins to talk: whose conversations are counted, and what of them is open.

Each takes the next number of its writer, which only one can have: of two begun at once the second
looks again at what is open, in whatever process it is.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server import cases
from server.base import database
from server.base.viewer import Viewer
from server.contact.errors import BegunJustNow, Blocked, TooManyConversations
from server.contact.queries import ConversationFile, key_of, own_standing, stands
from server.contact.rules import MOST_OPEN


@dataclass(frozen=True, slots=True)
class Writer:
    """An account, or a guest by the keys her phone holds; how many she has begun."""

    id: bytes
    begun: int


async def writer_of(by: Viewer) -> Writer | None:
    """As of now; ask it before what is open. None for a guest nobody has seen before, who is told
    from no other."""
    known = by.account_id.bytes if by.account_id else await _of_guest(by)
    if known is None:
        return None
    begun = await database.fetch_value(
        "SELECT max(nth) AS nth FROM conversation WHERE writer = $1", known
    )
    return Writer(known, begun or 0)


async def open_with(
    post_id: UUID, place_id: UUID, writer: Writer | None, by: Viewer, now: datetime
) -> ConversationFile | None:
    """What is open with this post at this place. Raises Blocked, TooManyConversations, and
    BegunJustNow where a guest's phone has no key to it yet."""
    mine = await own_standing(by, writer.id if writer else None, now)
    if any(one.blocked and one.post_id == post_id for one in mine):
        raise Blocked
    going_on = [one for one in mine if one.state != "ended"]
    for one in going_on:
        if (one.post_id, one.place_id) == (post_id, place_id):
            if stands(one, by) != "resident":
                raise BegunJustNow
            return one
    if len(going_on) >= MOST_OPEN:
        raise TooManyConversations(3600, most=MOST_OPEN)
    return None


def columns_of(conversation_id: UUID, writer: Writer | None) -> dict[str, Any]:
    """The next number. Whoever was not seen before is known by the key to this one."""
    if writer is None:
        return {"writer": cases.key_hash(key_of(conversation_id)), "nth": 1}
    return {"writer": writer.id, "nth": writer.begun + 1}


async def _of_guest(by: Viewer) -> bytes | None:
    """The same for all her keys, and for one that she had before the first conversation."""
    if not by.keys:
        return None
    hashes = cases.key_hashes(by.keys)
    marks, values = database.in_list(hashes)
    row = await database.fetch_one(
        f"SELECT writer FROM conversation WHERE key_hash IN {marks} AND writer IS NOT NULL"
        " ORDER BY opened_at, id LIMIT 1",
        *values,
    )
    return bytes(row["writer"]) if row else hashes[0]
