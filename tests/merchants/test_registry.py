"""Who trades where: registered, corrected, closed; what stands on the sign at the door."""

import time
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import msgspec
import pytest

from server import codes, merchants, people, places, views
from server.base import clock, database
from server.base.errors import Invalid
from server.base.unit import Duplicate, LostRace, unit_of_work
from server.base.viewer import GUEST
from tests.access.knocking import knock, open_doors
from tests.counting import counting
from tests.desk import asked
from tests.makers import a_viewer
from tests.merchants.conftest import OTHER_USCC, SHOP, USCC, written


async def sign(desk):
    return (await views.scan_card(desk.town.codes["shop"], GUEST)).merchant


def wrong_of(error: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [one.field for one in error.value.fields]


async def test_a_shop_stands_on_its_sign_from_the_next_scan(registry, desk):
    assert await sign(desk) is msgspec.UNSET
    await registry.register()
    shown = await sign(desk)
    assert (shown.name, shown.trade_title, shown.license_short) == (
        "演示·小肥羊馆",
        "餐饮",
        "演示0001",
    )
    assert (shown.duties, shown.band_title) == (["包卫生", "包绿化", "包秩序"], "优")
    assert "uscc" not in msgspec.to_builtins(shown)


async def test_points_change_the_band_on_the_sign_at_once_and_come_back_with_the_month(
    registry, desk, hands
):
    shop, bands = await registry.register(), []
    case_id = await registry.deduct(shop, 3, clock.now())
    bands.append((await sign(desk)).band)
    await registry.deduct(shop, 4, clock.now())
    bands.append((await sign(desk)).band)
    async with unit_of_work() as unit:
        merchants.reverse_deduction(unit, shop, case_id=case_id, at=clock.now())
    bands.append((await sign(desk)).band)
    hands.move(timedelta(days=31))
    assert [*bands, (await merchants.score_of(shop.id)).band] == ["fair", "poor", "fair", "good"]


async def test_the_sign_is_not_shown_longer_than_its_band_holds(registry, desk, hands):
    shop = await registry.register()
    await registry.deduct(shop, 3, clock.now())
    ends = (await merchants.score_of(shop.id)).until
    hands.move(ends - clock.now() - timedelta(seconds=5))
    assert (await views.board(desk.town.codes["shop"])).until < time.monotonic() + 6


async def test_a_scan_asks_the_database_nothing_and_other_signs_stay_as_they_are(registry, desk):
    shop = await registry.register()
    elsewhere = await views.board(desk.town.codes["entrance"])
    await sign(desk)
    with counting() as counted:
        await sign(desk)
    await registry.deduct(shop, 1, clock.now())
    assert counted.reads == 0
    assert await views.board(desk.town.codes["entrance"]) is elsewhere


async def test_one_finding_takes_points_once_and_is_reversed_once(registry):
    shop = await registry.register()
    case_id = await registry.deduct(shop, 2, clock.now())
    with pytest.raises(Duplicate):
        async with unit_of_work() as unit:
            merchants.put_deduction(unit, shop, case_id=case_id, points=2, at=clock.now())
    for _ in range(2):
        try:
            async with unit_of_work() as unit:
                merchants.reverse_deduction(unit, shop, case_id=case_id, at=clock.now())
        except LostRace:
            break
    assert (await merchants.score_of(shop.id)).points == 12
    assert [one.points for one in (await merchants.lost_by([shop.id]))[shop.id]] == [2]


async def test_a_vendor_needs_no_credit_code(registry):
    stall = await registry.register(kind="vendor", uscc="", name="演示·烤红薯摊")
    assert (stall.kind, stall.uscc) == ("vendor", None)


async def test_a_door_has_one_merchant_and_a_code_one_door(registry, desk):
    await registry.register()
    with pytest.raises(Invalid, match="有地方要改") as occupied:
        await registry.register(uscc=OTHER_USCC)
    with pytest.raises(Invalid) as taken:
        await registry.register("street_grid", name="演示·分店")
    assert (wrong_of(occupied), wrong_of(taken)) == (["place"], ["uscc"])


async def test_who_closes_frees_door_and_code_and_leaves_the_sign(registry, desk):
    shop = await registry.register()
    await registry.close(shop)
    await registry.close(shop)
    assert await sign(desk) is msgspec.UNSET
    again = await registry.register(name="演示·新店")
    assert (again.uscc, (await sign(desk)).name) == (USCC, "演示·新店")
    with pytest.raises(merchants.MerchantMovedOn):
        await merchants.correct(
            shop.id, written(), seen_version=1, by=registry.clerk, asked=asked()
        )


async def test_where_there_are_no_premises_they_are_set_up_in_the_estate(registry, desk):
    shop = await registry.register("estate", name="演示·便民店")
    ground = await places.find(shop.place_id)
    assert (ground.kind, ground.full_name) == ("premises", "演示·云锦苑小区演示·便民店")
    assert (ground.estate_id, ground.path.startswith(desk.town.estate.path)) == (
        desk.town.estate.id,
        True,
    )


async def test_a_merchant_is_no_tenant_of_a_home_and_not_in_anothers_area(registry, desk):
    home, beyond = desk.town.rooms[0].id, desk.town.street.id
    for place_id in (home, beyond, uuid4()):
        with pytest.raises(Invalid) as wrong:
            await merchants.register(place_id, written(), by=registry.clerk, asked=asked())
        assert wrong_of(wrong) == ["place"]


async def test_only_who_keeps_the_area_sees_and_changes_a_merchant(registry, desk):
    shop = await registry.register()
    for stranger in (desk.grid_worker, desk.property_manager, desk.municipal, GUEST):
        with pytest.raises(merchants.MerchantUnknown):
            await merchants.correct(shop.id, written(), seen_version=1, by=stranger, asked=asked())
        assert (await merchants.list_merchants(stranger)).items == ()
    worker = await a_viewer(desk.town, "community_worker")
    assert [one.id for one in (await merchants.list_merchants(worker)).items] == [shop.id]


async def test_a_correction_stands_on_the_sign_and_the_later_of_two_is_told(registry, desk):
    shop = await registry.register()
    how = {"seen_version": shop.version, "by": registry.clerk}
    await merchants.correct(shop.id, written(name="演示·大肥羊"), **how, asked=asked())
    with pytest.raises(merchants.MerchantMovedOn):
        await merchants.correct(shop.id, written(name="演示·中肥羊"), **how, asked=asked())
    assert (await sign(desk)).name == "演示·大肥羊"
    name = "SELECT name FROM unit WHERE id = $1"
    assert await database.fetch_value(name, shop.unit_id) == "演示·大肥羊"


async def test_premises_called_like_the_shop_are_renamed_with_it_and_others_are_not(registry, desk):
    own = await registry.register("estate")
    other = await registry.register("shop", name="演示·面馆", uscc=OTHER_USCC)
    named_before = (await places.find(other.place_id)).full_name
    for shop, uscc in ((own, USCC), (other, OTHER_USCC)):
        await merchants.correct(
            shop.id, written(name="演示·大肥羊", uscc=uscc),
            seen_version=1, by=registry.clerk, asked=asked(),
        )  # fmt: skip
    renamed = await places.find(own.place_id)
    assert (renamed.name, renamed.full_name) == ("演示·大肥羊", "演示·云锦苑小区演示·大肥羊")
    assert (await places.find(other.place_id)).full_name == named_before
    assert (await merchants.find_merchant(own.id)).place == renamed.full_name


async def test_premises_called_like_whoever_left_are_called_like_who_came(registry, desk):
    first = await registry.register("estate")
    await registry.close(first)
    desk.town.shop = await places.find(first.place_id)
    second = await registry.register("shop", name="演示·茶铺", uscc=OTHER_USCC)
    assert (second.place_id, second.place) == (first.place_id, "演示·云锦苑小区演示·茶铺")


async def test_a_code_is_made_for_a_stall_at_the_desk_and_by_the_batch(registry, desk):
    stall = await registry.register("street_grid", kind="vendor", uscc="", name="演示·早点摊")
    made = await merchants.make_code(stall.id, by=registry.clerk, asked=asked("code"))
    other = await registry.register("street_grid", kind="vendor", uscc="", name="演示·烤红薯摊")
    many = await codes.make(
        desk.town.street_grid.id, ["premises"], "", vendors=await merchants.vendors_at(),
        by=registry.clerk,
    )  # fmt: skip
    rows = await database.fetch(
        "SELECT place_id, kind FROM code WHERE batch_id IN ($1, $2)", made.id, many.id
    )
    assert {(row["place_id"], row["kind"]) for row in rows} == {
        (stall.place_id, "vendor"),
        (other.place_id, "vendor"),
    }
    with pytest.raises(codes.NothingMissing):
        await merchants.make_code(stall.id, by=registry.clerk, asked=asked("code"))


async def test_a_shop_that_is_closed_gets_no_code(registry):
    shop = await registry.register("estate")
    await registry.close(shop)
    with pytest.raises(merchants.MerchantMovedOn):
        await merchants.make_code(shop.id, by=registry.clerk, asked=asked("code"))


async def test_the_same_request_again_registers_nothing_twice(registry, desk):
    once = asked("merchants")
    made = [
        await merchants.register(desk.town.shop.id, written(), by=registry.clerk, asked=once)
        for _ in range(2)
    ]
    assert made[0] == made[1]


async def test_the_list_is_searched_by_name_place_and_code_and_read_page_by_page(registry, desk):
    first = await registry.register()
    second = await registry.register("street_grid", name="演示·100%果汁", uscc=OTHER_USCC)
    found = SimpleNamespace(by=lambda words: merchants.list_merchants(registry.clerk, words=words))
    asked_for = ("肥羊", "湖畔 果汁", "0%果", "71526726", "不在")
    listed = [[one.id for one in (await found.by(words)).items] for words in asked_for]
    assert listed == [[first.id], [second.id], [second.id], [second.id], []]
    page = await merchants.list_merchants(registry.clerk, limit=1)
    rest = await merchants.list_merchants(registry.clerk, limit=1, after=page.next)
    assert [page.items[0].id, rest.items[0].id, rest.next] == [second.id, first.id, None]


async def test_a_stall_with_its_own_code_lacks_none(registry, desk):
    batch = codes.Batch("摊位", clock.now())
    stall = await registry.register("street_grid", kind="vendor", uscc="", name="演示·早点摊")
    batch.code(stall.place_id, "vendor")
    await codes.make_batch(batch)
    counted = {one.kind: one.missing for one in await codes.survey(desk.town.street_grid)}
    assert counted["premises"] == 0


async def test_a_state_nobody_has_seen_is_refused_in_words(registry):
    open_doors()
    shop = await registry.register()
    session = {"id": registry.clerk.account_id, "kind": "staff", "name": "", "name_sealed": None}
    token = (await people.begin_staff_session(session, "staff")).token
    form, path = SHOP | {"seen_version": str(10**30)}, f"/desk/merchants/{shop.id}"
    answer = await knock("POST", path, bearer=False, token=token, form=form, key="k" * 16)
    assert answer.status == 422
