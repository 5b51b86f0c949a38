"""How often the database is asked: a submit is one statement, a move a read and a statement."""

from typing import Any

import pytest

from server import cases
from server.base import database
from server.base.viewer import GUEST
from server.cases import NewCase
from tests.desk import Desk, asked


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
async def counted(desk: Desk) -> Any:
    """Everything that is kept in memory is in memory; now the counting begins."""
    warm = await desk.report(category="P02", text="电梯不动了")
    await desk.move(warm, "sign", desk.property_manager)
    behind = database.engine()
    counting = Counting(behind)
    database._Open.engine = counting  # type: ignore[assignment]  # it is asked the same things
    yield counting
    database._Open.engine = behind


async def test_a_submit_is_one_statement(desk: Desk, counted: Counting) -> None:
    new = NewCase(code=desk.town.token, category="P02", text="电梯不动了")

    await cases.open_case(new, by=GUEST, asked=asked())

    assert (counted.reads, counted.writes) == (0, 1)


async def test_a_move_is_one_read_and_one_statement(desk: Desk, counted: Counting) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")
    counted.reads = counted.writes = 0

    await cases.make_move(
        opened.number, "sign", by=desk.property_manager, given={}, seen_version=2, asked=asked()
    )

    assert (counted.reads, counted.writes) == (1, 1)
