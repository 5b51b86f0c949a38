"""The first day of a town: what is still missing before residents can scan."""

from collections.abc import Awaitable, Callable

from server import places
from server.base import clock
from server.base.viewer import Viewer
from server.rosters import lacking
from server.rosters.lacking import Asked, Step
from server.rosters.standing import ADMINISTRATOR

# Whose business it is that a town, or a part of it, is ready.
FIRST_DAY_ROLES = ("community_secretary", "street_dispatcher", "street_leader", ADMINISTRATOR)
PAGE = 50
_TOP = "~"  # behind every path
# In the order in which one does them.
_STEPS: dict[str, Callable[[str, Asked], Awaitable[Step]]] = {
    "town": lacking.town,
    "calendar": lacking.calendar,
    "categories": lacking.categories,
    "places": lacking.grids,
    "units": lacking.units,
    "workers": lacking.workers,
    "firms": lacking.firms,
    "streets": lacking.streets,
    "held": lacking.held,
    "doors": lacking.doors,
    "hours": lacking.hours,
    "phones": lacking.phones,
    "codes": lacking.codes,
}


async def first_day(viewer: Viewer) -> list[Step]:
    """Every step in the order in which one does them, within what the viewer sets up.

    An administrator sees the whole town; without one of `FIRST_DAY_ROLES` there is nothing. What a
    part of a town has none of (streets in a community) is left out.
    """
    ends = _range(viewer)
    if ends is None:
        return []
    asked, whole = Asked(ends, clock.now()), viewer.holds(ADMINISTRATOR)
    steps = [await look(key, asked) for key, look in _STEPS.items()]
    return [step for step in steps if whole or step.have or step.key not in ("streets", "firms")]


async def first_day_step(viewer: Viewer, key: str, *, skip: int = 0) -> Step | None:
    """One of them, with the next of those that lack behind the first `skip`; whoever fills some
    goes on from the start. None for a step that is none, and for whoever sets nothing up."""
    ends = _range(viewer)
    if ends is None or key not in _STEPS:
        return None
    return await _STEPS[key](key, Asked(ends, clock.now(), skip, PAGE))


def _range(viewer: Viewer) -> tuple[str, str] | None:
    """The widest range of paths the viewer sets something up in."""
    if viewer.holds(ADMINISTRATOR):
        return "", _TOP
    areas = [post.area for post in viewer.posts if post.role in FIRST_DAY_ROLES and post.area]
    return places.under(min(areas, key=len)) if areas else None
