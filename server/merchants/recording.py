"""A change of the registry and its audit record in one unit, once however often it is sent."""

from collections.abc import Callable, Mapping

from server import trust
from server.base import clock
from server.base.unit import Duplicate, LostRace, Unit
from server.merchants.errors import MerchantMovedOn
from server.trust import Act, ReplayKey


async def record_once(
    act: Act, asked: ReplayKey, put: Callable[[Unit], None], said: Mapping[str, str] | None = None
) -> Mapping[str, str]:
    """Write both, unless this request did so before; what it answered then, or `said` now.

    Raises MerchantMovedOn after a lost race; a Duplicate of another table is the caller's.
    """
    answer = dict(said or {"done": act.action})

    def also(unit: Unit) -> None:
        put(unit)
        trust.remember(unit, asked, answer, at=clock.now())

    if (before := await trust.find_replay(asked)) is not None:
        return before
    try:
        await trust.record(act, also=also)
    except (LostRace, Duplicate) as error:
        if (before := await trust.find_replay(asked)) is not None:
            return before
        if isinstance(error, LostRace):
            raise MerchantMovedOn from None
        raise
    return answer
