"""挂账 and 延期: whoever asks never grants it, whatever posts they hold or stand in for."""

from datetime import timedelta

import pytest

from server import cases, rosters
from server.base import clock
from server.base.errors import Failure
from server.base.viewer import Viewer
from server.cases import CaseFile
from tests import makers
from tests.desk import Desk, asked

ASKS = {
    "extend": {"longer": "2wd", "reason": "要等配件"},
    "hang": {"until": "2026-12-31", "reason": "等开春"},
}


async def asks(desk: Desk, wanted: str, by: Viewer, *, role: str) -> CaseFile:
    """A case that somebody took up in a role and asks for more time in."""
    opened = await desk.report()
    await desk.move(opened, "accept", by)
    assert (await cases.find_case(opened.number, by)).main.post_id == desk.town.posts[role]
    return await desk.move(opened, f"ask_{wanted}", by, **ASKS[wanted])


async def stands_in(desk: Desk, role: str, *, at: str) -> Viewer:
    """Whoever holds the post `at` is away, and whoever has `role` stands in."""
    away, deputy = await makers.a_viewer(desk.town, at), desk.town.accounts[role]
    ends = clock.now() + timedelta(days=7)
    await rosters.take_leave(None, ends, deputy, by=away, asked=asked("leave"))
    return await makers.a_viewer(desk.town, role)


@pytest.mark.parametrize("wanted", sorted(ASKS))
async def test_the_deputy_of_the_leader_does_not_grant_what_he_asks_himself(
    desk: Desk, wanted: str
) -> None:
    worker = await stands_in(desk, "grid_worker", at="grid_leader")

    case = await asks(desk, wanted, worker, role="grid_worker")

    assert case.rows[1].post_id == desk.town.posts["community_secretary"]
    with pytest.raises(Failure):
        await desk.move(case, f"grant_{wanted}", worker)
    await desk.move(case, f"grant_{wanted}", desk.community_secretary)


async def test_who_becomes_the_deputy_afterwards_does_not_either(desk: Desk) -> None:
    case = await asks(desk, "hang", desk.grid_worker, role="grid_worker")
    worker = await stands_in(desk, "grid_worker", at="grid_leader")

    assert case.rows[1].post_id == desk.town.posts["grid_leader"]
    assert "grant_hang" not in [one.key for one in await cases.offered(case, worker)]
    with pytest.raises(Failure):
        await desk.move(case, "grant_hang", worker)


async def test_where_the_street_has_no_leader_its_dispatcher_does_not_grant_his_own(
    desk: Desk,
) -> None:
    opened = await desk.report(
        category="C04", text="不办事", about_unit_id=desk.town.units["community"]
    )
    await desk.move(opened, "accept", desk.street_dispatcher)

    case = await desk.move(opened, "ask_hang", desk.street_dispatcher, **ASKS["hang"])

    assert case.rows[1].post_id != desk.town.posts["street_dispatcher"]
    with pytest.raises(Failure):
        await desk.move(case, "grant_hang", desk.street_dispatcher)


async def test_else_it_is_whoever_stands_one_level_above(desk: Desk) -> None:
    case = await asks(desk, "extend", desk.grid_worker, role="grid_worker")

    granted = await desk.move(case, "grant_extend", desk.grid_leader)

    assert granted.rows[1].state == "granted"
    assert await cases.check_cases() == []
