"""A case desk in a small town, on both databases, in working hours."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest

from server import wiring
from server.base import cache, clock
from tests.counting import Counting, counting
from tests.desk import Desk, a_desk

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in town


@pytest.fixture
def hands() -> Iterator[clock.Hands]:
    """The town's clock, stopped on a Monday at ten; `hands.move(…)` moves it."""
    with clock.stopped_at(MONDAY) as stopped:
        yield stopped


@pytest.fixture
async def desk(db: str, hands: clock.Hands) -> AsyncIterator[Desk]:
    wiring.wire()
    yield await a_desk()
    cache.clear()


@pytest.fixture
async def counted(desk: Desk) -> AsyncIterator[Counting]:
    """Everything that is kept in memory is in memory; now the counting begins."""
    warm = await desk.report(category="P02", text="电梯不动了")
    await desk.move(warm, "sign", desk.property_manager)
    with counting() as counted:
        yield counted
