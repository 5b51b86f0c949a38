"""What a list shows and what a case page opens are one rule, written twice: they must agree."""

from server import cases
from server.base import clock, database
from server.base.viewer import Viewer
from server.cases import DeskFilter
from tests.desk import Desk
from tests.makers import a_viewer

STAFF = (
    "grid_worker grid_leader grid_police property_manager property_staff community_worker"
    " community_secretary street_dispatcher duty_post municipal heating"
).split()


async def test_the_desk_lists_exactly_the_cases_that_open_for_each_member_of_staff(
    desk: Desk,
) -> None:
    await _all_kinds_of_cases(desk)
    numbers = {row["number"] for row in await database.fetch("SELECT number FROM cases")}
    staff = [await a_viewer(desk.town, role) for role in STAFF]

    listed = {viewer.name: await _listed(viewer) for viewer in staff}
    opening = {viewer.name: await _opening(viewer, numbers) for viewer in staff}

    assert listed == opening
    assert listed["演示-街道调度员"] != set()


async def _all_kinds_of_cases(desk: Desk) -> None:
    await desk.report()
    await desk.report(code="lamp", text="灯不亮")
    await desk.report(category="P06", text="乱收费")
    community = desk.town.units["community"]
    await desk.report(category="C04", text="不办事", about_unit_id=community)
    returned = await desk.report(category="P02", text="电梯不动了")
    await desk.move(returned, "return", desk.property_manager, reason="不归我们")
    signed = await desk.report(category="P05", text="门禁坏了")
    await desk.move(signed, "sign", desk.property_staff)
    given = await desk.report(text="路灯不亮")
    await desk.move(given, "accept", desk.grid_worker)
    await desk.move(given, "dispatch", desk.grid_worker, unit=str(desk.town.units["municipal"]))


async def _listed(viewer: Viewer) -> set[str]:
    found = await cases.list_desk(viewer, DeskFilter(), now=clock.now())
    return {case.number for case in found.items}


async def _opening(viewer: Viewer, numbers: set[str]) -> set[str]:
    return {number for number in numbers if await _opens(number, viewer)}


async def _opens(number: str, viewer: Viewer) -> bool:
    try:
        await cases.find_case(number, viewer)
    except cases.CaseUnknown:
        return False
    return True
