"""What may be done in a conversation beside talking: end it, hand it over, make a case of a
message, take no more of it, say why that is wrong, and decide."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from server import cases, notices, org, photos, trust
from server.base import clock, fields
from server.base.unit import Duplicate, unit_of_work
from server.base.viewer import Viewer
from server.cases import NewCase
from server.contact.errors import ActNotOffered, wrong
from server.contact.queries import (
    ConversationFile,
    find_conversation,
    read_conversation,
    read_messages,
    stands,
)
from server.contact.rules import IDLE, REASON_LIMIT, TEXT_LIMIT, offered
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
    when,
)
from server.trust import ReplayKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is given with an act: a reason, a colleague's post, the number of a message."""

    text: str = ""
    post_id: UUID | None = None
    seq: int = 0


def may(conversation: ConversationFile, viewer: Viewer) -> tuple[str, ...]:
    """What the viewer may do in it now."""
    how = stands(conversation, viewer)
    return offered(
        how,
        state=conversation.state,
        blocked=conversation.blocked,
        appealed=conversation.appealed,
    )


async def act(
    conversation_id: UUID, name: str, given: Given, *, by: Viewer, asked: ReplayKey
) -> ConversationFile:
    """Do one of `rules.ACTS`; everyone it concerns is told. The same request again does nothing.

    Raises ConversationUnknown, ActNotOffered, and Invalid where it lacks something.
    """

    async def attempt() -> ConversationFile:
        conversation, now = await find_conversation(conversation_id, by), clock.now()
        if await trust.find_replay(asked) is not None:
            return conversation
        if name not in ACTS or name not in may(conversation, by):
            raise ActNotOffered
        scene = await scene_of(conversation, now)
        effect = await ACTS[name](scene, given, by)
        async with unit_of_work() as unit:
            append(unit, conversation, effect, now)
            trust.remember(unit, asked, {"id": str(conversation_id)}, at=now)
        return await _as_it_stands(conversation_id)

    try:
        return await in_turn(conversation_id, attempt)
    except Duplicate:
        return await attempt()


async def leader_of(scene: Scene) -> org.Responsible | None:
    """Who watches over it: the grid's leader, or whoever stands above where that is the same."""
    for role in ("grid_leader", "community_secretary", "street_dispatcher"):
        found = await org.responsible_for(scene.ground, role, scene.now)
        if found is not None and found.post_id != scene.conversation.post_id:
            return found
    return None


def leader_columns(leader: org.Responsible) -> dict[str, Any]:
    """Who may read and answer from now on."""
    unit_id = None if leader.post_id else leader.unit_id
    return {"leader_post_id": leader.post_id, "leader_unit_id": unit_id}


def told(leader: org.Responsible) -> notices.Receiver:
    """Where a leader is told: at the post, else at the unit."""
    if leader.post_id is not None:
        return notices.Receiver(post_id=leader.post_id)
    return notices.Receiver(unit_id=leader.unit_id)


async def _as_it_stands(conversation_id: UUID) -> ConversationFile:
    """Also for whoever has handed it over and reads it no more."""
    found = await read_conversation(conversation_id)
    assert found is not None
    return found


async def _end(scene: Scene, _given: Given, _by: Viewer) -> Effect:
    ended = {"state": "ended", "ring_at": None, "waiting_since": None, "unanswered": 0}
    return Effect(lines=[line_of_town("ended", "ended")], changes=ended)


async def _hand_over(scene: Scene, given: Given, by: Viewer) -> Effect:
    conversation = scene.conversation
    known = await org.colleagues(conversation.unit_id, scene.now)
    other = next(
        (one for one in known if one.post_id == given.post_id != conversation.post_id), None
    )
    if other is None:
        raise wrong("post_id", "not-a-colleague", "请从列出的同事里选一位。")
    name = f"{other.role_title}{other.name}"
    due = when(conversation.ring_at) if conversation.state == "waiting" else "方便的时候"
    values = {"place": conversation.place_name, "name": scene.name, "due": due}
    return Effect(
        lines=[line_of_town("handed", "handed", name=scene.name, other=name)],
        changes={"post_id": other.post_id, "role": other.role, "seen_by_staff": 0},
        tellings=[Telling(notices.Receiver(post_id=other.post_id), "contact.handed", values)],
    )


async def _case(scene: Scene, given: Given, by: Viewer) -> Effect:
    """One tap makes a case of what she wrote; she stays its raiser."""
    conversation = scene.conversation
    found = await read_messages(conversation.id, after=max(0, given.seq - 1), limit=1)
    message = found[0] if found and found[0].seq == given.seq else None
    if message is None or message.side != "resident":
        raise wrong("seq", "not-a-message", "请选居民写的一条。")
    new = NewCase(
        place_id=conversation.place_id,
        text=message.text[:1000],
        photos=tuple(await photos.copies(message.photos)),
        channel="contact",
        on_behalf=True,
        raiser_id=conversation.account_id,
    )
    once = ReplayKey("contact", "case", f"{conversation.id}:{given.seq}", b"")
    opened = await cases.open_case(new, by=by, asked=once)
    line = line_of_town(
        "case", "made_case", number=opened.number, respond_by=when(opened.case.respond_by)
    )
    return Effect(
        lines=[Line(side="town", kind="case", text=line.text, case_number=opened.number)],
        changes={"state": "answered", "waiting_since": None, "rung": 0, "unanswered": 0}
        | {"ring_at": scene.now + IDLE},
    )


async def _block(scene: Scene, given: Given, by: Viewer) -> Effect:
    """Take no more of it; she reads why, and whoever stands above may see to it."""
    conversation = scene.conversation
    reason = fields.clean_text(given.text, REASON_LIMIT)
    if not reason:
        raise wrong("text", "required", "请写明原因，居民会看到。")
    leader = await leader_of(scene)
    values = {"reason": reason, "phone": await org.duty_phone(scene.ground)}
    resident = resident_of(conversation)
    return Effect(
        lines=[line_of_town("blocked", "blocked", name=scene.name, reason=reason)],
        changes={"blocked": True, "ring_at": None, "waiting_since": None, "state": "answered"}
        | {"appealed": False, "unanswered": 0}
        | (leader_columns(leader) if leader else {}),
        tellings=[Telling(resident, "contact.blocked", values)] if resident else [],
    )


async def _appeal(scene: Scene, given: Given, by: Viewer) -> Effect:
    text = fields.clean_text(given.text, TEXT_LIMIT)
    if not text:
        raise wrong("text", "required", "请写几句，说明为什么不应当这样。")
    leader = await leader_of(scene)
    values = {"place": scene.conversation.place_name, "name": scene.name}
    return Effect(
        lines=[Line(side="resident", kind="appeal", text=text)],
        changes={"appealed": True} | (leader_columns(leader) if leader else {}),
        tellings=[Telling(told(leader), "contact.appealed", values)] if leader else [],
    )


async def _lift(scene: Scene, _given: Given, by: Viewer) -> Effect:
    resident = resident_of(scene.conversation)
    values = {"place": scene.conversation.place_name}
    return Effect(
        lines=[_spoken(scene, by, line_of_town("lifted", "lifted"))],
        changes={"blocked": False, "ring_at": scene.now + IDLE},
        tellings=[Telling(resident, "contact.lifted", values)] if resident else [],
    )


async def _uphold(scene: Scene, _given: Given, by: Viewer) -> Effect:
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


ACTS: dict[str, Callable[[Scene, Given, Viewer], Awaitable[Effect]]] = {
    "end": _end,
    "hand_over": _hand_over,
    "case": _case,
    "block": _block,
    "appeal": _appeal,
    "lift": _lift,
    "uphold": _uphold,
}
