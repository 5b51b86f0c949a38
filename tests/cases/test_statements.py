"""How often the database is asked: a submit is one statement, a move a read and a statement."""

from server import cases, views
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


async def test_what_a_move_answers_is_not_read_again(desk: Desk, counted: Counting) -> None:
    """The case is known; its history, what happened here before and what is unread are not."""
    opened = await desk.report(category="P02", text="电梯不动了")
    moved = await desk.move(opened, "sign", desk.property_manager)
    await views.case_page_after(moved, desk.property_manager)  # what is kept is in memory now
    counted.reads = counted.writes = 0

    await views.case_page_after(moved, desk.property_manager)

    assert (counted.reads, counted.writes) == (3, 0)


async def test_a_case_is_shown_from_three_reads(desk: Desk, counted: Counting) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")
    await views.case_page(opened.number, desk.property_manager)  # what is kept is in memory now
    counted.reads = counted.writes = 0

    await views.case_page(opened.number, desk.property_manager)

    assert (counted.reads, counted.writes) == (3, 0)


async def test_a_moved_case_is_answered_as_it_would_be_read(desk: Desk) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")

    moved = await desk.move(opened, "sign", desk.property_manager)

    seen = await views.case_page_after(moved, desk.property_manager)
    assert seen == await views.case_page(opened.number, desk.property_manager)
