"""Beginning a conversation, saying something in it, and having read it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server import cases, codes, notices, org, photos, trust
from server.base import clock, database, fields
from server.base.ids import new_id
from server.base.unit import Duplicate, LostRace, unit_of_work
from server.base.viewer import Viewer
from server.contact import news
from server.contact.errors import (
    Blocked,
    ConversationEnded,
    NotAnswering,
    OwnPost,
    SaidAlready,
    TooManyConversations,
    WrittenEnough,
    nothing_said,
)
from server.contact.models import Conversation
from server.contact.queries import (
    ConversationFile,
    MessageFile,
    find_conversation,
    key_of,
    message_of,
    own_conversations,
    read_conversation,
    read_messages,
    stands,
)
from server.contact.rules import (
    CANNED,
    IDLE,
    MOST_OPEN,
    MOST_UNANSWERED,
    SAME_AGAIN,
    TALKING,
    TEXT_LIMIT,
    due_after,
    waited_s,
)
from server.contact.writing import (
    Effect,
    Line,
    Scene,
    Telling,
    acting_post,
    append,
    in_turn,
    line_of_town,
    resident_of,
    scene_of,
    tell,
    when,
    write_lines,
)
from server.places import Ground
from server.trust import ReplayKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message as it was sent: words, photos, or one of the canned replies."""

    text: str = ""
    photos: tuple[UUID, ...] = ()
    canned: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.photos or self.canned)


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

    An open one with the same post at the same place is gone on with. The same request again answers
    the same. Raises CodeUnknown, CodeRetired, NotAnswering, OwnPost, Blocked,
    TooManyConversations, and what `say` raises.
    """
    made = await trust.find_replay(asked)
    if made is not None:
        return await _again(UUID(made["id"]))
    ground, now = (await codes.read(code)).ground, clock.now()
    contact = await _contact(ground, post_id, by, now)
    open_one = await _open_with(contact.post_id, ground, by)
    if open_one is not None:
        if not said.is_empty:
            await say(open_one.id, said, by=by, asked=asked)
        return await _again(open_one.id)
    try:
        return await _begin(contact, ground, said, by=by, asked=asked, agrees=agrees)
    except Duplicate:
        made = await trust.find_replay(asked)
        if made is None:
            raise
        return await _again(UUID(made["id"]))


async def say(conversation_id: UUID, said: Said, *, by: Viewer, asked: ReplayKey) -> MessageFile:
    """Say something; it gets the next number. The same request again answers the same message.

    Raises ConversationUnknown, ConversationEnded, Blocked, WrittenEnough, SaidAlready, and Invalid.
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
        return await in_turn(conversation_id, attempt)
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


async def _begin(
    contact: org.Contact,
    ground: Ground,
    said: Said,
    *,
    by: Viewer,
    asked: ReplayKey,
    agrees: bool,
) -> ConversationFile:
    now = clock.now()
    conversation_id = new_id()
    blank = _blank(conversation_id, contact, ground, by, agrees=agrees, now=now)
    conversation = ConversationFile(**blank)
    effect = Effect(changes={"ring_at": now + IDLE})
    if not said.is_empty:
        effect = await _of_resident(await scene_of(conversation, now), said, by)
    columns = blank | effect.changes | {"last_seq": len(effect.lines)}
    async with unit_of_work() as unit:
        unit.insert(Conversation, **columns)
        write_lines(unit, conversation_id, effect.lines, now, after=0)
        tell(unit, conversation, effect.tellings, now, seq=len(effect.lines))
        trust.remember(unit, asked, {"id": str(conversation_id)}, at=now)
    return ConversationFile(**columns)


def _blank(
    conversation_id: UUID,
    contact: org.Contact,
    ground: Ground,
    by: Viewer,
    *,
    agrees: bool,
    now: datetime,
) -> dict[str, Any]:
    guest = by.account_id is None
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


async def _say(conversation_id: UUID, said: Said, by: Viewer, asked: ReplayKey) -> MessageFile:
    conversation, now = await find_conversation(conversation_id, by), clock.now()
    how = stands(conversation, by)
    if conversation.state == "ended":
        raise ConversationEnded
    if conversation.blocked:
        raise Blocked
    scene = await scene_of(conversation, now)
    of_side = _of_resident if how == "resident" else _of_staff
    effect = await of_side(scene, said, by)
    seq = conversation.last_seq + 1
    async with unit_of_work() as unit:
        append(unit, conversation, effect, now)
        trust.remember(unit, asked, {"id": str(conversation_id), "seq": str(seq)}, at=now)
    (message,) = await read_messages(conversation_id, after=seq - 1, limit=1)
    return message


async def _of_resident(scene: Scene, said: Said, by: Viewer) -> Effect:
    """Her words; the first that wait start the patience, and bring an answer out of hours."""
    conversation, now = scene.conversation, scene.now
    text, pictures = await _cleaned(said, by)
    if conversation.unanswered >= MOST_UNANSWERED:
        raise WrittenEnough(60, most=MOST_UNANSWERED)
    await _refuse_same(conversation, text, now)
    danger = cases.sounds_dangerous(text)
    effect = Effect(
        lines=[Line(side="resident", text=text, photos=pictures, danger=danger)],
        changes={
            "unanswered": conversation.unanswered + 1,
            "seen_by_resident": conversation.last_seq + 1,
        },
    )
    if danger:
        await _ring_duty_post(scene, effect)
    if conversation.state != "waiting":
        await _begin_to_wait(scene, effect)
    effect.changes["seen_by_resident"] = conversation.last_seq + len(effect.lines)
    return effect


async def _begin_to_wait(scene: Scene, effect: Effect) -> None:
    conversation, now = scene.conversation, scene.now
    due = due_after(now, 1, await org.calendar())
    effect.changes |= {"state": "waiting", "waiting_since": now, "rung": 0, "ring_at": due}
    values = {"place": conversation.place_name, "due": when(due)}
    to = notices.Receiver(post_id=conversation.post_id)
    effect.tellings.append(Telling(to, "contact.new", values))
    just_answered = conversation.last_seq > 0 and now - conversation.last_at < TALKING
    if scene.post is not None and not scene.post.on_duty and not just_answered:
        next_duty = scene.post.next_duty
        effect.lines.append(
            line_of_town(
                "auto",
                "auto" if next_duty else "auto_away",
                name=scene.name,
                next_duty=when(next_duty),
                phone=await org.duty_phone(scene.ground),
            )
        )


async def _ring_duty_post(scene: Scene, effect: Effect) -> None:
    """Somebody is awake day and night; he may read what it is about."""
    effect.lines.append(Line(side="town", kind="auto", text=line_of_town("auto", "danger").text))
    found = await org.responsible_for(scene.ground, "duty_post", scene.now)
    if found is None:
        return
    if found.post_id is not None:
        effect.changes["duty_post_id"] = found.post_id
    to = notices.Receiver(post_id=found.post_id, unit_id=None if found.post_id else found.unit_id)
    values = {"place": scene.conversation.place_name}
    effect.tellings.append(Telling(to, "contact.danger", values))


async def _of_staff(scene: Scene, said: Said, by: Viewer) -> Effect:
    """An answer: nobody waits any more."""
    conversation, now = scene.conversation, scene.now
    text, pictures = await _cleaned(said, by)
    post, since = acting_post(conversation, by), conversation.waiting_since
    waited = waited_s(since, now, await org.calendar()) if since else None
    line = Line(
        side="staff", text=text, photos=pictures, post=post, by_name=by.name, waited_s=waited
    )
    effect = Effect(
        lines=[line],
        changes={
            "state": "answered",
            "waiting_since": None,
            "rung": 0,
            "unanswered": 0,
            "ring_at": now + IDLE,
            "seen_by_staff": conversation.last_seq + 1,
        },
    )
    resident = resident_of(conversation)
    if resident is not None and conversation.seen_by_resident >= conversation.last_seq:
        values = {
            "role_title": post.role_title if post else "",
            "name": by.name,
            "place": conversation.place_name,
        }
        effect.tellings.append(Telling(resident, "contact.reply", values))
    return effect


async def _cleaned(said: Said, by: Viewer) -> tuple[str, tuple[photos.KeptPhoto, ...]]:
    """Words and photos as they may be kept. Raises Invalid."""
    text = fields.clean_text(CANNED.get(said.canned, "") or said.text, TEXT_LIMIT)
    pictures = tuple(await photos.claim(said.photos, by=by)) if said.photos else ()
    if not text and not pictures:
        raise nothing_said()
    return text, pictures


async def _refuse_same(conversation: ConversationFile, text: str, now: datetime) -> None:
    """The same words again at once are a slip of the finger, or somebody making noise."""
    row = await database.fetch_one(
        "SELECT id, conversation_id, seq, at, side, kind, post_id, role, by_name, text_sealed,"
        " photos, danger, case_number FROM message WHERE conversation_id = $1 AND side = 'resident'"
        " ORDER BY seq DESC LIMIT 1",
        conversation.id,
    )
    if row is None or not text or now - row["at"] >= SAME_AGAIN:
        return
    if message_of(row).text == text:
        raise SaidAlready


async def _contact(ground: Ground, post_id: UUID | None, by: Viewer, now: datetime) -> org.Contact:
    """The one of the three that is meant; somebody else answers meanwhile where it changed."""
    listed = await org.contacts(ground, now)
    found = next((one for one in listed if one.post_id == post_id), None)
    if found is None:
        raise NotAnswering
    if found.post_id in by.post_ids:
        raise OwnPost
    return found


async def _open_with(post_id: UUID, ground: Ground, by: Viewer) -> ConversationFile | None:
    """The one that is open with this post at this place. Raises Blocked, TooManyConversations."""
    mine = (await own_conversations(by)).items
    if any(one.blocked and one.post_id == post_id for one in mine):
        raise Blocked
    going_on = [one for one in mine if one.state != "ended"]
    for one in going_on:
        if (one.post_id, one.place_id) == (post_id, ground.id):
            return one
    if len(going_on) >= MOST_OPEN:
        raise TooManyConversations(3600, most=MOST_OPEN)
    return None


async def _again(conversation_id: UUID) -> ConversationFile:
    found = await read_conversation(conversation_id)
    assert found is not None
    return found
