"""A shop's whole life on PostgreSQL: registered, owned, found, marked down, thanked, closed."""

import asyncio

import pytest

from server import merchants, places, views
from server.base import clock
from server.base.viewer import GUEST
from tests.desk import asked
from tests.makers import a_viewer
from tests.merchants.conftest import written


@pytest.fixture
def db(postgres_db: str) -> str:
    return postgres_db


async def test_a_shop_lives_and_ends(registry, desk):
    shop = await registry.register()
    await asyncio.gather(registry.invite(shop), registry.invite(shop), return_exceptions=True)
    await registry.deduct(shop, 3, clock.now())
    worker = await a_viewer(desk.town, "community_worker")
    [listed] = (await merchants.list_merchants(worker, words="肥羊 湖畔")).items
    shown = (await views.scan_card(desk.town.codes["shop"], GUEST)).merchant
    assert (listed.duties, listed.duties_signed_on) == (shop.duties, shop.duties_signed_on)
    assert (shown.band, len(await merchants.owners_of(shop))) == ("fair", 1)
    assert [row["duties"] for row in await merchants.merchants_now()] == [list(shop.duties)]
    stall = {"kind": "vendor", "uscc": "", "name": "演示·早点摊"}
    other = await registry.register("estate", **stall)
    await merchants.correct(
        other.id, written(**stall | {"name": "演示·夜宵摊"}), seen_version=1, by=registry.clerk,
        asked=asked("correct"),
    )  # fmt: skip
    made = await merchants.make_code(other.id, by=registry.clerk, asked=asked("code"))
    place = await places.find(other.place_id)
    assert (place.name, made.count) == ("演示·夜宵摊", 1)
    assert await merchants.vendors_at() == {other.place_id}
    await registry.close(shop)
    ended = await merchants.list_merchants(worker, closed=True)
    assert [one.id for one in ended.items] == [shop.id]
