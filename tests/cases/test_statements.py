"""How often the database is asked: a submit is one statement, a move a read and a statement."""

from server import cases
from server.base.viewer import GUEST
from server.cases import NewCase
from tests.counting import Counting
from tests.desk import Desk, asked


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
