"""Another category: the promises it makes, and whose the case is then."""

from datetime import timedelta

from server.base.clock import Hands
from tests.desk import Desk


async def test_an_extension_outlives_another_category_but_for_an_urgent_one(
    desk: Desk, hands: Hands
) -> None:
    opened = await desk.report()
    await desk.move(opened, "accept", desk.grid_worker)
    await desk.move(opened, "self_handle", desk.grid_worker)
    asked = {"longer": "2wd", "reason": "等配件"}
    await desk.move(opened, "ask_extend", desk.grid_worker, **asked)
    extended = await desk.move(opened, "grant_extend", desk.grid_leader)

    other = await desk.move(opened, "classify", desk.grid_worker, category="F03")
    urgent = await desk.move(opened, "classify", desk.grid_worker, category="P01")

    assert other.resolve_by == extended.resolve_by > opened.case.resolve_by
    assert urgent.resolve_by == opened.case.opened_at + timedelta(minutes=30)
