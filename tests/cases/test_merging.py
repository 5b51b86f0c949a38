"""并单: into a case that goes on, and everyone who follows is told there as one who joined."""

import pytest

from server import cases
from server.base.errors import Invalid
from server.cases.effects import follow
from tests.desk import Desk
from tests.makers import a_resident


async def test_nothing_is_merged_into_a_case_that_is_withdrawn_at_that_moment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    raiser, neighbour = await a_resident(), await a_resident("演示-李先生")
    into, other = await desk.report(raiser), await desk.report(neighbour)
    await cases.second(into.number, desk.town.token, by=neighbour)
    left, read = [into], follow._into

    async def and_then_it_is_withdrawn(call):
        found = await read(call)
        while left:
            await desk.move(left.pop(), "withdraw", raiser)
        return found

    monkeypatch.setattr(follow, "_into", and_then_it_is_withdrawn)
    with pytest.raises(Invalid) as refused:
        await desk.move(other, "merge", desk.grid_worker, into=into.number)
    assert [wrong.code for wrong in refused.value.fields] == ["case-ended"]
