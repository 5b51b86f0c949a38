"""The numbers beside the tabs of a desk are kept, and never wrong where their reader looks."""

from datetime import timedelta

import pytest

from server import cases
from server.base import changes, clock
from server.base.viewer import Viewer
from server.views import counts
from tests.counting import counting
from tests.desk import Desk


async def _asked(who: Viewer, later: timedelta = timedelta()) -> tuple[int, int]:
    """How many open cases the desk counts, and how many questions that took."""
    with counting() as counted:
        found = await counts.desk_counts(who, clock.now() + later)
    return found.tabs["open"], counted.reads


async def test_asked_again_they_cost_nothing(desk: Desk) -> None:
    await desk.report()
    first, again = await _asked(desk.street_dispatcher), await _asked(desk.street_dispatcher)
    assert first[0] == again[0] == 1
    assert first[1] > again[1] == 0


async def test_a_new_case_where_they_look_counts_at_once(desk: Desk) -> None:
    everyone = (desk.street_dispatcher, desk.grid_worker, desk.property_manager)
    for who in everyone:
        await _asked(who)
    opened = await desk.report(category="P02", text="电梯停了")
    assert [(await _asked(who))[0] for who in everyone] == [1, 1, 1]
    moved = await desk.move(opened, "sign", desk.property_manager)
    assert moved.state == "handling"
    found = await counts.desk_counts(desk.property_manager, clock.now())
    assert found.tabs["to_sign"] == 0


async def test_what_changes_elsewhere_costs_nobody_here_anything(desk: Desk) -> None:
    await _asked(desk.grid_worker)
    changes.changed("990101/990101001/")
    assert (await _asked(desk.grid_worker))[1] == 0


async def test_after_half_a_minute_they_are_counted_anew(desk: Desk) -> None:
    await _asked(desk.street_dispatcher)
    assert (await _asked(desk.street_dispatcher, counts.KEPT))[1] > 0


async def test_they_are_each_readers_own(desk: Desk) -> None:
    await desk.report(category="P02", text="电梯停了")
    assert (await _asked(desk.property_manager))[0] == 1
    assert (await _asked(desk.municipal))[0] == 0


async def test_what_changes_while_they_are_counted_is_not_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = cases.count_desk

    async def counted_while_somebody_reports(viewer, *, now):
        found = await count(viewer, now=now)
        monkeypatch.undo()
        await desk.report()
        return found

    monkeypatch.setattr(counts.cases, "count_desk", counted_while_somebody_reports)
    assert (await _asked(desk.street_dispatcher))[0] == 0
    assert (await _asked(desk.street_dispatcher))[0] == 1
