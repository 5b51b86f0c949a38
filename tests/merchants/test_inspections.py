"""商户巡查 in a small town: told to the shop alone, put right, looked at again, appealed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec import UNSET

from server import cases, codes, merchants, org, people, views, wiring
from server.base import cache, clock, database
from server.base.errors import Invalid
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.base.viewer import GUEST, Viewer
from server.cases import CaseFile, CaseUnknown, DeskFilter, NewCase
from server.flows import MoveNotPossible, NotYours
from server.merchants import MerchantFile, Written
from server.photos.models import Photo
from server.photos.store import Store
from tests import makers
from tests.desk import Desk, a_desk, asked, inbox, notices_of_post
from tests.photos.plain import JPEG, plain_studio

SHOP_PHONE, OTHER_PHONE = "16000000901", "16000000902"


@dataclass(frozen=True, slots=True)
class Street:
    """A shop with its keeper, another one, and the staff who look after them."""

    desk: Desk
    store: Store
    shop: MerchantFile
    keeper: Viewer
    neighbour: Viewer  # keeps another shop
    worker: Viewer
    clerk: Viewer

    async def photo(self, by: Viewer) -> UUID:
        """One put up by this person, not attached yet."""
        photo_id, kept = new_id(), await self.store.put(JPEG)
        async with unit_of_work() as unit:
            unit.insert(
                Photo, id=photo_id, hash=kept, thumb_hash=kept, width=40, height=30, size=len(JPEG),
                uploader_id=by.account_id, uploaded_at=clock.now(),
            )  # fmt: skip
        return photo_id

    async def find(self, by: Viewer | None = None, item: str = "outside", **more: Any) -> str:
        """Something is found at the shop; the number of the case."""
        by = by or self.worker
        more = {"asked": asked("inspect"), "text": "桌子摆到了人行道上。"} | more
        return await merchants.inspect(self.shop.id, item, [await self.photo(by)], by=by, **more)

    async def move(self, number: str, move: str, by: Viewer, **given: Any) -> CaseFile:
        if given.pop("photo", False):
            given["photos"] = [str(await self.photo(by))]
        moved = await cases.make_move(number, move, by=by, given=given, seen_version=None)
        return moved.case

    async def rectified(self) -> str:
        number = await self.find()
        await self.move(number, "rectify", self.keeper, text="搬进来了。", photo=True)
        return number

    async def deducted(self) -> str:
        number = await self.rectified()
        await self.move(number, "deduct", self.worker, text="还在外面。", photo=True)
        return number

    async def points(self) -> int:
        return (await merchants.score_of(self.shop.id)).points


@pytest.fixture
async def street(sqlite_db: str, hands: clock.Hands) -> AsyncIterator[Street]:
    wiring.wire()
    async with a_street(await a_desk()) as made:
        yield made


@asynccontextmanager
async def a_street(desk: Desk) -> AsyncIterator[Street]:
    town = desk.town
    secretary, worker = desk.community_secretary, desk.grid_worker
    worker = replace(worker, posts=(replace(worker.posts[0], area=town.street_grid.path),))
    shop = await _a_shop(town.shop.id, "演示·小肥羊馆", SHOP_PHONE, secretary)
    other = await _a_shop(town.street_grid.id, "演示·面馆", OTHER_PHONE, secretary)
    async with plain_studio() as store:
        yield Street(
            desk, store, shop, await _keeper(shop), await _keeper(other), worker,
            await makers.a_viewer(town, "community_worker"),
        )  # fmt: skip
    cache.clear()


async def _a_shop(place_id: UUID, name: str, phone: str, by: Viewer) -> MerchantFile:
    written = Written(kind="vendor", name=name, trade="dining")
    merchant_id = await merchants.register(place_id, written, by=by, asked=asked("merchants"))
    await merchants.invite(merchant_id, phone, by=by, asked=asked("owners"))
    cache.clear()
    return await merchants.find_merchant(merchant_id)


async def _keeper(shop: MerchantFile) -> Viewer:
    [owner] = await merchants.owners_of(shop)
    posts = await org.posts_of(owner.account_id, clock.now())
    return Viewer(owner.account_id, name="演示-店主", posts=posts)


# ── found ────────────────────────────────────────────────────────────────────────────────────────


async def test_the_shop_hears_of_it_at_once_and_what_it_has_to_do(street: Street):
    number = await street.find()
    [title] = await inbox(street.keeper, await cases.find_case(number, street.keeper))
    assert title == "检查发现：店外经营、占道摆放"
    assert "rectify" in {one.key for one in await _offers(number, street.keeper)}


async def test_nobody_but_the_shop_and_the_staff_of_the_place_sees_it(street: Street):
    number = await street.find()
    resident = await makers.a_resident()
    for stranger in (GUEST, resident, street.neighbour, street.desk.property_manager):
        with pytest.raises(CaseUnknown):
            await cases.find_case(number, stranger)
    for viewer in (street.keeper, street.worker, street.clerk, street.desk.street_dispatcher):
        assert await cases.find_case(number, viewer)


async def test_it_stands_on_no_sign_and_nobody_joins_it(street: Street):
    number = await street.find()
    ground = (await codes.read(street.desk.town.codes["shop"])).ground
    assert await cases.list_here(ground) == ()
    with pytest.raises(CaseUnknown):
        await cases.second(number, street.desk.town.codes["shop"], by=GUEST)


async def test_neither_the_lists_nor_the_figures_of_the_desk_know_it(street: Street):
    await street.find()
    secretary, now = street.desk.community_secretary, clock.now()
    counts = await cases.count_desk(secretary, now=now)
    listed = await cases.list_desk(secretary, DeskFilter(q="人行道"), now=now)
    assert (set(counts.tabs.values()), listed.items) == ({0}, ())


async def test_whoever_waits_finds_it_in_their_work(street: Street):
    number = await street.find()
    assert await _waiting(street.keeper) == [number]
    assert await _waiting(street.worker) == []
    await street.move(number, "rectify", street.keeper, text="好了。", photo=True)
    assert (await _waiting(street.keeper), await _waiting(street.worker)) == ([], [number])


async def test_a_shopkeepers_post_shows_nothing_that_residents_report_there(street: Street):
    report = NewCase(code=street.desk.town.codes["shop"], category="M02", text="门前很脏")
    opened = await cases.open_case(report, by=GUEST)
    with pytest.raises(CaseUnknown):
        await cases.find_case(opened.number, street.keeper)


async def test_the_same_request_again_finds_it_once(street: Street):
    once = asked("inspect")
    first = await street.find(asked=once)
    assert await street.find(asked=once) == first
    assert len(await merchants.open_at(street.shop, street.worker)) == 1


async def test_an_item_that_is_open_at_the_shop_is_not_found_again(street: Street):
    number = await street.deducted()
    with pytest.raises(merchants.FoundAlready, match=f"店外经营.*{number}"):
        await street.find(by=street.clerk)
    assert await street.find(item="litter") != number


async def test_what_is_over_may_be_found_again(street: Street):
    number = await street.rectified()
    await street.move(number, "pass", street.worker)
    assert await street.find() != number


async def test_of_two_inspectors_of_one_instant_one_finds_it(desk: Desk):
    """On both databases."""
    async with a_street(desk) as street:
        both = (street.find(), street.find(by=street.clerk))
        found = await asyncio.gather(*both, return_exceptions=True)
        [number] = [one for one in found if isinstance(one, str)]
        [refused] = [one for one in found if isinstance(one, merchants.FoundAlready)]
        assert refused.values["number"] == number
        assert len(await merchants.open_at(street.shop, street.worker)) == 1


@pytest.mark.parametrize("item", ["", "everything"])
async def test_what_is_on_no_checklist_is_not_found(street: Street, item: str):
    with pytest.raises(Invalid):
        await street.find(item=item)


async def test_without_a_photo_nothing_is_found(street: Street):
    with pytest.raises(Invalid):
        await merchants.inspect(street.shop.id, "outside", [], by=street.worker, asked=asked())


async def test_only_staff_of_the_place_who_do_not_keep_it_inspect_a_shop(street: Street):
    both = replace(street.worker, posts=(*street.worker.posts, *street.keeper.posts))
    secretary = street.desk.community_secretary
    for stranger in (street.desk.grid_worker, secretary, street.neighbour, both):
        with pytest.raises(merchants.NotYoursToInspect):
            await street.find(by=stranger)


async def test_a_clerk_who_found_it_sees_it_though_the_post_watches_nothing(street: Street):
    number = await street.find(by=street.clerk)
    assert [one.number for one in (await merchants.open_inspections(street.clerk)).items] == [
        number
    ]


async def test_there_is_no_receipt_with_a_key_of_a_raiser(street: Street):
    case = await cases.find_case(await street.find(), street.worker)
    with pytest.raises(CaseUnknown):
        await cases.key_to_print(case, street.worker, clock.now())


# ── looked at again ──────────────────────────────────────────────────────────────────────────────


async def test_what_passes_costs_nothing(street: Street):
    number = await street.rectified()
    ended = await street.move(number, "pass", street.worker)
    assert (ended.live, ended.ending, await street.points()) == (False, "passed", 12)


async def test_points_go_and_come_back_in_the_step_that_decides(street: Street):
    number = await street.deducted()
    assert await street.points() == 10
    await street.move(number, "appeal", street.keeper, reason="那是隔壁的。")
    assert await street.points() == 10
    await street.move(number, "reverse", street.desk.street_dispatcher, reason="是隔壁的。")
    assert await street.points() == 12


async def test_what_the_street_upholds_stays_taken_and_both_sides_are_told(street: Street):
    number = await street.deducted()
    await street.move(number, "appeal", street.keeper, reason="那是隔壁的。")
    await street.move(number, "uphold", street.desk.street_dispatcher, reason="照片清楚。")
    assert await street.points() == 10
    assert (await notices_of_post(street.shop.post_id))[-1] == "shop.upheld"
    assert (await notices_of_post(street.worker.posts[0].id))[-1] == "finder.upheld"


async def test_whoever_found_it_does_not_decide_the_appeal_in_another_post(street: Street):
    number = await street.deducted()
    await street.move(number, "appeal", street.keeper, reason="那是隔壁的。")
    dispatcher = street.desk.street_dispatcher
    the_finder = replace(dispatcher, account_id=street.worker.account_id)
    assert await _offers(number, the_finder) == []
    assert {one.key for one in await _offers(number, dispatcher)} == {"uphold", "reverse"}


async def test_whoever_took_the_points_does_not_decide_the_appeal_under_a_street_post(
    street: Street,
):
    number, leader = await street.rectified(), street.desk.grid_leader
    here = replace(leader.posts[0], area=street.desk.town.street_grid.path)
    leader = replace(leader, posts=(here,))
    await street.move(number, "deduct", leader, text="还在外面。", photo=True)
    await street.move(number, "appeal", street.keeper, reason="那是隔壁的。")
    dispatcher = street.desk.street_dispatcher
    serves = replace(dispatcher, account_id=leader.account_id)
    assert await _offers(number, serves) == []
    with pytest.raises(MoveNotPossible, match="您复查扣的分"):
        await street.move(number, "reverse", serves, reason="看过了。")
    await street.move(number, "reverse", dispatcher, reason="是隔壁的。")
    assert await street.points() == 12


@pytest.mark.parametrize("part", ["found it", "looked again"])
async def test_an_appeal_goes_at_once_to_somebody_who_may_decide_it(street: Street, part: str):
    number, dispatcher = await street.rectified(), street.desk.town.posts["street_dispatcher"]
    colleague = await makers.a_viewer(street.desk.town, "grid_leader")
    rechecks = replace(
        colleague, posts=(replace(colleague.posts[0], area=street.worker.posts[0].area),)
    )
    await street.move(number, "deduct", rechecks, text="还在外面。", photo=True)
    busy = street.worker if part == "found it" else rechecks
    await _takes_over(dispatcher, busy)
    leader = await _a_leader(street.desk)

    await street.move(number, "appeal", street.keeper, reason="那是隔壁的。")

    page = await views.case_page(number, street.keeper)
    assert (await cases.find_case(number, leader)).main.post_id == leader.posts[0].id
    assert page.passed_over == "街道调度员"
    assert {one.key for one in await _offers(number, leader)} == {"uphold", "reverse"}
    assert await cases.check_cases() == []


async def test_an_appeal_nobody_has_a_part_in_passes_nobody_over(street: Street):
    number = await street.deducted()
    await street.move(number, "appeal", street.keeper, reason="那是隔壁的。")
    assert (await views.case_page(number, street.keeper)).passed_over is UNSET


async def test_where_nobody_else_is_there_the_street_has_the_appeal_all_the_same(street: Street):
    number, town = await street.deducted(), street.desk.town
    for role, post_id in town.posts.items():
        if role != "property_manager":
            await _takes_over(post_id, street.worker)
    await street.move(number, "appeal", street.keeper, reason="那是隔壁的。")
    case = await cases.find_case(number, street.keeper)
    assert case.state == "appealed"


async def test_no_other_shop_answers_for_it(street: Street):
    number = await street.find()
    with pytest.raises(CaseUnknown):
        await street.move(number, "rectify", street.neighbour, text="好了。", photo=True)
    with pytest.raises(NotYours):
        await street.move(number, "rectify", street.worker, text="好了。", photo=True)


async def test_when_the_three_days_are_over_the_worker_makes_the_recheck_due(
    street: Street, hands: clock.Hands
):
    number = await street.find()
    hands.move(timedelta(days=3, minutes=1))
    while await cases.ring_due():
        pass
    case = await cases.find_case(number, street.keeper)
    assert (case.state, await _waiting(street.worker)) == ("recheck_due", [number])
    assert await notices_of_post(street.shop.post_id) == ["shop.found", "shop.soon", "shop.time_up"]


async def test_every_part_of_it_is_what_its_history_says(desk: Desk):
    """On both databases."""
    async with a_street(desk) as street:
        number = await street.deducted()
        await street.move(number, "appeal", street.keeper, reason="那是隔壁的。")
        assert len((await merchants.open_inspections(desk.street_dispatcher)).items) == 1
        await street.move(number, "reverse", desk.street_dispatcher, reason="是隔壁的。")
        assert await cases.check_cases() == []
        [past] = (await merchants.past_at(street.shop, street.keeper)).items
        assert (past.number, await street.points()) == (number, 12)
        parties = await database.fetch("SELECT relation, account_id FROM case_party")
        assert {(row["relation"], row["account_id"]) for row in parties} == {
            ("holder", None),
            ("filer", None),
        }


async def _takes_over(post_id: UUID, person: Viewer) -> None:
    """From now on this person holds the post, and nobody else does."""
    post, now = await org.post_on_roster(post_id), clock.now()
    assert post is not None
    assert person.account_id is not None
    async with unit_of_work() as unit:
        for one in post.appointed:
            org.end_appointment(unit, one.id, now)
        org.put_appointment(unit, post_id, person.account_id, kind="holder", since=now)
    cache.clear()


async def _a_leader(desk: Desk) -> Viewer:
    """The street has a leader as well."""
    town, account_id = desk.town, await people.add_staff("leader", makers.PASSWORD, "演示-负责人")
    async with unit_of_work() as unit:
        street, now = town.street.path, clock.now()
        post_id = org.put_post(unit, "street_leader", town.units["street"], street, since=now)
        org.put_appointment(unit, post_id, account_id, kind="holder", since=now)
    cache.clear()
    return Viewer(account_id, name="演示-负责人", posts=await org.posts_of(account_id, now))


async def _offers(number: str, viewer: Viewer) -> list[Any]:
    return await cases.offered(await cases.find_case(number, viewer), viewer)


async def _waiting(viewer: Viewer) -> list[str]:
    return [case.number for case in (await cases.list_todo(viewer)).items]
