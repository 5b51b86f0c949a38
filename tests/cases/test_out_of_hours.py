"""What is urgent rings somebody who is awake, whatever the hour."""

from datetime import UTC, datetime

import pytest

from server.base.clock import Hands
from tests.desk import Desk, a_photo, notices_of_post

AT_NIGHT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # two at night in town


@pytest.mark.parametrize("category", ["P01", "P09", "S01"])
async def test_at_night_the_duty_post_is_rung_for_what_is_urgent(
    desk: Desk, hands: Hands, category: str
) -> None:
    hands.stopped = AT_NIGHT

    await desk.report(category=category, photos=(await a_photo(),))

    assert await notices_of_post(desk.town.posts["duty_post"]) == ["handler.out_of_hours"]


@pytest.mark.parametrize("category", ["P01", "P09", "S01"])
async def test_by_day_whoever_is_there_is_enough(desk: Desk, category: str) -> None:
    await desk.report(category=category, photos=(await a_photo(),))

    assert await notices_of_post(desk.town.posts["duty_post"]) == []


async def test_danger_at_night_rings_once(desk: Desk, hands: Hands) -> None:
    hands.stopped = AT_NIGHT

    await desk.report(category="P01", text="救命，电梯里有人")

    assert await notices_of_post(desk.town.posts["duty_post"]) == ["handler.urgent"]


async def test_what_can_wait_rings_nobody_at_night(desk: Desk, hands: Hands) -> None:
    hands.stopped = AT_NIGHT

    await desk.report(category="P02", text="电梯不动了")

    assert await notices_of_post(desk.town.posts["duty_post"]) == []


async def test_what_turns_out_to_be_urgent_at_night_rings_as_well(desk: Desk, hands: Hands) -> None:
    hands.stopped = AT_NIGHT
    opened = await desk.report(category="P02", text="电梯不动了")

    await desk.move(opened, "classify", desk.grid_worker, category="P01")

    assert await notices_of_post(desk.town.posts["duty_post"]) == ["handler.out_of_hours"]
