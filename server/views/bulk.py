"""One move for many cases: which of those chosen it is open to, and what all of them allow."""

from collections.abc import Sequence

import msgspec
from msgspec import UNSET

from server import cases
from server.base.viewer import Viewer
from server.cases import CaseFile
from server.views.case_shapes import MoveShape
from server.views.list_shapes import BulkCard, BulkItem
from server.views.moves import move_shapes
from server.views.shapes import OptionShape
from server.views.words import category_title, state_title


async def bulk_card(move: str, numbers: Sequence[str], viewer: Viewer) -> BulkCard:
    """The chosen cases this viewer may see, sorted by whether the move is open to each now.

    Of a choice only what every one of them allows is offered.
    """
    ready: list[BulkItem] = []
    others: list[BulkItem] = []
    shape: MoveShape | None = None
    for case in await cases.find_cases(numbers, viewer):
        offered = next((one for one in await move_shapes(case, viewer) if one.key == move), None)
        (others if offered is None else ready).append(await _item(case))
        if offered is not None:
            shape = _common(shape, offered) if shape else offered
    return BulkCard(ready=ready, others=others, move=shape or UNSET)


async def bulk_items(numbers: Sequence[str], viewer: Viewer) -> dict[str, BulkItem]:
    """What the chosen cases are called, by number; those of others are not among them."""
    found = await cases.find_cases(numbers, viewer)
    return {case.number: await _item(case) for case in found}


def _common(one: MoveShape, other: MoveShape) -> MoveShape:
    """The same move with only the options both have."""
    if one.options is UNSET or other.options is UNSET:
        return one
    both: dict[str, list[OptionShape]] = {}
    for name, options in one.options.items():
        theirs = {option.value for option in other.options.get(name, ())}
        both[name] = [option for option in options if option.value in theirs]
    return msgspec.structs.replace(one, options=both)


async def _item(case: CaseFile) -> BulkItem:
    return BulkItem(
        number=case.number,
        title=await category_title(case),
        place=case.place_name,
        state_title=state_title(case, staff=True),
        version=case.version,
    )
