"""An appeal nobody decides: after a workday the leader is reminded, after another it goes one level
up, and is decided there."""

from server import org
from server.contact.leaders import leader_above, leader_columns, leader_of, told
from server.contact.rules import LAST_RUNG, decided_by
from server.contact.writing import Effect, Scene, Telling, line_of_town


async def ring_appeal(scene: Scene) -> Effect:
    """What follows now that it has waited so long; each of the two follows once."""
    return await (_leader_reminded if scene.conversation.rung == 0 else _gone_up)(scene)


async def _leader_reminded(scene: Scene) -> Effect:
    conversation = scene.conversation
    assert conversation.ring_at is not None
    due = decided_by(conversation.ring_at, await org.calendar())
    effect = Effect(changes={"rung": 1, "ring_at": due})
    leader = await leader_of(scene)
    if leader is not None:
        effect.changes |= leader_columns(leader)
        effect.tellings.append(Telling(told(leader), "contact.appeal_waits", _values(scene)))
    return effect


async def _gone_up(scene: Scene) -> Effect:
    """Whoever had it reads it no more, so that one decides; the resident reads who it is."""
    effect = Effect(changes={"rung": LAST_RUNG, "ring_at": None})
    leader, above = await leader_of(scene), await leader_above(scene)
    if leader is None or above is None:
        return effect
    name = f"{above.role_title}{above.name}"
    effect.lines.append(line_of_town("rung", "gone_up", leader=name))
    effect.changes |= leader_columns(above)
    effect.tellings += [
        Telling(told(above), "contact.appeal_up", _values(scene)),
        Telling(told(leader), "contact.appeal_gone", _values(scene) | {"unit": name}),
    ]
    return effect


def _values(scene: Scene) -> dict[str, str]:
    return {"place": scene.conversation.place_name, "name": scene.name}
