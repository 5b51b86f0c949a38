"""A shopkeeper's side of an inspection: what is theirs to do, how it ended, what points cost."""

from collections.abc import AsyncIterator

import pytest

from server import merchants, views, wiring
from server.base import clock
from tests.desk import a_desk, asked
from tests.merchants.test_inspections import Street, a_street


@pytest.fixture
async def street(sqlite_db: str, hands: clock.Hands) -> AsyncIterator[Street]:
    wiring.wire()
    async with a_street(await a_desk()) as made:
        yield made


async def test_a_keeper_sees_what_is_theirs_to_do_apart_from_what_waits_for_others(street: Street):
    waits, asked_of = await street.rectified(), await street.find(item="litter")
    shop = await views.own_shop(street.shop.id, street.keeper)
    assert [one.number for one in shop.asked] == [asked_of]
    assert [one.number for one in shop.waiting] == [waits]


async def test_a_keeper_reads_how_it_ended_and_what_points_went_for(street: Street):
    number = await street.deducted()
    await street.move(number, "appeal", street.keeper, reason="那是隔壁的。")
    await street.move(number, "uphold", street.desk.street_dispatcher, reason="照片清楚。")
    shop = await views.own_shop(street.shop.id, street.keeper)
    assert [one.ending_title for one in shop.past] == ["申诉后维持"]
    assert [(one.number, one.title, one.points) for one in shop.lost] == [
        (number, "店外经营、占道摆放", 2)
    ]


async def test_what_is_asked_stands_on_every_page_of_what_was(street: Street):
    for _ in range(21):
        await street.move(await street.find(), "pass", street.worker)
    number = await street.find()
    first = await views.own_shop(street.shop.id, street.keeper)
    second = await views.own_shop(street.shop.id, street.keeper, after=str(first.next))
    assert [one.number for one in second.asked] == [number]
    assert (len(first.past), len(second.past)) == (20, 1)


async def test_a_shop_is_not_closed_before_its_appeal_is_decided(street: Street):
    number, clerk = await street.deducted(), street.desk.community_secretary
    await street.move(number, "appeal", street.keeper, reason="那是隔壁的。")
    with pytest.raises(merchants.AppealOpen, match=number):
        await merchants.close(street.shop.id, by=clerk, asked=asked("close"))
    await street.move(number, "reverse", street.desk.street_dispatcher, reason="是隔壁的。")
    await merchants.close(street.shop.id, by=clerk, asked=asked("close"))
    assert (await merchants.find_merchant(street.shop.id)).closed_at is not None
