"""A firm leaves an estate: its open cases go to the one that comes, it keeps what ended before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from server import cases, org, places, rosters, wiring
from server.base import clock
from server.base.errors import Invalid
from server.base.viewer import GUEST, HeldPost, Viewer
from server.cases.errors import CaseUnknown
from tests.desk import a_desk, asked, guest, inbox
from tests.makers import SINCE

CLOGGED = {"category": "P05", "text": "楼道堵了"}


@pytest.fixture
async def desk(db):
    wiring.wire()
    with clock.stopped_at(clock.now()) as hands:
        desk = await a_desk()
        yield desk, hands


@pytest.fixture
async def firms(desk):
    """The firm that is there, with somebody who works for it elsewhere, and the one that comes."""
    town = desk[0].town
    roster = org.Roster(since=SINCE)
    heir = roster.unit("property_firm", "演示·新家物业")
    await org.enrol(roster)
    unit_id = town.units["property_firm"]
    elsewhere = HeldPost(heir, "property_manager", "", unit_id, "演示·安居物业", town.lamp.path)
    return Viewer(town.accounts["property_manager"], "演示-物业经理", (elsewhere,)), heir


def day(ahead: int = 0) -> date:
    return clock.local(clock.now() + timedelta(days=ahead)).date()


async def change(desk, heir, *, on: date, by=None):
    await rosters.change_firm(
        desk.town.estate.id, heir, on, by=by or desk.street_dispatcher, asked=asked("firm")
    )


async def test_what_is_open_goes_to_the_firm_that_comes_and_is_whole(desk, firms):
    (desk, hands), (before, heir) = desk, firms
    opened = await desk.report(GUEST, **CLOGGED)
    assert opened.case.main.unit_id == desk.town.units["property_firm"]
    await change(desk, heir, on=day())
    hands.move(timedelta(minutes=1))
    assert await rosters.move_what_is_open() == 1
    assert await rosters.move_what_is_open() == 0

    moved = await cases.find_case(opened.number, desk.street_dispatcher)
    assert (moved.main.unit_id, moved.state) == (heir, "dispatched")
    assert [one.move for one in await cases.read_events(moved.id)][-1] == "change_firm"
    assert await cases.check_cases() == []
    assert "换了物业，接着办" in await inbox(guest(opened), opened)
    with pytest.raises(CaseUnknown):
        await cases.find_case(opened.number, before)


async def test_the_firm_that_left_keeps_what_ended_and_answers_no_longer(desk, firms):
    (desk, hands), (before, heir) = desk, firms
    opened = await desk.report(GUEST, **CLOGGED)
    await desk.move(opened, "sign", desk.property_manager)
    await desk.move(opened, "resolve", desk.property_manager, outcome="fixed", text="通了。")
    await desk.move(opened, "confirm", guest(opened), solved="yes")
    await change(desk, heir, on=day())
    hands.move(timedelta(minutes=1))
    await rosters.move_what_is_open()

    assert (await cases.find_case(opened.number, before)).state == "closed"
    assert await org.posts_of(desk.town.accounts["property_manager"], clock.now()) == ()
    found = await org.responsible_for(desk.town.entrance, "property_manager", clock.now())
    assert found.unit_id == heir


async def test_until_the_day_comes_nothing_changes(desk, firms):
    (desk, hands), (_, heir) = desk, firms
    await desk.report(GUEST, **CLOGGED)
    await change(desk, heir, on=day(ahead=2))
    assert await rosters.move_what_is_open() == 0
    found = await org.responsible_for(desk.town.entrance, "property_firm", clock.now())
    assert found.unit_id == desk.town.units["property_firm"]
    offered = dict(await org.units_for_dispatch(desk.town.entrance))
    assert heir not in offered
    assert found.unit_id in offered

    hands.move(timedelta(days=2))
    assert await rosters.move_what_is_open() == 1


async def test_however_many_estates_there_are_each_is_reached_with_its_firm(
    desk, firms, monkeypatch
):
    (desk, _), _ = desk, firms
    planting = places.Planting()
    for nth in range(3):
        planting.estate(desk.town.grid, f"e1{nth}", f"演示·新苑{nth}区")
    await places.plant(planting)
    both = replace(desk.street_dispatcher, posts=desk.street_dispatcher.posts * 2)
    every = await rosters.firms_here(both)
    monkeypatch.setattr("server.rosters.firms.PAGE", 1)
    found, after = [], None
    for one in every.items:
        listed = await rosters.firms_here(both, after=after)
        assert listed.items == (one,)
        found, after = [*found, one.firm], listed.next
    assert (found, after) == (["演示·安居物业", "", "", ""], None)


async def test_what_cannot_be_is_refused_beside_its_field(desk, firms):
    (desk, _), (_, heir) = desk, firms
    town = desk.town
    for given, field in (
        ({"heir": town.units["street"], "on": day()}, "firm"),
        ({"heir": town.units["property_firm"], "on": day()}, "firm"),
        ({"heir": heir, "on": day(ahead=-1)}, "on"),
        ({"heir": heir, "on": day(), "by": desk.property_manager}, "estate"),
        ({"heir": heir, "on": day(), "by": desk.grid_worker}, "estate"),
    ):
        with pytest.raises(Invalid) as refused:
            await change(desk, **given)
        assert [one.field for one in refused.value.fields] == [field]
