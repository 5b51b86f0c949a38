"""What may be done in a conversation beside talking: end it, hand it over, make a case of a
message; and what `blocks` adds, to take no more of it and to have that decided."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from server import cases, notices, org, photos, trust
from server.base import clock
from server.base.errors import wrong
from server.base.races import until_won
from server.base.unit import Duplicate, unit_of_work
from server.base.viewer import Viewer
from server.cases import NewCase
from server.contact import blocks
from server.contact.errors import ActNotOffered
from server.contact.queries import (
    ConversationFile,
    find_conversation,
    read_conversation,
    read_messages,
    speaks_of,
    stands,
)
from server.contact.rules import IDLE, Given, offered
from server.contact.writing import (
    Effect,
    Line,
    Scene,
    Telling,
    append,
    before,
    line_of_town,
    scene_of,
    wanted_by,
)
from server.trust import ReplayKey


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
        if await trust.find_replay(asked) is not None:
            return await _as_it_stands(conversation_id)
        conversation, now = await find_conversation(conversation_id, by), clock.now()
        if name not in ACTS or name not in may(conversation, by):
            raise ActNotOffered
        scene = await scene_of(conversation, now)
        effect = await ACTS[name](scene, given, by)
        async with unit_of_work() as unit:
            append(unit, conversation, effect, now)
            trust.remember(unit, asked, {"id": str(conversation_id)}, at=now)
        return await _as_it_stands(conversation_id)

    try:
        return await until_won(conversation_id, attempt)
    except Duplicate:
        return await attempt()


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
    known = await org.colleagues(conversation.unit_id, scene.now, conversation.path)
    other = next(
        (one for one in known if one.post_id == given.post_id != conversation.post_id), None
    )
    if other is None:
        raise wrong("post_id", "not-a-colleague", "请从列出的同事里选一位。")
    name = f"{other.role_title}{other.name}"
    due = wanted_by(conversation)
    values = {"place": conversation.place_name, "name": scene.name, "due": due}
    return Effect(
        lines=[line_of_town("handed", "handed", name=scene.name, other=name)],
        changes={"post_id": other.post_id, "role": other.role, "seen_by_staff": 0},
        tellings=[Telling(notices.Receiver(post_id=other.post_id), "contact.handed", values)],
    )


async def _case(scene: Scene, given: Given, by: Viewer) -> Effect:
    """One tap makes a case of what she wrote; she stays its raiser. Another tap makes nothing."""
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
    if await speaks_of(conversation.id, opened.number):
        return Effect()
    line = line_of_town(
        "case", "made_case", number=opened.number, respond_by=before(opened.case.respond_by)
    )
    return Effect(
        lines=[Line(side="town", kind="case", text=line.text, case_number=opened.number)],
        changes={"state": "answered", "waiting_since": None, "rung": 0, "unanswered": 0}
        | {"ring_at": scene.now + IDLE},
    )


ACTS: dict[str, Callable[[Scene, Given, Viewer], Awaitable[Effect]]] = {
    "end": _end,
    "hand_over": _hand_over,
    "case": _case,
    "block": blocks.block,
    "appeal": blocks.appeal,
    "lift": blocks.lift,
    "uphold": blocks.uphold,
}
