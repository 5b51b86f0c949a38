"""Whose a shop is: the post makes the owner, and makes nobody one of the staff."""

import asyncio
from dataclasses import replace

import pytest

from server import cases, merchants, org, people, praise, privacy, rosters, views
from server.base import clock, database
from server.base.errors import Invalid, NotAllowed
from server.base.viewer import Viewer
from server.web import access
from tests.desk import asked
from tests.makers import a_resident

PHONE = "16000001003"


async def viewer_of(phone: str = PHONE) -> Viewer:
    account = await people.find_by_phone(phone)
    return Viewer(account["id"], posts=await org.posts_of(account["id"], clock.now()))


async def told(viewer: Viewer) -> list[str]:
    """The texts put into the outbox for an account, oldest first."""
    sql = "SELECT text_key FROM notice WHERE account_id = $1 ORDER BY id"
    return [row["text_key"] for row in await database.fetch(sql, viewer.account_id)]


async def test_who_is_invited_has_the_shop_with_the_first_sign_in(registry, desk):
    shop = await registry.register()
    await registry.invite(shop)
    owner = await viewer_of()
    assert [one.id for one in await merchants.owned_by(owner)] == [shop.id]
    assert await told(owner) == ["merchant.invited"]
    assert [one.phone for one in await merchants.owners_of(shop)] == ["160****1003"]


async def test_an_owner_is_none_of_the_staff_and_sees_no_case_of_the_place(registry, desk):
    await registry.invite(await registry.register())
    owner = await viewer_of()
    opened = await desk.report(code="shop", category="M01", text="占道经营")
    with pytest.raises(NotAllowed):
        access.staff().check(owner)
    with pytest.raises(cases.CaseUnknown):
        await cases.find_case(opened.number, owner)
    assert (await cases.list_todo(owner)).items == ()


async def test_a_shop_is_no_unit_of_the_roster(registry, desk):
    shop = await registry.register()
    reader = replace(desk.street_dispatcher, posts=desk.street_dispatcher.posts)
    listed = {one.unit_id for one in await org.posts_by_unit(["1506"], everywhere=True)}
    assert shop.unit_id not in listed
    assert "商户" not in str([one.named for one in await rosters.first_day(reader)])


async def test_who_has_an_account_keeps_it_and_is_owner_once(registry, desk):
    await people.add_resident_account("演示-马老板", phone=PHONE)
    shop = await registry.register()
    await registry.invite(shop)
    with pytest.raises(Invalid) as twice:
        await registry.invite(shop)
    assert twice.value.fields[0].detail == "这个手机号已经是这家店的店主。"


@pytest.mark.parametrize("typed", ["", "0477-1234567", "1600000100"])
async def test_an_owner_is_invited_by_a_mobile_number(registry, typed):
    shop = await registry.register()
    with pytest.raises(Invalid) as wrong:
        await registry.invite(shop, typed)
    assert [one.field for one in wrong.value.fields] == ["phone"]


async def test_the_same_invitation_again_is_one(registry):
    shop, once = await registry.register(), asked("owners")
    for _ in range(2):
        await merchants.invite(shop.id, PHONE, by=registry.clerk, asked=once)
    assert len(await merchants.owners_of(shop)) == 1


async def test_of_two_clerks_who_invite_at_once_one_does(registry):
    shop = await registry.register()
    both = (registry.invite(shop), registry.invite(shop))
    found = await asyncio.gather(*both, return_exceptions=True)
    assert len(await merchants.owners_of(shop)) == 1
    [refused] = [one for one in found if one is not None]
    assert refused.fields[0].detail == "这个手机号已经是这家店的店主。"


async def test_who_is_invited_at_one_instant_is_not_one_too_many(registry):
    shop = await registry.register()
    for nth in range(4):
        await registry.invite(shop, f"1600000110{nth}")
    two = (registry.invite(shop, f"1600000111{nth}") for nth in range(2))
    await asyncio.gather(*two, return_exceptions=True)
    assert len(await merchants.owners_of(shop)) == 5


async def test_who_is_dismissed_has_nothing_any_more(registry):
    shop = await registry.register()
    await registry.invite(shop)
    [owner] = await merchants.owners_of(shop)
    for _ in range(2):
        await merchants.dismiss(shop.id, owner.appointment_id, by=registry.clerk, asked=asked())
    former = await viewer_of()
    assert (former.posts, await told(former)) == ((), ["merchant.invited", "merchant.dismissed"])


async def test_with_the_shop_its_owners_post_ends(registry):
    shop = await registry.register()
    await registry.invite(shop)
    await registry.close(shop)
    assert (await viewer_of()).posts == ()
    with pytest.raises(merchants.MerchantMovedOn):
        await registry.invite(shop, "16000001004")


async def test_whoever_erases_the_account_has_the_shop_no_more(registry):
    shop = await registry.register()
    await registry.invite(shop)
    owner = await viewer_of()
    await privacy.erase(owner)
    assert await merchants.owners_of(shop) == []
    assert await org.posts_of(owner.account_id, clock.now()) == ()


async def test_a_shop_is_thanked_on_its_own_sign_and_its_owner_is_told(registry, desk):
    shop = await registry.register()
    await registry.invite(shop)
    wanted = praise.Wanted(code=desk.town.codes["shop"], merchant_id=shop.id)
    new = praise.NewPraise(wanted=wanted, tag="honest")
    await praise.give(new, by=await a_resident(), asked=asked("praises"))
    owner = await viewer_of()
    assert [one.target_name for one in (await praise.received_by(owner)).items] == [shop.name]
    assert (await views.praises_of(f"merchant:{shop.id}", owner)).items[0].tag_title == "诚信经营"
    with pytest.raises(praise.OwnUnit):
        await praise.give(new, by=owner, asked=asked("praises"))


async def test_a_shop_that_closed_is_thanked_no_more(registry, desk):
    shop = await registry.register()
    await registry.close(shop)
    wanted = praise.Wanted(code=desk.town.codes["shop"], merchant_id=shop.id)
    with pytest.raises(praise.NotHere):
        await praise.give(
            praise.NewPraise(wanted=wanted, tag="honest"), by=await a_resident(), asked=asked()
        )
