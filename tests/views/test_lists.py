"""The lists as their readers see them."""

import msgspec

from server import views
from server.base.viewer import GUEST
from server.cases import DeskFilter
from tests.desk import Desk, guest, inbox


async def test_a_to_do_line_says_by_when_and_what_can_be_done(desk: Desk) -> None:
    opened = await desk.report(category="E05", text="柜子堵了楼道", spot="三楼")

    todo = await views.todo(desk.grid_worker)

    line = todo.items[0]
    assert (line.number, line.title, line.spot) == (opened.number, "飞线充电、楼道堆物", "三楼")
    assert (line.due_title, line.due_at) == ("回应", opened.case.respond_by)
    assert "accept" in [move.key for move in line.moves]


async def test_mine_marks_what_was_not_read(desk: Desk) -> None:
    opened = await desk.report()
    await inbox(guest(opened), opened)

    mine = await views.my_cases(guest(opened))

    assert [line.unread for line in mine.items] == [True]


async def test_the_desk_shows_counts_estates_and_who_has_it(desk: Desk) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")
    await desk.move(opened, "sign", desk.property_staff)

    shown = await views.desk_list(desk.property_manager, DeskFilter())

    assert shown.counts["open"] == "1"
    assert [estate.title for estate in shown.estates] == ["演示·云锦苑小区"]
    assert shown.items[0].now_with == "演示-物业工作人员"


async def test_a_line_of_somebody_elses_list_holds_no_words(desk: Desk) -> None:
    opened = await desk.report(category="P02", text="王女士家的电梯")

    mine = await views.my_cases(GUEST)

    assert opened.number not in msgspec.json.encode(mine).decode()
