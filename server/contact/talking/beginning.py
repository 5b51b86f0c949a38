"""Beginning to talk with whoever answers for the place of a sign, or going on with what is open."""

from datetime import datetime
from typing import Any
from uuid import UUID

from server import cases, codes, org, trust
from server.base import clock
from server.base.ids import new_id
from server.base.races import until_won
from server.base.unit import Duplicate, LostRace, unit_of_work
from server.base.viewer import Viewer
from server.contact.errors import NotAnswering, OwnPost
from server.contact.models import Conversation
from server.contact.queries import ConversationFile, key_of, read_conversation
from server.contact.rules import IDLE
from server.contact.talking.residents import of_resident
from server.contact.talking.said import Said
from server.contact.talking.saying import say
from server.contact.talking.writers import Writer, columns_of, open_with, writer_of
from server.contact.writing import Effect, scene_of, tell, write_lines
from server.places import Ground
from server.trust import ReplayKey


async def begin(
    code: str,
    post_id: UUID | None,
    said: Said,
    *,
    agrees: bool = False,
    by: Viewer,
    asked: ReplayKey,
) -> ConversationFile:
    """Begin to talk with whoever answers for the place of a code, with or without first words.

    An open one with the same post at the same place is gone on with; whether her words may go with
    a case is as she said last. However many are sent at once, one is begun, and no more are open
    than `MOST_OPEN`; only guests without any key are not told apart. The same request again
    answers the same. Raises CodeUnknown, CodeRetired, NotAnswering, OwnPost, Blocked,
    BegunJustNow, TooManyConversations, and what `say` raises.
    """

    async def attempt() -> ConversationFile:
        made = await trust.find_replay(asked)
        if made is not None:
            return await _again(UUID(made["id"]))
        sign, now = await codes.read(code), clock.now()
        contact = await _contact(sign, post_id, by, now)
        writer = await writer_of(by)
        open_one = await open_with(contact.post_id, sign.shown.id, writer, by, now)
        if open_one is None:
            columns = _blank(contact, sign.shown, by, agrees=agrees, now=now)
            return await _begin(columns, writer, said, by=by, asked=asked)
        await _agree_anew(open_one, agrees)
        if not said.is_empty:
            await say(open_one.id, said, by=by, asked=asked)
        return await _again(open_one.id)

    return await until_won(by.account_id or by.keys or asked, attempt)


async def _begin(
    blank: dict[str, Any], writer: Writer | None, said: Said, *, by: Viewer, asked: ReplayKey
) -> ConversationFile:
    """Raises LostRace where the same was sent, or the writer began another, at the same moment."""
    conversation, now = ConversationFile(**blank), blank["opened_at"]
    effect = Effect(changes={"ring_at": now + IDLE})
    if not said.is_empty:
        effect = await of_resident(await scene_of(conversation, now), said, by)
    columns = blank | effect.changes | {"last_seq": len(effect.lines)}
    counted = columns_of(conversation.id, writer)
    try:
        async with unit_of_work() as unit:
            unit.insert(Conversation, **columns, **counted)
            write_lines(unit, conversation.id, effect.lines, now, after=0)
            tell(unit, conversation, effect.tellings, now, seq=len(effect.lines))
            trust.remember(unit, asked, {"id": str(conversation.id)}, at=now)
    except Duplicate as taken:
        raise LostRace(taken.table) from None
    return ConversationFile(**columns)


def _blank(
    contact: org.Contact, ground: Ground, by: Viewer, *, agrees: bool, now: datetime
) -> dict[str, Any]:
    guest, conversation_id = by.account_id is None, new_id()
    return {
        "id": conversation_id,
        "post_id": contact.post_id,
        "unit_id": contact.unit_id,
        "role": contact.role,
        "account_id": by.account_id,
        "key_hash": cases.key_hash(key_of(conversation_id)) if guest else None,
        "place_id": ground.id,
        "place_name": ground.full_name[:160],
        "path": ground.path,
        "state": "answered",
        "last_seq": 0,
        "seen_by_resident": 0,
        "seen_by_staff": 0,
        "unanswered": 0,
        "agrees": agrees,
        "opened_at": now,
        "last_at": now,
        "waiting_since": None,
        "rung": 0,
        "ring_at": None,
        "leader_post_id": None,
        "leader_unit_id": None,
        "duty_post_id": None,
        "blocked": False,
        "appealed": False,
    }


async def _contact(
    sign: codes.CodeCard, post_id: UUID | None, by: Viewer, now: datetime
) -> org.Contact:
    """The one of the three that is meant, or the post whose code it is; somebody else answers
    meanwhile where it changed."""
    listed = await org.contacts(sign.shown, now)
    if sign.post_id is not None:
        own = await org.contact_of_post(sign.post_id, sign.shown, now)
        listed = [own] if own and own.role in org.CONTACT_ROLES else []
    found = next((one for one in listed if one.post_id == post_id), None)
    if found is None:
        raise NotAnswering
    if found.post_id in by.post_ids:
        raise OwnPost
    return found


async def _agree_anew(conversation: ConversationFile, agrees: bool) -> None:
    async with unit_of_work() as unit:
        where = {"id": conversation.id}
        unit.update(Conversation, where=where, set={"agrees": agrees}, expecting=None)


async def _again(conversation_id: UUID) -> ConversationFile:
    found = await read_conversation(conversation_id)
    assert found is not None
    return found
