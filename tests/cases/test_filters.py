"""Filters a clerk keeps: own, by name, never too many; and several cases found at once."""

import pytest

from server import cases
from server.base.errors import Invalid
from server.base.viewer import GUEST
from server.cases import TooManyFilters
from server.cases.clerks import filters
from tests.desk import Desk

LATE = {"tab": "overdue", "q": "电梯"}


async def titles(viewer) -> list[str]:
    return [one.title for one in await cases.list_filters(viewer)]


async def test_a_filter_kept_is_found_as_it_was(desk: Desk) -> None:
    await cases.keep_filter(desk.property_manager, " 我的超时件 ", LATE)
    [kept] = await cases.list_filters(desk.property_manager)
    assert (kept.title, kept.wanted) == ("我的超时件", LATE)


async def test_the_same_name_again_replaces_it(desk: Desk) -> None:
    await cases.keep_filter(desk.property_manager, "要紧的", LATE)
    await cases.keep_filter(desk.property_manager, "要紧的", {"tab": "open"})
    [kept] = await cases.list_filters(desk.property_manager)
    assert kept.wanted == {"tab": "open"}


async def test_nobody_sees_or_drops_what_another_kept(desk: Desk) -> None:
    await cases.keep_filter(desk.property_manager, "要紧的", LATE)
    [kept] = await cases.list_filters(desk.property_manager)
    await cases.drop_filter(desk.street_dispatcher, kept.id)
    assert await titles(desk.street_dispatcher) == []
    assert await titles(desk.property_manager) == ["要紧的"]


async def test_a_filter_dropped_is_gone_and_twice_is_as_once(desk: Desk) -> None:
    await cases.keep_filter(desk.property_manager, "要紧的", LATE)
    [kept] = await cases.list_filters(desk.property_manager)
    await cases.drop_filter(desk.property_manager, kept.id)
    await cases.drop_filter(desk.property_manager, kept.id)
    assert await titles(desk.property_manager) == []


@pytest.mark.parametrize("title", ["", "  ", "长" * 21])
async def test_a_name_must_be_there_and_short(desk: Desk, title: str) -> None:
    with pytest.raises(Invalid) as caught:
        await cases.keep_filter(desk.property_manager, title, LATE)
    assert [one.field for one in caught.value.fields] == ["title"]


async def test_there_is_an_end_to_keeping(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "MOST_KEPT", 1)
    await cases.keep_filter(desk.property_manager, "一", LATE)
    with pytest.raises(TooManyFilters, match="最多存1个"):
        await cases.keep_filter(desk.property_manager, "二", LATE)
    await cases.keep_filter(desk.property_manager, "一", {"tab": "open"})


async def test_several_cases_are_found_in_one_statement_and_only_ones_own(desk, counted) -> None:
    mine = [await desk.report(category="P02", text="电梯不动了") for _ in range(2)]
    other = await desk.report(code="lamp", category="F02", text="路灯不亮")
    numbers = [mine[1].number, "no number", other.number, mine[0].number, mine[1].number]
    counted.reads = 0
    found = await cases.find_cases(numbers, desk.property_manager)
    assert [case.number for case in found] == [mine[1].number, mine[0].number]
    assert counted.reads == 1
    assert await cases.find_cases(numbers, GUEST) == ()
