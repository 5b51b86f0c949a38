"""Conversations as each side sees them: names of staff as on the plate, of residents masked."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec import UNSET, UnsetType

from server import cases, codes, contact, org, people, places
from server.base import clock, seal
from server.base.viewer import Viewer
from server.contact import ConversationFile, Conversations, MessageFile
from server.org import Responsible
from server.views.canned import reply_options
from server.views.conversation_shapes import (
    ConversationList,
    ConversationPage,
    ConversationShape,
    MessageList,
    MessageShape,
    SpeakerShape,
    WaitsShape,
)
from server.views.photos import photo_shapes, pick
from server.views.places import place_shape
from server.views.shapes import OptionShape, PhotoShape
from server.views.sign_shapes import ContactShape

SHOWN = 50
GUEST_NAME = "扫码的居民"


async def conversation_shape(one: ConversationFile, viewer: Viewer) -> ConversationShape:
    """One conversation as the viewer sees it."""
    names = await _names([one])
    return await _shape(one, viewer, names)


async def conversation_shapes(
    found: Sequence[ConversationFile], viewer: Viewer
) -> list[ConversationShape]:
    """Several of them."""
    names = await _names(found)
    return [await _shape(one, viewer, names) for one in found]


async def own_conversations(viewer: Viewer, *, after: str | None = None) -> ConversationList:
    """What the viewer began, newest first."""
    return await _list(await contact.own_conversations(viewer, after=after), viewer)


async def work_conversations(viewer: Viewer, *, after: str | None = None) -> ConversationList:
    """What was written to the viewer's posts, newest first."""
    return await _list(await contact.conversations_of_posts(viewer, after=after), viewer)


async def conversation_page(
    conversation_id: UUID, viewer: Viewer, *, before: int = 0
) -> ConversationPage:
    """A conversation with its messages up to `before`, else the newest. Raises ConversationUnknown.

    What is shown is read: the other side sees that.
    """
    one = await contact.find_conversation(conversation_id, viewer)
    await contact.mark_read(one.id, one.last_seq, by=viewer)
    last = min(one.last_seq, before - 1) if before else one.last_seq
    first = max(0, last - SHOWN)
    found = await contact.read_messages(one.id, after=first, limit=last - first)
    ground = await places.find(one.place_id)
    shape = await conversation_shape(one, viewer)
    return ConversationPage(
        conversation=shape,
        place=place_shape(ground),
        messages=await message_shapes(one, found, viewer),
        earlier=first > 0,
        colleagues=await _colleagues(one) if "hand_over" in shape.may else [],
        canned=await reply_options(one, viewer),
        code=await codes.sign_at(one.place_id) or UNSET,
        duty_phone=await org.duty_phone(ground) or UNSET,
        keeps_canned=shape.me != "resident" and bool(contact.edited_units(viewer)),
    )


async def message_list(conversation_id: UUID, viewer: Viewer, *, after: int = 0) -> MessageList:
    """What was said after a number, in order. Raises ConversationUnknown."""
    one = await contact.find_conversation(conversation_id, viewer)
    found = await contact.read_messages(one.id, after=after)
    items = await message_shapes(one, found, viewer)
    more = bool(found) and found[-1].seq < one.last_seq
    return MessageList(items=items, next=found[-1].seq if more else UNSET)


async def message_shapes(
    one: ConversationFile, messages: Sequence[MessageFile], viewer: Viewer
) -> list[MessageShape]:
    """Messages as the viewer sees them."""
    names = await _names([one])
    pictures = await photo_shapes(photo for message in messages for photo in message.photos)
    how = contact.stands(one, viewer)
    may_case = "case" in contact.may(one, viewer)
    resident = names.get(one.id, GUEST_NAME)
    return [
        MessageShape(
            seq=message.seq,
            at=message.at,
            who=_speaker(message, how, resident, viewer),
            kind=message.kind,
            text=message.text or UNSET,
            photos=_pictures(message, pictures),
            emergency=message.danger,
            case=message.case_number or UNSET,
            case_key=await _case_key(message, one, how),
            may_case=may_case and message.side == "resident" and message.kind == "said",
        )
        for message in messages
    ]


async def reply_times(viewer: Viewer) -> list[WaitsShape]:
    """How long residents wait, by role."""
    return [
        WaitsShape(
            role_title=one.role_title,
            answers=one.answers,
            half_within_minutes=-(-one.half_within_s // 60),
            became_cases=one.became_cases,
        )
        for one in await contact.reply_times(viewer)
    ]


async def _list(found: Conversations, viewer: Viewer) -> ConversationList:
    items = await conversation_shapes(found.items, viewer)
    return ConversationList(items=items, next=found.next or UNSET)


async def _shape(
    one: ConversationFile, viewer: Viewer, names: dict[UUID, str]
) -> ConversationShape:
    how = contact.stands(one, viewer)
    mine = how == "resident"
    mine_seen = one.seen_by_resident if mine else one.seen_by_staff
    return ConversationShape(
        id=one.id,
        me=how,
        state=one.state,
        state_title=contact.STATES[one.state] if one.last_seq else contact.NOTHING_SAID,
        to=await _to(one),
        place=one.place_name,
        opened_at=one.opened_at,
        last_at=one.last_at,
        last_seq=one.last_seq,
        unread=max(0, one.last_seq - mine_seen),
        seen=one.seen_by_staff if mine else one.seen_by_resident,
        blocked=one.blocked,
        agrees=one.agrees,
        may=list(contact.may(one, viewer)),
        resident=UNSET if mine else names.get(one.id, GUEST_NAME),
        waiting_since=one.waiting_since or UNSET,
        key=contact.key_of(one.id) if mine and one.key_hash is not None else UNSET,
    )


async def _to(one: ConversationFile) -> ContactShape:
    """Who answers as of now; of a post that is gone its role."""
    ground, now = await places.find(one.place_id), clock.now()
    found: Responsible | None = await org.answers_for(one.post_id, None, ground, now)
    return ContactShape(
        post_id=one.post_id,
        role=one.role,
        role_title=org.role_title(one.role),
        name=found.name if found else "",
        unit=found.unit_name if found else await org.unit_name(one.unit_id),
        on_duty=found.on_duty if found else False,
        hours=found.hours if found else "",
        next_duty=found.next_duty if found and found.next_duty else UNSET,
        phone=found.phone if found and found.phone else UNSET,
    )


async def _colleagues(one: ConversationFile) -> list[OptionShape]:
    known = await org.colleagues(one.unit_id, clock.now(), one.path)
    return [
        OptionShape(value=str(card.post_id), title=f"{card.role_title}{card.name}")
        for card in known
        if card.post_id != one.post_id
    ]


async def _names(conversations: Iterable[ConversationFile]) -> dict[UUID, str]:
    """The masked names of residents with an account, by the conversation."""
    of = {one.id: one.account_id for one in conversations if one.account_id}
    names = await people.own_names(of.values()) if of else {}
    return {key: seal.mask_name(names[who]) for key, who in of.items() if names.get(who)}


def _speaker(message: MessageFile, how: str, resident: str, viewer: Viewer) -> SpeakerShape:
    if message.side == "resident":
        return SpeakerShape(name=resident, role_title="", me=how == "resident")
    if message.side == "town":
        return SpeakerShape(name="", role_title="", me=False)
    return SpeakerShape(
        name=message.by_name,
        role_title=org.role_title(message.role) if message.role else "",
        me=message.post_id in viewer.post_ids,
    )


def _pictures(message: MessageFile, shapes: dict[UUID, PhotoShape]) -> list[PhotoShape] | UnsetType:
    return pick(message.photos, shapes) or UNSET


async def _case_key(message: MessageFile, one: ConversationFile, how: str) -> str | UnsetType:
    """A guest opens her case with a key, and only from her own side."""
    if message.case_number is None or how != "resident" or one.key_hash is None:
        return UNSET
    return await cases.key_of_guest(message.case_number) or UNSET
