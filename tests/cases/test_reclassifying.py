"""Another category: the promises it makes, and whose the case is then."""

from datetime import timedelta

from server.base.clock import Hands
from tests.desk import Desk, inbox, notices_of_post


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


async def test_a_lift_with_somebody_in_it_leaves_the_grid_worker_s_hands_for_the_firm(
    desk: Desk,
) -> None:
    opened = await desk.report()
    await desk.move(opened, "accept", desk.grid_worker)

    moved = await desk.move(opened, "classify", desk.grid_worker, category="P01")

    assert (moved.state, moved.main.unit_id) == ("dispatched", desk.town.units["property_firm"])
    assert "派来一件：电梯困人" in await inbox(desk.property_manager, opened)
    assert "handler.informed" in await notices_of_post(desk.town.posts["grid_worker"])


async def test_gas_leaves_the_hands_of_the_firm_that_is_at_work(desk: Desk) -> None:
    opened = await desk.report(category="P04", text="漏水，有怪味")
    await desk.move(opened, "sign", desk.property_manager)

    moved = await desk.move(opened, "classify", desk.grid_worker, category="P09")

    assert (moved.state, moved.main.unit_id) == ("dispatched", desk.town.units["gas"])


async def test_the_firm_that_is_at_work_keeps_what_is_its_own_by_the_new_kind_too(
    desk: Desk,
) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")
    await desk.move(opened, "sign", desk.property_manager)

    moved = await desk.move(opened, "classify", desk.grid_worker, category="P01")

    assert (moved.state, moved.main.post_id) == ("handling", desk.town.posts["property_manager"])
