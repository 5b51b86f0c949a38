"""The canned replies of a unit: to be pressed, and as whoever keeps them sees them."""

from uuid import UUID

from server import contact
from server.base.viewer import Viewer
from server.views.shape import Shape
from server.views.shapes import OptionShape


class ReplyList(Shape, frozen=True, kw_only=True):
    """What there is to press in a conversation; for a resident nothing."""

    items: list[OptionShape]


class CannedCard(Shape, frozen=True, kw_only=True):
    """What a unit has to press, to be changed; `units`: whose lists the viewer keeps."""

    unit_id: UUID
    unit: str
    units: list[OptionShape]
    replies: list[OptionShape]
    is_own: bool  # else the town's, with which every unit begins
    has_room: bool
    version: int


async def reply_list(conversation_id: UUID, viewer: Viewer) -> ReplyList:
    """What the viewer may press in a conversation. Raises ConversationUnknown."""
    one = await contact.find_conversation(conversation_id, viewer)
    return ReplyList(items=await reply_options(one, viewer))


async def reply_options(one: contact.ConversationFile, viewer: Viewer) -> list[OptionShape]:
    """The same of one that was found."""
    offered = await contact.offered_replies(one, viewer)
    return [OptionShape(value=reply.key, title=reply.words) for reply in offered]


async def canned_card(unit_id: UUID | None, viewer: Viewer) -> CannedCard:
    """The list of one unit, by default of the first the viewer keeps. Raises RepliesUnknown."""
    units = contact.edited_units(viewer)
    chosen = unit_id or next(iter(units), None)
    if chosen is None:
        raise contact.RepliesUnknown
    found = await contact.canned_list(chosen, viewer)
    return CannedCard(
        unit_id=found.unit_id,
        unit=found.unit_name,
        units=[OptionShape(value=str(key), title=name) for key, name in units.items()],
        replies=[OptionShape(value=one.key, title=one.words) for one in found.replies],
        is_own=found.is_own,
        has_room=len(found.replies) < contact.MOST_REPLIES,
        version=found.version,
    )
