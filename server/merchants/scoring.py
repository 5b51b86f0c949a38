"""Taking points, and giving them back: called by what an inspection decides, and by nothing else.

Either puts rows into the unit of whoever decided, and the page at the shop's door is made anew.
"""

from datetime import datetime
from functools import partial
from uuid import UUID

from server.base import changes
from server.base.ids import new_id
from server.base.unit import Unit
from server.merchants.models import Deduction
from server.merchants.queries import MerchantFile
from server.merchants.rules import FULL, returns_on


def put_deduction(
    unit: Unit, merchant: MerchantFile, *, case_id: UUID, points: int, at: datetime
) -> None:
    """So many points are lost by what this case found. Duplicate where it took some already."""
    if not 1 <= points <= FULL:
        raise ValueError(f"between 1 and {FULL} points can be lost by one finding, not {points}")
    unit.insert(
        Deduction,
        id=new_id(),
        merchant_id=merchant.id,
        case_id=case_id,
        points=points,
        decided_at=at,
        returns_on=returns_on(at),
    )
    unit.after_commit(partial(changes.changed, merchant.path))


def reverse_deduction(unit: Unit, merchant: MerchantFile, *, case_id: UUID, at: datetime) -> None:
    """What this case took counts no longer from now on. LostRace where there is nothing to reverse.

    The row stays: it is on record that points were taken, and that this was wrong.
    """
    unit.update(
        Deduction,
        where={"case_id": case_id, "merchant_id": merchant.id, "reversed_at": None},
        set={"reversed_at": at},
    )
    unit.after_commit(partial(changes.changed, merchant.path))
