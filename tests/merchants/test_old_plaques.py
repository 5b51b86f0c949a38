"""A plaque that hangs goes on saying what the shop was called; the desk says so, until another is
made."""

from datetime import timedelta

from server import codes, merchants, views
from server.base import clock
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.plaques.models import Mounting
from tests.desk import asked
from tests.merchants.conftest import written

NEW_NAME = "演示·大肥羊"


async def hang(desk) -> None:
    """The plaque at the shop's door is put up."""
    code = await codes.read(desk.town.codes["shop"])
    worker = desk.grid_worker
    async with unit_of_work() as unit:
        unit.insert(
            Mounting, id=new_id(), code_id=code.id, path=code.ground.path, mounted_at=clock.now(),
            by_account_id=worker.account_id, by_post_id=worker.posts[0].id,
        )  # fmt: skip


async def rename(registry, shop, name=NEW_NAME) -> None:
    version = (await merchants.find_merchant(shop.id)).version
    await merchants.correct(
        shop.id, written(name=name), seen_version=version, by=registry.clerk, asked=asked("name")
    )


async def marked(registry) -> list[bool]:
    lines = (await views.merchant_lines(registry.clerk)).items
    return [one.old_plaque for one in lines]


async def test_a_plaque_put_up_before_the_shop_was_renamed_has_the_old_name(registry, desk, hands):
    shop = await registry.register()
    await hang(desk)
    hands.move(timedelta(days=1))
    assert await marked(registry) == [False]
    await rename(registry, shop)

    page = await views.merchant_page(shop.id, registry.clerk)
    code = await codes.read(desk.town.codes["shop"])
    assert (await marked(registry), page.line.old_plaque, page.replace_code) == (
        [True],
        True,
        code.id,
    )
    doer = codes.Doer(by=registry.clerk, asked=asked("replace"))
    await codes.replace_code(desk.town.codes["shop"], "renamed", doer=doer)
    assert await marked(registry) == [False]


async def test_what_was_put_up_afterwards_has_the_new_name(registry, desk, hands):
    shop = await registry.register()
    await rename(registry, shop)
    hands.move(timedelta(days=1))
    await hang(desk)
    assert await marked(registry) == [False]


async def test_premises_with_a_name_of_their_own_have_a_plaque_that_stays(registry, desk, hands):
    shop = await registry.register(name="演示·别名")
    await hang(desk)
    hands.move(timedelta(days=1))
    await rename(registry, shop)
    assert await marked(registry) == [False]


async def test_whoever_trades_there_next_finds_the_plaque_of_who_left(registry, desk, hands):
    await registry.close(await registry.register())
    await hang(desk)
    hands.move(timedelta(days=1))
    await registry.register(name=NEW_NAME)
    assert await marked(registry) == [True]
