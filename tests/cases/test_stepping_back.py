"""Whoever withdraws a report that neighbours wait for as well leaves it to them."""

import pytest

from server import cases
from server.base.errors import Failure
from server.base.viewer import GUEST
from tests import makers
from tests.desk import Desk, guest, inbox


async def test_whoever_was_merged_into_it_still_has_it_done_and_rates_it(desk: Desk) -> None:
    raiser, neighbour = await makers.a_resident(), await makers.a_resident("演示-李先生")
    into, other = await desk.report(raiser), await desk.report(neighbour)
    await desk.move(other, "merge", desk.grid_worker, into=into.number)

    moved = await desk.move(into, "withdraw", raiser, reason="我自己修好了")

    assert (moved.state, moved.ending) == ("submitted", None)
    await desk.move(into, "accept", desk.grid_worker)
    await desk.move(into, "self_handle", desk.grid_worker)
    await desk.move(into, "resolve", desk.grid_worker, outcome="fixed", text="换了灯泡")
    await desk.move(into, "rate", neighbour, solved="yes")
    assert await cases.check_cases() == []


async def test_she_is_told_so_and_nothing_afterwards(desk: Desk) -> None:
    raiser = await makers.a_resident()
    opened = await desk.report(raiser)
    await cases.second(opened.number, desk.town.token, by=GUEST)
    await desk.move(opened, "withdraw", raiser)
    await desk.move(opened, "accept", desk.grid_worker)

    assert await inbox(raiser, opened) == ["已收到您的上报", "您的上报已撤回"]
    assert "上报人撤回了，邻居还在等：路灯、护栏、标识" in await inbox(desk.grid_worker, opened)


async def test_she_is_neither_asked_nor_rung_up(desk: Desk) -> None:
    opened = await desk.report(category="F02", text="路灯不亮", phone="16000001234")
    await cases.second(opened.number, desk.town.token, by=GUEST)

    moved = await desk.move(opened, "withdraw", guest(opened))

    assert (moved.phone_sealed, moved.name_sealed) == (None, None)
    await desk.move(opened, "accept", desk.grid_worker)
    with pytest.raises(Failure):
        await desk.move(opened, "ask", desk.grid_worker, question="在几楼？")


async def test_it_is_not_withdrawn_twice(desk: Desk) -> None:
    opened = await desk.report()
    await cases.second(opened.number, desk.town.token, by=GUEST)
    moved = await desk.move(opened, "withdraw", guest(opened))

    assert "withdraw" not in [one.key for one in await cases.offered(moved, guest(opened))]
    with pytest.raises(Failure):
        await desk.move(opened, "withdraw", guest(opened))


async def test_whoever_stepped_back_does_not_follow_where_it_is_merged(desk: Desk) -> None:
    raiser = await makers.a_resident()
    into, other = await desk.report(), await desk.report(raiser)
    await cases.second(other.number, desk.town.token, by=GUEST)
    await desk.move(other, "withdraw", raiser)

    await desk.move(other, "merge", desk.grid_worker, into=into.number)

    assert (await cases.find_case(into.number, guest(into))).seconded == 1


async def test_what_nobody_else_waits_for_ends_as_ever(desk: Desk) -> None:
    opened = await desk.report()

    moved = await desk.move(opened, "withdraw", guest(opened))

    assert (moved.state, moved.ending) == ("closed", "withdrawn")
