"""The small town with its case desk open, and a shop registered in few words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from server import merchants
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.base.viewer import Viewer
from server.merchants import MerchantFile, Written
from tests.cases.conftest import desk, hands
from tests.desk import Desk, asked

__all__ = ["desk", "hands"]

USCC, OTHER_USCC = "91330100799655058B", "9144030071526726XG"
SHOP = {
    "kind": "shop",
    "name": "演示·小肥羊馆",
    "uscc": USCC,
    "license_short": "演示0001",
    "trade": "dining",
    "phone": "16000002001",
    "duties": ("hygiene", "greenery", "order"),
    "signed_on": "2026-05-01",
}


def written(**other: Any) -> Written:
    """The shop as a clerk types it, with something else in it."""
    return Written(**SHOP | other)


@dataclass(frozen=True, slots=True)
class Registry:
    """Merchants of the small town, kept by its community's secretary."""

    desk: Desk

    @property
    def clerk(self) -> Viewer:
        return self.desk.community_secretary

    async def register(self, place: str = "shop", **other: Any) -> MerchantFile:
        place_id = getattr(self.desk.town, place).id
        made = await merchants.register(
            place_id, written(**other), by=self.clerk, asked=asked("merchants")
        )
        return await merchants.find_merchant(made)

    async def invite(self, shop: MerchantFile, phone: str = "16000001003") -> None:
        await merchants.invite(shop.id, phone, by=self.clerk, asked=asked("owners"))

    async def close(self, shop: MerchantFile) -> None:
        await merchants.close(shop.id, by=self.clerk, asked=asked("close"))

    async def deduct(self, shop: MerchantFile, points: int, at: datetime) -> UUID:
        """As an inspection decides it; the case."""
        case_id = new_id()
        async with unit_of_work() as unit:
            merchants.put_deduction(unit, shop, case_id=case_id, points=points, at=at)
        return case_id


@pytest.fixture
def db(sqlite_db: str) -> str:
    """It is the same on both databases; `test_on_postgres.py` tells the whole story there."""
    return sqlite_db


@pytest.fixture
def registry(desk: Desk) -> Registry:
    return Registry(desk)
