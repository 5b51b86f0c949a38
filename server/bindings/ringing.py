"""What happens by itself: a claim nobody verified is told to the leader, a bond runs out.

Rung by the worker. What became due while nobody was up is rung afterwards, once each.
"""

from datetime import datetime

from server import notices, org, places
from server.base import clock
from server.base.unit import LostRace, unit_of_work
from server.bindings.actions import put_end, tell_person
from server.bindings.models import Binding
from server.bindings.queries import BindingFile, due


async def ring_due(now: datetime | None = None, *, most: int = 50) -> int:
    """Ring whatever is due, the longest first; how many were. Call again until it is 0."""
    now = now or clock.now()
    found = await due(now, most=most)
    for binding in found:
        try:
            await (_late if binding.state == "claimed" else _expired)(binding, now)
        except LostRace:
            continue  # Somebody decided in the same moment.
    return len(found)


async def _late(binding: BindingFile, now: datetime) -> None:
    """It goes on waiting; whoever stands above the grid worker is told, and so is the person."""
    ground = await places.find(binding.room_id)
    leader = await org.superior(ground, "grid_worker", now)
    async with unit_of_work() as unit:
        unit.update(Binding, where={"id": binding.id, "state": "claimed"}, set={"ring_at": None})
        if leader is not None:
            to = notices.Receiver(
                post_id=leader.post_id, unit_id=None if leader.post_id else leader.unit_id
            )
            notices.tell(
                unit,
                to=to,
                text_key="home.late",
                values={"place": binding.place},
                case_id=None,
                occasion=str(binding.id),
                at=now,
            )
        tell_person(unit, binding, "home.waits", {"phone": await org.duty_phone(ground)})


async def _expired(binding: BindingFile, now: datetime) -> None:
    async with unit_of_work() as unit:
        put_end(unit, binding, "expired", at=now)
        tell_person(unit, binding, "home.ended", {"reason": "绑定到期了"})
