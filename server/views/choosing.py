"""Choosing a place from a list: the widest first; where there are too many, those of a name."""

from collections.abc import Iterable, Sequence

from server import places
from server.views.shape import Shape
from server.views.shapes import OptionShape

MOST_CHOICES = 300
LONGEST_NAME = 60


class PlaceChoice(Shape, frozen=True, kw_only=True):
    """What there is to choose; `more`: not everything, the others are found by a part of their
    name."""

    options: list[OptionShape]
    more: bool = False


async def place_choice(
    areas: Iterable[str], kinds: Sequence[str], *, near: str = "", chosen: str = ""
) -> PlaceChoice:
    """The places of these kinds under these nodes, kind by kind in the order of the tree. Of too
    many the first whose name has every word of `near`, and the one that is chosen already."""
    found = [
        ground
        for kind in kinds
        for area in areas
        for ground in await places.places_under(area, kind)
    ]
    every = list({ground.id: ground for ground in found}.values())
    if len(every) <= MOST_CHOICES:
        return PlaceChoice(options=[_option(ground) for ground in every])
    words = near[:LONGEST_NAME].split()
    named = [one for one in every if all(word in one.full_name for word in words)]
    kept = [one for one in every if str(one.id) == chosen and one not in named[:MOST_CHOICES]]
    listed = [*kept, *named[:MOST_CHOICES]]
    return PlaceChoice(options=[_option(ground) for ground in listed], more=True)


def _option(ground: places.Ground) -> OptionShape:
    return OptionShape(value=str(ground.id), title=ground.full_name)
