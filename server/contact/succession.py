"""A firm leaves an estate: what was being talked about there goes on with the one that comes.

It goes once somebody holds the new firm's post; until then whoever leads hears of what waits. One
the old firm takes no more of stays: the new one is written to anew.
"""

from datetime import datetime
from uuid import UUID

from server import notices, org
from server.base import clock, database
from server.base.races import until_won
from server.base.unit import unit_of_work
from server.contact.queries import read_conversation
from server.contact.writing import Effect, Scene, Telling, append, line_of_town, scene_of, wanted_by

FIRM, MANAGER = "property_firm", "property_manager"


async def move_what_is_open(now: datetime | None = None) -> int:
    """Whatever is open with a firm that left goes to the post that answers there; how many."""
    now, moved = now or clock.now(), 0
    for gone in await org.ended_at_estates(FIRM, now):
        for conversation_id in await _open_with(gone):
            moved += await _moved(conversation_id, gone.unit_id, now)
    return moved


async def _open_with(gone: org.EndedHere) -> list[UUID]:
    rows = await database.fetch(
        "SELECT c.id FROM post o JOIN conversation c ON c.post_id = o.id"
        " JOIN place p ON p.id = c.place_id"
        " WHERE o.unit_id = $1 AND p.estate_id = $2 AND c.state <> 'ended' AND NOT c.blocked"
        " ORDER BY c.id",
        gone.unit_id,
        gone.estate_id,
    )
    return [row["id"] for row in rows]


async def _moved(conversation_id: UUID, gone: UUID, now: datetime) -> bool:
    async def attempt() -> bool:
        conversation = await read_conversation(conversation_id)
        if conversation is None or conversation.state == "ended" or conversation.unit_id != gone:
            return False
        scene = await scene_of(conversation, now)
        heir = await org.responsible_for(scene.ground, MANAGER, now)
        if heir is None or heir.post_id is None or heir.role != MANAGER or heir.unit_id == gone:
            return False
        effect = await _effect(scene, heir, heir.post_id)
        async with unit_of_work() as unit:
            append(unit, conversation, effect, now)
        return True

    return await until_won(conversation_id, attempt)


async def _effect(scene: Scene, heir: org.Responsible, post_id: UUID) -> Effect:
    conversation = scene.conversation
    other = f"{heir.unit_name}的{heir.role_title}{heir.name}"
    before = await org.unit_name(conversation.unit_id)
    values = {"place": conversation.place_name, "name": before, "due": wanted_by(conversation)}
    told = Telling(notices.Receiver(post_id=post_id), "contact.handed", values)
    return Effect(
        lines=[line_of_town("handed", "firm_changed", other=other)],
        changes={
            "post_id": post_id,
            "unit_id": heir.unit_id,
            "role": heir.role,
            "seen_by_staff": 0,
        },
        tellings=[told] if conversation.state == "waiting" else [],
    )
