"""What a page tells of a case beside the case itself."""

from datetime import timedelta

from server import cases
from server.base import clock
from server.base.unit import unit_of_work
from server.cases.models import Case
from tests.desk import Desk


async def test_an_older_complaint_about_oneself_is_not_named_as_reported_before(
    desk: Desk, hands: clock.Hands
) -> None:
    older = await desk.report(category="E05", text="楼道堆物")
    hands.move(timedelta(days=1))
    later = await desk.report(category="E05", text="楼道又堆物")
    assert await _before(desk, later.number) == [older.number]

    async with unit_of_work() as unit:
        about = {"about_post_id": desk.town.posts["grid_worker"]}
        unit.update(Case, where={"id": older.case.id}, set=about)

    assert await _before(desk, later.number) == []


async def test_two_reports_without_a_kind_are_not_told_as_the_same_again(desk: Desk) -> None:
    await desk.report(category="Z99", text="楼道灯不亮")
    later = await desk.report(category="Z99", text="电梯门关不上")
    assert await _before(desk, later.number) == []


async def _before(desk: Desk, number: str) -> list[str]:
    dossier = await cases.find_dossier(number, desk.grid_worker)
    return [one.number for one in dossier.before]
