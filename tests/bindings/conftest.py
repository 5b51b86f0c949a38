"""The case desk in a small town, in working hours; and claiming a home in few words."""

from uuid import UUID

import pytest

from server import bindings, notices, people
from server.base.viewer import Viewer
from server.trust import ReplayKey
from tests.cases.conftest import desk, hands
from tests.desk import Desk, asked

__all__ = ["desk", "hands"]

PHONE = "16000001001"


class Homes:
    """Claims to the home behind the first door, by default of its tenant."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def claim(
        self,
        by: Viewer,
        kin: str = "tenant",
        *,
        code: str = "room",
        once: ReplayKey | None = None,
    ) -> UUID:
        """Say it is theirs; the newest row of that person."""
        token = self.desk.town.codes[code]
        await bindings.claim(token, kin, by=by, asked=once or asked("homes"))
        return (await bindings.own_bindings(by))[0].id

    async def bound(self, by: Viewer) -> UUID:
        binding_id = await self.claim(by)
        await bindings.bind(binding_id, by=self.desk.grid_worker, asked=asked("bind"))
        return binding_id


async def told(viewer: Viewer) -> list[str]:
    """The titles of what this account was told."""
    assert viewer.account_id is not None
    while await notices.deliver_due():
        pass
    return [one.title for one in await notices.all_told(viewer.account_id)]


@pytest.fixture
def homes(desk: Desk) -> Homes:
    return Homes(desk)


@pytest.fixture
async def resident(desk: Desk) -> Viewer:
    account_id = await people.add_resident_account("演示-王女士", phone=PHONE)
    await people.agree(account_id, people.NOTICE)
    return Viewer(account_id=account_id, name="演示-王女士")
