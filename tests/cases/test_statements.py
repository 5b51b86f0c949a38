"""How often the database is asked, and that it need not look through everything to answer.

A submit is one statement, a move a read and a statement.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import asyncpg

from server import cases, views
from server.base import clock, database
from server.base.viewer import GUEST
from server.cases import Dossier, NewCase, Opened
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
    opened = await desk.report(category="P02", text="电梯不动了")
    moved = await _signed(desk, opened)
    await views.page_of(moved, desk.property_manager)  # what is kept is in memory now
    counted.reads = counted.writes = 0

    await views.page_of(moved, desk.property_manager)

    assert (counted.reads, counted.writes) == (0, 0)


async def test_what_became_of_another_kind_shows_what_was_reported_of_that_kind(
    desk: Desk, hands: clock.Hands
) -> None:
    first = await desk.report(category="F02", text="路灯不亮")
    hands.move(timedelta(days=31))
    second = await desk.report(category="F02", text="路灯不亮")
    hands.move(timedelta(hours=1))
    opened = await desk.report(text="楼道里黑")
    await desk.move(opened, "accept", desk.grid_worker)

    moved = await cases.make_move(
        opened.number, "classify", by=desk.grid_worker, given={"category": "F02"}, seen_version=None
    )

    assert first.number not in [one.number for one in moved.before]
    assert [one.number for one in moved.before] == [second.number]


async def test_a_case_is_shown_from_one_read(desk: Desk, counted: Counting) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")
    await views.case_page(opened.number, desk.property_manager)  # what is kept is in memory now
    counted.reads = counted.writes = 0

    await views.case_page(opened.number, desk.property_manager)

    assert (counted.reads, counted.writes) == (1, 0)


async def test_a_moved_case_is_answered_as_it_would_be_read(desk: Desk, hands: clock.Hands) -> None:
    first = await desk.report(category="P02", text="电梯不动了")
    hands.move(timedelta(days=3))
    opened = await desk.report(category="P02", text="电梯又不动了")

    moved = await _signed(desk, opened)

    assert [one.number for one in moved.before] == [first.number]
    seen = await views.page_of(moved, desk.property_manager)
    assert seen == await views.case_page(opened.number, desk.property_manager)


async def test_the_todo_list_is_read_in_its_own_order(
    db: str, desk: Desk, counted: Counting
) -> None:
    """However many wait, an index gives the first twenty; sorting them all would grow with them."""
    await cases.list_todo(desk.grid_worker)
    (sql, args) = counted.asked[-1]

    plan = await plan_of(db, sql, args)

    assert "idx_case_row_todo_post" in plan


async def test_what_was_reported_before_is_found_by_place_and_kind(
    db: str, desk: Desk, counted: Counting
) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")
    await views.case_page(opened.number, desk.grid_worker)
    (sql, args) = counted.asked[-1]

    plan = await plan_of(db, sql, args)

    assert "place_i" in plan


async def _signed(desk: Desk, opened: Opened) -> Dossier:
    return await cases.make_move(
        opened.number, "sign", by=desk.property_manager, given={}, seen_version=2
    )


async def plan_of(
    db: str, sql: str, args: Sequence[Any], *, without: Sequence[str] = ("seqscan", "sort")
) -> str:
    """How the database goes about a question, where looking through a whole table costs much."""
    if database.dialect() == "sqlite":
        return str(await database.fetch(f"EXPLAIN QUERY PLAN {sql}", *args))
    connection = await asyncpg.connect(db)
    try:
        await connection.execute("; ".join(f"SET enable_{way} = off" for way in without))
        return str(await connection.fetch(f"EXPLAIN {sql}", *args))
    finally:
        await connection.close()
