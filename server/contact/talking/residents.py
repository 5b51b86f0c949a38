"""A resident writes: her words wait for an answer, and what sounds like danger waits for nobody."""

from datetime import datetime

from server import cases, notices, org
from server.base import database
from server.base.viewer import Viewer
from server.contact.errors import SaidAlready, WrittenEnough
from server.contact.queries import ConversationFile, message_of
from server.contact.rules import LAST_RUNG, MOST_UNANSWERED, SAME_AGAIN, TALKING, due_after
from server.contact.talking.said import Said, cleaned
from server.contact.writing import Effect, Line, Scene, Telling, before, line_of_town, when


async def of_resident(scene: Scene, said: Said, by: Viewer) -> Effect:
    """Her words; the first that wait start the patience, and bring an answer out of hours.

    So do those she writes after her wait became a case, which has a clock of its own. Where nobody
    holds the post any more, or all are away, the patience is over at once.
    """
    conversation, now = scene.conversation, scene.now
    text, pictures = await cleaned(said, by)
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
    if conversation.state != "waiting" or conversation.rung >= LAST_RUNG:
        await _begin_to_wait(scene, effect)
    effect.changes["seen_by_resident"] = conversation.last_seq + len(effect.lines)
    return effect


async def _begin_to_wait(scene: Scene, effect: Effect) -> None:
    conversation, now = scene.conversation, scene.now
    somebody = scene.post is not None and scene.post.account_id is not None
    due = due_after(now, 1, await org.calendar()) if somebody else now
    effect.changes |= {"state": "waiting", "waiting_since": now, "rung": 0, "ring_at": due}
    if somebody:
        values = {"place": conversation.place_name, "due": before(due)}
        to = notices.Receiver(post_id=conversation.post_id)
        effect.tellings.append(Telling(to, "contact.new", values))
    answered = conversation.last_seq > 0 and conversation.state != "waiting"
    just_answered = answered and now - conversation.last_at < TALKING
    if scene.post is not None and not scene.post.on_duty and not just_answered:
        next_duty = scene.post.next_duty if somebody else None
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
