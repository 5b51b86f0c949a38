"""Staff answer: nobody waits any more, and the resident is told unless she is looking."""

from server import org
from server.base.viewer import Viewer
from server.contact.rules import IDLE, waited_s
from server.contact.talking.said import Said, cleaned
from server.contact.writing import Effect, Line, Scene, Telling, acting_post, resident_of


async def of_staff(scene: Scene, said: Said, by: Viewer) -> Effect:
    """An answer: nobody waits any more."""
    conversation, now = scene.conversation, scene.now
    post, since = acting_post(conversation, by), conversation.waiting_since
    text, pictures = await cleaned(said, by, canned_of=post)
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
