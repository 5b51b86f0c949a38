"""Lists: each viewer finds what is theirs, in the order they need it, stretch by stretch."""

from datetime import timedelta

import pytest

from server import cases
from server.base import clock
from server.base.errors import Invalid
from server.base.viewer import GUEST
from server.cases import DeskFilter
from tests.desk import Desk, guest
from tests.makers import a_resident


async def test_the_next_deadline_comes_first_in_a_to_do_list(desk: Desk) -> None:
    slow = await desk.report(category="C02", text="想问政策")
    quick = await desk.report(text="不知道是什么")

    todo = await cases.list_todo(desk.grid_worker)

    assert [case.number for case in todo.items] == [quick.number, slow.number]


async def test_a_long_to_do_list_goes_on_where_it_stopped(desk: Desk) -> None:
    reported = {(await desk.report()).number for _ in range(5)}

    first = await cases.list_todo(desk.grid_worker, limit=3)
    rest = await cases.list_todo(desk.grid_worker, limit=3, after=first.next)

    assert len(first.items) == 3
    assert {case.number for case in (*first.items, *rest.items)} == reported
    assert rest.next is None


async def test_a_unit_that_has_not_signed_has_it_on_the_list_of_its_people(desk: Desk) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")

    todo = await cases.list_todo(desk.property_staff)

    assert [case.number for case in todo.items] == [opened.number]
    assert len((await cases.list_todo(desk.property_manager)).items) == 1
    assert (await cases.list_todo(desk.grid_worker)).items == ()


async def test_a_resolved_case_waits_for_the_resident_and_is_nobodys_to_do(desk: Desk) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")
    await desk.move(opened, "sign", desk.property_manager)
    await desk.move(opened, "resolve", desk.property_manager, outcome="fixed", text="好了")

    assert (await cases.list_todo(desk.property_manager)).items == ()


async def test_mine_are_those_i_raised_or_joined_by_account_or_key(desk: Desk) -> None:
    neighbour = await a_resident()
    own = await desk.report(by=neighbour)
    joined = await desk.report()
    await cases.second(joined.number, desk.town.token, by=neighbour)

    mine = await cases.list_mine(neighbour)
    hers = await cases.list_mine(guest(joined))

    assert {case.number for case in mine.items} == {own.number, joined.number}
    assert [case.number for case in hers.items] == [joined.number]


async def test_who_holds_no_key_has_no_cases(desk: Desk) -> None:
    await desk.report()

    assert (await cases.list_mine(GUEST)).items == ()


async def test_what_is_open_here_is_listed_where_it_is_felt(desk: Desk) -> None:
    boiler = await desk.report(category="P03", text="停水了")
    elsewhere = await desk.report(code="lamp", text="灯不亮")

    here = await cases.list_here(desk.town.rooms[0])

    assert boiler.number in {case.number for case in here}
    assert elsewhere.number not in {case.number for case in here}


async def test_a_private_category_is_never_listed_here(desk: Desk) -> None:
    await desk.report(category="S02", text="邻居吵架")

    assert await cases.list_here(desk.town.entrance) == ()


async def test_the_desk_finds_by_number_words_and_place(desk: Desk) -> None:
    opened = await desk.report(category="P02", text="三楼电梯100%怪响")
    await desk.report(category="P02", text="二楼也是")
    who, now = desk.property_manager, clock.now()

    async def found(q: str) -> list[str]:
        listed = await cases.list_desk(who, DeskFilter(q=q), now=now)
        return sorted(case.number for case in listed.items)

    assert await found(opened.number) == [opened.number]
    assert await found("100%怪") == [opened.number]
    assert await found("100_怪") == []
    assert len(await found("1单元")) == 2


async def test_the_tabs_of_the_desk_count_what_they_list(desk: Desk, hands: clock.Hands) -> None:
    await desk.report(category="P02", text="电梯不动了")
    signed = await desk.report(category="P02", text="电梯怪响")
    await desk.move(signed, "sign", desk.property_manager)
    hands.move(timedelta(hours=1))
    now = clock.now()

    counts = await cases.count_desk(desk.property_manager, now=now)

    listed = {
        tab: len((await cases.list_desk(desk.property_manager, DeskFilter(tab=tab), now=now)).items)
        for tab in cases.TABS
    }
    assert counts.tabs == listed
    assert counts.tabs["to_sign"] == counts.tabs["overdue"] == 1
    assert counts.estates == (desk.town.estate.id,)


async def test_the_desk_goes_on_where_it_stopped(desk: Desk) -> None:
    reported = {(await desk.report()).number for _ in range(5)}
    now = clock.now()

    first = await cases.list_desk(desk.street_dispatcher, DeskFilter(), now=now, limit=3)
    rest = await cases.list_desk(
        desk.street_dispatcher, DeskFilter(), now=now, limit=3, after=first.next
    )

    assert {case.number for case in (*first.items, *rest.items)} == reported


async def test_a_firm_sees_nothing_it_was_never_given(desk: Desk) -> None:
    await desk.report()

    listed = await cases.list_desk(desk.property_manager, DeskFilter(), now=clock.now())

    assert listed.items == ()


async def test_who_gave_a_case_back_still_sees_it(desk: Desk) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")
    await desk.move(opened, "return", desk.property_manager, reason="不归我们")

    listed = await cases.list_desk(desk.property_manager, DeskFilter(), now=clock.now())

    assert [case.number for case in listed.items] == [opened.number]
    assert (await cases.find_case(opened.number, desk.property_manager)).state == "dispute"


async def test_a_cursor_we_did_not_make_is_refused(desk: Desk) -> None:
    with pytest.raises(Invalid):
        await cases.list_todo(desk.grid_worker, after="WyJ4IiwgInkiXQ")


@pytest.mark.parametrize("q", ["'; DROP TABLE cases; --", "\\", "%", "_" * 80, "\x00%"])
async def test_odd_searches_find_nothing_and_break_nothing(desk: Desk, q: str) -> None:
    await desk.report(category="P02", text="电梯不动了")

    listed = await cases.list_desk(desk.property_manager, DeskFilter(q=q), now=clock.now())

    assert listed.items == ()
