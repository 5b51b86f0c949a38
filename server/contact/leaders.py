"""Who watches over a conversation: told where nobody answers, or where it is said why not to."""

from typing import Any

from server import notices, org
from server.contact.writing import Scene

LEADING_ROLES = ("grid_leader", "community_secretary", "street_dispatcher")


async def leader_of(scene: Scene) -> org.Responsible | None:
    """Who watches over it: the grid's leader, or whoever stands above where that is the same."""
    return next(iter(await _leaders(scene)), None)


async def leader_above(scene: Scene) -> org.Responsible | None:
    """Who stands one level above those; None where that is nobody else than has it already."""
    conversation = scene.conversation
    has_it = (conversation.leader_post_id, conversation.leader_unit_id)
    above = (await _leaders(scene))[1:]
    return next((one for one in above if tuple(leader_columns(one).values()) != has_it), None)


async def _leaders(scene: Scene) -> list[org.Responsible]:
    """From below upwards, without whoever is written to."""
    asked = [await org.responsible_for(scene.ground, role, scene.now) for role in LEADING_ROLES]
    own = scene.conversation.post_id
    by_post = {(one.post_id, one.unit_id): one for one in asked if one and one.post_id != own}
    return list(by_post.values())


def leader_columns(leader: org.Responsible) -> dict[str, Any]:
    """Who may read and answer from now on."""
    unit_id = None if leader.post_id else leader.unit_id
    return {"leader_post_id": leader.post_id, "leader_unit_id": unit_id}


def told(leader: org.Responsible) -> notices.Receiver:
    """Where a leader is told: at the post, else at the unit."""
    if leader.post_id is not None:
        return notices.Receiver(post_id=leader.post_id)
    return notices.Receiver(unit_id=leader.unit_id)
