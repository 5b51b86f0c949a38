"""Inspections of earlier days, brought in with a demo's town: by the law, told to nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server import cases
from server.base.unit import unit_of_work
from server.merchants.inspections.checklist import ITEMS
from server.merchants.inspections.finding import INSPECTION, facts_of
from server.merchants.queries import MerchantFile
from server.merchants.scoring import put_deduction


@dataclass(frozen=True, slots=True, kw_only=True)
class PastInspection:
    """Something that the grid worker of the place found at a shop, and what came of it, in order.

    `photo_id` is of the photo it was found by; whose pictures there are, the caller brings in.
    """

    id: UUID
    merchant: MerchantFile
    item: str
    text: str
    photo_id: UUID
    found_at: datetime
    acts: tuple[cases.Act, ...] = ()


async def bring_in(past: Sequence[PastInspection], *, until: datetime) -> int:
    """Write them, and the points they took; how many."""
    await cases.bulk_histories([_plan(one) for one in past], until=until)
    async with unit_of_work() as unit:
        for one in past:
            for act in one.acts:
                if act.move == "deduct":
                    points = ITEMS[one.item].points
                    put_deduction(unit, one.merchant, case_id=one.id, points=points, at=act.at)
    return len(past)


def _plan(one: PastInspection) -> cases.OfficePlan:
    item = ITEMS[one.item]
    return cases.OfficePlan(
        id=one.id,
        flow=INSPECTION,
        place_id=one.merchant.place_id,
        by="grid_worker",
        given={"item": item.key, "photos": [str(one.photo_id)]},
        facts=facts_of(one.merchant, item),
        opened_at=one.found_at,
        text=one.text,
        acts=one.acts,
    )
