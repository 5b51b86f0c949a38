"""A past that was rewritten is found, and the case named."""

import pytest

from server import cases
from server.base.unit import unit_of_work
from server.cases.models import Case, CaseEvent, CaseRow
from tests.desk import Desk


async def a_moved_case(desk: Desk) -> cases.CaseFile:
    opened = await desk.report()
    return await desk.move(opened, "accept", desk.grid_worker)


async def test_an_untouched_case_has_no_fault(desk: Desk) -> None:
    await a_moved_case(desk)

    assert await cases.check_cases() == []


@pytest.mark.parametrize("change", [{"by_name": "别人"}, {"body": {"move": "x"}}, {"version": 9}])
async def test_a_changed_event_is_found(desk: Desk, change: dict) -> None:
    case = await a_moved_case(desk)
    async with unit_of_work().models():
        await CaseEvent.filter(case_id=case.id, version=2).update(**change)

    faults = await cases.check_cases()

    assert [fault.number for fault in faults] == [case.number]


async def test_a_last_event_cut_off_is_found(desk: Desk) -> None:
    case = await a_moved_case(desk)
    async with unit_of_work().models():
        await CaseEvent.filter(case_id=case.id, version=2).delete()

    assert [fault.number for fault in await cases.check_cases()] == [case.number]


async def test_a_row_given_away_behind_the_desks_back_is_found(desk: Desk) -> None:
    case = await a_moved_case(desk)
    async with unit_of_work().models():
        await CaseRow.filter(case_id=case.id, no=0).update(post_id=desk.town.posts["duty_post"])

    faults = await cases.check_cases()

    assert [fault.what for fault in faults] == ["its rows are not what its events say"]


async def test_an_ending_written_by_hand_is_found(desk: Desk) -> None:
    case = await a_moved_case(desk)
    async with unit_of_work().models():
        await Case.filter(id=case.id).update(ending="confirmed")

    assert [fault.what for fault in await cases.check_cases()] == ["its ending is wrong"]
