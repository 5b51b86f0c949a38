"""Saying something in a conversation that goes on, and having read it."""

from uuid import UUID

from server import trust
from server.base import clock
from server.base.races import until_won
from server.base.unit import Duplicate, LostRace, unit_of_work
from server.base.viewer import Viewer
from server.contact import news
from server.contact.errors import Blocked, ConversationEnded
from server.contact.models import Conversation
from server.contact.queries import MessageFile, find_conversation, read_messages, stands
from server.contact.talking.answers import of_staff
from server.contact.talking.residents import of_resident
from server.contact.talking.said import Said
from server.contact.writing import append, scene_of
from server.trust import ReplayKey


async def say(conversation_id: UUID, said: Said, *, by: Viewer, asked: ReplayKey) -> MessageFile:
    """Say something; it gets the next number. The same request again answers the same message.

    Raises ConversationUnknown, ConversationEnded, Blocked, WrittenEnough, SaidAlready, ReplyGone,
    and Invalid.
    """

    async def attempt() -> MessageFile:
        made = await trust.find_replay(asked)
        if made is None:
            return await _say(conversation_id, said, by, asked)
        (message,) = await read_messages(
            UUID(made["id"]), after=int(made.get("seq", 1)) - 1, limit=1
        )
        return message

    try:
        return await until_won(conversation_id, attempt)
    except Duplicate:
        return await attempt()


async def mark_read(conversation_id: UUID, upto: int, *, by: Viewer) -> None:
    """The viewer's side has read everything up to a number. Writes only what is new."""
    conversation = await find_conversation(conversation_id, by)
    how = stands(conversation, by)
    if how not in ("resident", "holder"):
        return
    column = "seen_by_resident" if how == "resident" else "seen_by_staff"
    seen: int = getattr(conversation, column)
    upto = min(upto, conversation.last_seq)
    if upto <= seen:
        return
    try:
        async with unit_of_work() as unit:
            unit.update(
                Conversation, where={"id": conversation.id, column: seen}, set={column: upto}
            )
            unit.after_commit(lambda: news.told(conversation.id))
    except LostRace:
        return  # Somebody of this side read on at the same moment.


async def _say(conversation_id: UUID, said: Said, by: Viewer, asked: ReplayKey) -> MessageFile:
    conversation, now = await find_conversation(conversation_id, by), clock.now()
    how = stands(conversation, by)
    if conversation.state == "ended":
        raise ConversationEnded
    if conversation.blocked:
        raise Blocked
    scene = await scene_of(conversation, now)
    of_side = of_resident if how == "resident" else of_staff
    effect = await of_side(scene, said, by)
    seq = conversation.last_seq + 1
    async with unit_of_work() as unit:
        append(unit, conversation, effect, now)
        trust.remember(unit, asked, {"id": str(conversation_id), "seq": str(seq)}, at=now)
    (message,) = await read_messages(conversation_id, after=seq - 1, limit=1)
    return message
