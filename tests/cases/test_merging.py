"""并单: into a case that goes on, and everyone who follows is told there as one who joined."""

from dataclasses import replace

import pytest

from server import cases
from server.base.errors import Invalid
from server.base.viewer import GUEST
from server.cases.effects import follow
from tests.desk import Desk, inbox
from tests.makers import a_resident


async def test_nothing_is_merged_into_a_case_that_ends_at_that_moment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    raiser, neighbour = await a_resident(), await a_resident("演示-李先生")
    into, other = await desk.report(raiser), await desk.report(neighbour)
    await cases.second(into.number, desk.town.token, by=neighbour)
    left, read = [into], follow._into

    async def and_then_it_ends(call):
        found = await read(call)
        while left:
            await desk.move(left.pop(), "decline", desk.grid_worker, reason="不归这里管")
        return found

    monkeypatch.setattr(follow, "_into", and_then_it_ends)
    with pytest.raises(Invalid) as refused:
        await desk.move(other, "merge", desk.grid_worker, into=into.number)
    assert [wrong.code for wrong in refused.value.fields] == ["case-ended"]


async def test_of_a_whole_estate_that_joined_nobody_is_left_behind(desk: Desk) -> None:
    into, other = await desk.report(), await desk.report()
    joined = [await cases.second(other.number, desk.town.token, by=GUEST) for _ in range(210)]
    await desk.move(other, "merge", desk.grid_worker, into=into.number)
    await desk.move(into, "accept", desk.grid_worker)
    last = replace(GUEST, keys=frozenset({joined[-1].key or ""}))
    case = await cases.find_case(into.number, last)
    assert case.seconded == 211
    assert len(await inbox(last, into)) == 1
    assert await cases.check_cases() == []


async def test_whoever_raised_both_does_not_join_her_own_and_is_told_once(desk: Desk) -> None:
    raiser = await a_resident()
    into, other = await desk.report(raiser), await desk.report(raiser)
    await desk.move(other, "merge", desk.grid_worker, into=into.number)
    await desk.move(into, "accept", desk.grid_worker)
    case = await cases.find_case(into.number, raiser)
    assert case.seconded == 0
    assert len(await inbox(raiser, into)) == 2  # It was received, and accepted.


async def test_neither_does_she_where_she_only_joined_the_other(desk: Desk) -> None:
    raiser = await a_resident()
    into, other = await desk.report(raiser), await desk.report()
    await cases.second(other.number, desk.town.token, by=raiser)
    await desk.move(other, "merge", desk.grid_worker, into=into.number)
    assert (await cases.find_case(into.number, raiser)).seconded == 1  # The guest.
