"""The case desk in a small town, in working hours; on both databases where it is asked of one."""

from collections.abc import AsyncIterator

import pytest

from server import wiring
from server.base import cache, clock
from tests.cases.conftest import desk as either_desk
from tests.cases.conftest import hands
from tests.desk import Desk, a_desk

__all__ = ["either_desk", "hands"]


@pytest.fixture
async def desk(sqlite_db: str, hands: clock.Hands) -> AsyncIterator[Desk]:
    wiring.wire()
    yield await a_desk()
    cache.clear()
