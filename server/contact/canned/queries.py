"""Reading the replies of a unit: to keep its list, and to press one in a conversation."""

from dataclasses import dataclass
from uuid import UUID

from server.base import database
from server.base.viewer import Viewer
from server.contact.canned.rules import TOWNS_OWN, Replies, Reply, edited_units
from server.contact.errors import RepliesUnknown, ReplyGone
from server.contact.queries import ConversationFile, stands
from server.contact.writing import acting_post


@dataclass(frozen=True, slots=True)
class CannedList:
    """What a unit has to press. `version` 0: nobody has changed anything yet."""

    unit_id: UUID
    unit_name: str
    replies: Replies
    is_own: bool  # else they are the town's
    version: int


async def canned_list(unit_id: UUID, viewer: Viewer) -> CannedList:
    """The list of a unit, for whoever keeps it. Raises RepliesUnknown."""
    units = edited_units(viewer)
    if unit_id not in units:
        raise RepliesUnknown
    replies, version = await _kept(unit_id)
    return CannedList(unit_id, units[unit_id], replies, replies is not TOWNS_OWN, version)


async def offered_replies(conversation: ConversationFile, viewer: Viewer) -> Replies:
    """What the viewer may press in a conversation: of the unit they answer for; a resident
    nothing."""
    post = acting_post(conversation, viewer)
    if post is None or stands(conversation, viewer) == "resident":
        return ()
    replies, _ = await _kept(post.unit_id)
    return replies


async def words_of(unit_id: UUID, key: str) -> str:
    """The words that were pressed. Raises ReplyGone where the unit no longer has these very
    ones."""
    replies, _ = await _kept(unit_id)
    for one in replies:
        if one.key == key:
            return one.words
    raise ReplyGone


async def _kept(unit_id: UUID) -> tuple[Replies, int]:
    """What it has to press, which is the town's while it has none, and its version."""
    row = await database.fetch_one(
        "SELECT replies, version FROM canned_replies WHERE unit_id = $1", unit_id
    )
    if row is None:
        return TOWNS_OWN, 0
    own = tuple(Reply(key, words) for key, words in row["replies"])
    return own or TOWNS_OWN, row["version"]
