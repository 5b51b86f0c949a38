"""Who acts in a history that is told at once: whoever holds a post, found by post, unit or role."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server import flows, org
from server.base.spans import Calendar
from server.cases.sight.relations import reaches
from server.org import Holding
from server.places import Ground


class NobodyThere(LookupError):
    """A plan lets somebody act who does not exist in this town."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone who holds a post, by post, by unit and by role; and the work calendar."""

    by_post: Mapping[UUID, Holding]
    by_unit: Mapping[UUID, Holding]
    by_role: Mapping[str, tuple[Holding, ...]]
    calendar: Calendar

    def of_holder(self, holder: flows.Holder) -> Holding:
        """Whoever acts for a holder: the post itself, or the first of the unit's."""
        known: Mapping[UUID, Holding] = self.by_post if holder.post_id else self.by_unit
        found = known.get(holder.post_id or _some(holder.unit_id))
        if found is None:
            raise NobodyThere(f"nobody holds a post for {holder}, so nobody can act")
        return found

    def in_role(self, role: str, ground: Ground) -> Holding:
        """Whoever holds this role here; the nearest area wins."""
        some = self.by_role.get(role, ())
        here = [one for one in some if ground.path.startswith(one.post.area)]
        if not here:
            raise NobodyThere(f"nobody is {role} at {ground.full_name}")
        return here[-1]


async def cast_of(at: datetime) -> Cast:
    """Everyone who holds a post at that instant."""
    by_post: dict[UUID, Holding] = {}
    by_unit: dict[UUID, Holding] = {}
    by_role: dict[str, tuple[Holding, ...]] = {}
    for one in await org.everyone(at):
        if by_post.setdefault(one.post.id, one) is one:
            by_unit.setdefault(one.post.unit_id, one)
            by_role[one.post.role] = (*by_role.get(one.post.role, ()), one)
    return Cast(by_post, by_unit, by_role, await org.calendar())


def as_acting(found: Holding, ground: Ground) -> flows.Mover:
    """Whoever holds this post, as the law knows them in a case at that place."""
    held = found.post
    post = flows.MoverPost(held.id, held.unit_id, held.role, here=reaches(held, ground.path))
    return flows.Mover(posts=(post,), account_id=found.account_id)


def _some(unit_id: UUID | None) -> UUID:
    if unit_id is None:
        raise ValueError("a case that nobody holds cannot be told on")
    return unit_id
