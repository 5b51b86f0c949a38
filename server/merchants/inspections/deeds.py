"""What an inspection does to a merchant's points, in the unit of the move that decides it."""

from typing import Any
from uuid import UUID

from server.cases import DeedCall
from server.merchants.queries import find_merchant
from server.merchants.scoring import put_deduction, reverse_deduction


async def deduct(call: DeedCall) -> dict[str, Any]:
    """The deed `merchants.deduct`: the points of the item are lost."""
    merchant = await find_merchant(UUID(call.case.facts["merchant"]))
    points = int(call.case.facts["points"])
    put_deduction(call.unit, merchant, case_id=call.case.id, points=points, at=call.now)
    return {}


async def give_back(call: DeedCall) -> dict[str, Any]:
    """The deed `merchants.give_back`: what this case took counts no longer."""
    merchant = await find_merchant(UUID(call.case.facts["merchant"]))
    reverse_deduction(call.unit, merchant, case_id=call.case.id, at=call.now)
    return {}
