"""Nobody answers: after half an hour of working time the leader is told, after another: a case.

An appeal nobody decides rings here too (`blocks.ringing`), and what nobody goes on with ends.

Rung by the worker. What became due while nobody was up is rung afterwards, in order, once each.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from server import cases, org, photos
from server.base import clock, database
from server.base.races import until_won
from server.base.unit import LostRace, unit_of_work
from server.base.viewer import Viewer
from server.cases import NewCase
from server.contact.blocks import ring_appeal
from server.contact.leaders import leader_columns, leader_of, told
from server.contact.models import Conversation
from server.contact.queries import (
    ConversationFile,
    MessageFile,
    read_conversation,
    read_messages,
)
from server.contact.rules import IDLE, LAST_RUNG, due_after
from server.contact.writing import (
    Effect,
    Line,
    Scene,
    Telling,
    append,
    before,
    line_of_town,
    resident_of,
    scene_of,
)
from server.trust import ReplayKey

MOST_WORDS = 900  # of hers in a case
PUT_OFF = timedelta(minutes=5)
log = logging.getLogger("mashang.contact")


async def ring_due(now: datetime | None = None, *, most: int = 50) -> int:
    """Ring whatever is due, the longest first; how many were. Call again until it is 0."""
    now = now or clock.now()
    due = await database.fetch(
        "SELECT id FROM conversation WHERE ring_at <= $1 ORDER BY ring_at, id LIMIT $2", now, most
    )
    rang = [await _ring_or_put_off(row["id"], now) for row in due]
    return sum(rang)


async def _ring_or_put_off(conversation_id: UUID, now: datetime) -> bool:
    """One that cannot be rung must not keep the others waiting: it is tried again a while later."""
    try:
        return await _ring(conversation_id, now)
    except Exception:
        log.exception("conversation %s could not be rung", conversation_id)
    async with unit_of_work() as unit:
        unit.update(Conversation, where={"id": conversation_id}, set={"ring_at": now + PUT_OFF})
    return True


async def _ring(conversation_id: UUID, now: datetime) -> bool:
    async def attempt() -> bool:
        conversation = await read_conversation(conversation_id)
        if conversation is None or conversation.ring_at is None or conversation.ring_at > now:
            return False
        scene = await scene_of(conversation, now)
        effect = await _effect(scene)
        async with unit_of_work() as unit:
            append(unit, conversation, effect, now)
        return True

    try:
        return await until_won(conversation_id, attempt)
    except LostRace:
        return False


async def _effect(scene: Scene) -> Effect:
    conversation = scene.conversation
    if conversation.blocked and conversation.appealed:
        return await ring_appeal(scene)
    waits = conversation.state == "waiting" and conversation.waiting_since is not None
    if not waits or conversation.rung >= LAST_RUNG:
        ended = {"state": "ended", "ring_at": None}
        return Effect(lines=[line_of_town("ended", "idle")], changes=ended)
    return await (_leader_told if conversation.rung == 0 else _case_opened)(scene)


async def _leader_told(scene: Scene) -> Effect:
    conversation = scene.conversation
    assert conversation.waiting_since is not None
    due = due_after(conversation.waiting_since, 2, await org.calendar())
    leader = await leader_of(scene)
    if leader is None:
        return Effect(changes={"rung": 1, "ring_at": due})
    name = f"{leader.role_title}{leader.name}"
    values = {"place": conversation.place_name, "name": scene.name, "due": before(due)}
    line = line_of_town("rung", "rung", name=scene.name, leader=name, time=before(due))
    return Effect(
        lines=[line],
        changes={"rung": 1, "ring_at": due} | leader_columns(leader),
        tellings=[Telling(told(leader), "contact.unanswered", values)],
    )


async def _case_opened(scene: Scene) -> Effect:
    """With place and role; her words only if she agreed when she wrote them."""
    conversation = scene.conversation
    waiting = await _waiting_words(conversation) if conversation.agrees else []
    text = f"居民扫码给{scene.name}留言，一个工作小时没有人回。"
    if waiting:
        text += "居民写的：\n" + "\n".join(one.text for one in waiting if one.text)
    shown = [photo for one in waiting for photo in one.photos][:9]
    new = NewCase(
        place_id=conversation.place_id,
        text=text[:MOST_WORDS],
        photos=tuple(await photos.copies(shown)),
        channel="contact",
        by_contact=True,
    )
    once = ReplayKey("contact", "unanswered", f"{conversation.id}:{_began(conversation)}", b"")
    opened = await cases.open_case(new, by=Viewer(conversation.account_id), asked=once)
    respond_by = before(opened.case.respond_by)
    line = line_of_town("case", "case", number=opened.number, respond_by=respond_by)
    resident = resident_of(conversation)
    values = {
        "place": conversation.place_name,
        "number": opened.number,
        "respond_by": respond_by,
    }
    return Effect(
        lines=[Line(side="town", kind="case", text=line.text, case_number=opened.number)],
        changes={"rung": LAST_RUNG, "ring_at": scene.now + IDLE},
        tellings=[Telling(resident, "contact.case", values)] if resident else [],
    )


async def _waiting_words(conversation: ConversationFile) -> list[MessageFile]:
    """What she wrote since the last answer."""
    messages = await read_messages(conversation.id, limit=conversation.last_seq or 1)
    since = conversation.waiting_since
    return [one for one in messages if one.side == "resident" and since and one.at >= since]


def _began(conversation: ConversationFile) -> int:
    """Which wait this is, so that it is carried out once."""
    assert conversation.waiting_since is not None
    return int(conversation.waiting_since.timestamp() * 1000)
