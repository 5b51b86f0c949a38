"""A case desk in a small town, on both databases, in working hours."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from server import wiring
from server.base import cache, clock, database
from tests.desk import Desk, a_desk

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in town


class Counting:
    """Stands before the open database and counts what goes through."""

    def __init__(self, behind: Any) -> None:
        self._behind, self.reads, self.writes = behind, 0, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._behind, name)

    async def fetch(self, sql: str, args: Any) -> Any:
        self.reads += 1
        return await self._behind.fetch(sql, args)

    async def apply(self, write_set: Any) -> None:
        self.writes += 1
        await self._behind.apply(write_set)


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
async def counted(desk: Desk) -> Any:
    """Everything that is kept in memory is in memory; now the counting begins."""
    warm = await desk.report(category="P02", text="电梯不动了")
    await desk.move(warm, "sign", desk.property_manager)
    behind = database.engine()
    counting = Counting(behind)
    database._Open.engine = counting  # type: ignore[assignment]  # it is asked the same things
    yield counting
    database._Open.engine = behind
