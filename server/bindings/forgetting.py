"""Letting go of homes: with an account that is erased, and some time after each is over."""

from datetime import datetime
from uuid import UUID

from server.base import database
from server.base.unit import unit_of_work
from server.bindings.models import Binding


async def forget_account(account_id: UUID) -> None:
    """Nothing tells any more where this account lived. Twice is as good as once."""
    async with unit_of_work() as unit:
        unit.delete(Binding, where={"account_id": account_id})


async def old_bindings(before: datetime) -> int:
    """How many were over before then."""
    counting = "SELECT count(*) AS n FROM binding WHERE over_at < $1"
    return int(await database.fetch_value(counting, before))


async def forget_bindings(before: datetime) -> int:
    """Drop them; how many that were."""
    async with unit_of_work().models():
        return await Binding.filter(over_at__lt=before).delete()
