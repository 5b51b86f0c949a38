"""A case desk in a small town, and a resident with an account who has reported something there."""

from collections.abc import AsyncIterator

import pytest

from server import people, wiring
from server.base import cache, clock
from server.base.viewer import Viewer
from tests.desk import Desk, a_desk
from tests.makers import SINCE

PHONE, NAME = "16000001001", "演示-王女士"


@pytest.fixture
def hands():
    with clock.stopped_at(SINCE) as stopped:
        yield stopped


@pytest.fixture
async def desk(db: str, hands: clock.Hands) -> AsyncIterator[Desk]:
    wiring.wire()
    yield await a_desk()
    cache.clear()


@pytest.fixture
async def resident(desk: Desk) -> Viewer:
    return Viewer(await people.add_resident_account(NAME, phone=PHONE))
