"""What follows from a block, from an appeal against it, and from a decision on that.

`handling.act` asks whether it may be done, and writes it.
"""

from server import org
from server.base import fields
from server.base.errors import wrong
from server.base.viewer import Viewer
from server.contact.leaders import leader_columns, leader_of, told
from server.contact.rules import IDLE, REASON_LIMIT, TEXT_LIMIT, Given, decided_by
from server.contact.writing import (
    Effect,
    Line,
    Scene,
    Telling,
    acting_post,
    line_of_town,
    resident_of,
)


async def block(scene: Scene, given: Given, by: Viewer) -> Effect:
    """Take no more of it; she reads why. Whoever stands above reads it once she says why not."""
    conversation = scene.conversation
    reason = fields.clean_text(given.text, REASON_LIMIT)
    if not reason:
        raise wrong("text", "required", "请写明原因，居民会看到。")
    values = {"reason": reason, "phone": await org.duty_phone(scene.ground)}
    resident = resident_of(conversation)
    return Effect(
        lines=[line_of_town("blocked", "blocked", name=scene.name, reason=reason)],
        changes={"blocked": True, "ring_at": None, "waiting_since": None, "state": "answered"}
        | {"appealed": False, "unanswered": 0},
        tellings=[Telling(resident, "contact.blocked", values)] if resident else [],
    )


async def appeal(scene: Scene, given: Given, by: Viewer) -> Effect:
    text = fields.clean_text(given.text, TEXT_LIMIT)
    if not text:
        raise wrong("text", "required", "请写几句，说明为什么不应当这样。")
    leader = await leader_of(scene)
    values = {"place": scene.conversation.place_name, "name": scene.name}
    due = decided_by(scene.now, await org.calendar())
    return Effect(
        lines=[Line(side="resident", kind="appeal", text=text)],
        changes={"appealed": True, "rung": 0, "ring_at": due}
        | (leader_columns(leader) if leader else {}),
        tellings=[Telling(told(leader), "contact.appealed", values)] if leader else [],
    )


async def lift(scene: Scene, _given: Given, by: Viewer) -> Effect:
    resident = resident_of(scene.conversation)
    values = {"place": scene.conversation.place_name}
    return Effect(
        lines=[_spoken(scene, by, line_of_town("lifted", "lifted"))],
        changes={"blocked": False, "ring_at": scene.now + IDLE},
        tellings=[Telling(resident, "contact.lifted", values)] if resident else [],
    )


async def uphold(scene: Scene, _given: Given, by: Viewer) -> Effect:
    phone = await org.duty_phone(scene.ground)
    resident = resident_of(scene.conversation)
    values = {"phone": phone}
    ended = {"state": "ended", "ring_at": None}
    return Effect(
        lines=[_spoken(scene, by, line_of_town("upheld", "upheld", phone=phone))],
        changes=ended,
        tellings=[Telling(resident, "contact.upheld", values)] if resident else [],
    )


def _spoken(scene: Scene, by: Viewer, line: Line) -> Line:
    """A line of the town with whoever decided it."""
    post = acting_post(scene.conversation, by)
    return Line(side="town", kind=line.kind, text=line.text, post=post, by_name=by.name)
