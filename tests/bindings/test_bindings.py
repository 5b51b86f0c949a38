"""Whose home it is: said by the person, verified by the grid worker, over when they move."""

import asyncio
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from server import bindings, codes, people, privacy, trust, views
from server.base import clock, database
from server.base.errors import Invalid
from server.base.ids import new_id
from server.base.viewer import Viewer
from server.pages.drawing import new_key
from tests import makers
from tests.access.knocking import knock, open_doors
from tests.bindings.conftest import PHONE, told
from tests.desk import asked, notices_of_post


@pytest.fixture
def db(sqlite_db):
    return sqlite_db


async def states(viewer):
    return [one.state for one in await bindings.own_bindings(viewer)]


async def on_record(desk, phone, *, room=0):
    """Somebody with this number is registered behind that door."""
    registry, now = people.Registry(), clock.now()
    person, since = registry.resident("演示-王女士", phone=phone), date(2020, 1, 1)
    home = desk.town.rooms[room].id
    registry.lives_in(person, home, kind="owner", since=since, recorded_at=now)
    await people.register(registry)


async def records():
    since = clock.now() - timedelta(days=1)
    return [one for one in await trust.records_since(since) if one["action"].startswith("home.")]


async def test_a_second_claim_learns_nothing_of_the_first(homes, resident, desk):
    await homes.bound(resident)
    other = await makers.a_resident("演示-张先生")
    before = await views.scan_card(desk.town.codes["room"], other)
    await homes.claim(other, "family")

    assert before == await views.scan_card(desk.town.codes["room"], await makers.a_resident("新"))
    assert await states(other) == ["claimed"]
    assert await states(resident) == ["bound"]


async def test_said_many_times_at_once_it_is_one_claim(homes, resident, desk):
    once, token = asked("homes"), desk.town.codes["room"]
    keys = [once, once, *(asked("homes") for _ in range(4))]
    await asyncio.gather(*(bindings.claim(token, "owner", by=resident, asked=k) for k in keys))

    assert await states(resident) == ["claimed"]
    assert await notices_of_post(desk.town.posts["grid_worker"]) == ["home.claimed"]


async def test_verified_by_two_taps_it_is_bound_without_a_complaint(homes, resident, desk):
    binding_id, once = await homes.claim(resident), asked("bind")
    how = {"by": desk.grid_worker, "asked": once}
    await asyncio.gather(*(bindings.bind(binding_id, **how) for _ in range(3)))
    assert await states(resident) == ["bound"]
    assert await told(resident) == ["绑定好了"]


async def test_a_refused_claim_tells_why_and_may_be_made_again(homes, resident, desk):
    binding_id = await homes.claim(resident)
    with pytest.raises(Invalid):
        await bindings.refuse(binding_id, " ", by=desk.grid_worker, asked=asked("no"))
    await bindings.refuse(binding_id, "门口没人认识您", by=desk.grid_worker, asked=asked("no"))
    with pytest.raises(bindings.AlreadyDecided):
        await bindings.bind(binding_id, by=desk.grid_worker, asked=asked("bind"))

    (home,) = (await views.me(resident)).homes
    assert (home.state, home.reason) == ("refused", "门口没人认识您")
    await homes.claim(resident)
    assert sorted(await states(resident)) == ["claimed", "refused"]


async def test_nobody_claims_without_end(homes, resident, desk):
    for _ in range(5):
        binding_id = await homes.claim(resident)
        await bindings.end(binding_id, by=resident)
    with pytest.raises(bindings.ClaimedEnough):
        await homes.claim(resident)


async def test_only_a_home_is_claimed_and_only_by_a_resident(homes, resident, desk):
    with pytest.raises(bindings.NotAHome):
        await homes.claim(resident, code="entrance")
    with pytest.raises(bindings.NotAResident):
        await homes.claim(desk.property_manager)


async def test_only_who_knows_the_grid_verifies(homes, resident, desk):
    binding_id = await homes.claim(resident)
    elsewhere = replace(desk.grid_worker, posts=())
    for other in (resident, elsewhere, desk.property_manager, desk.street_dispatcher):
        with pytest.raises(bindings.BindingUnknown):
            await bindings.bind(binding_id, by=other, asked=asked("bind"))
    with pytest.raises(bindings.BindingUnknown):
        await bindings.bind(new_id(), by=desk.grid_worker, asked=asked("bind"))
    assert (await bindings.waiting(desk.property_manager)).items == ()
    assert [one.id for one in (await bindings.waiting(desk.grid_leader)).items] == [binding_id]


async def test_whose_number_is_on_record_for_the_home_is_bound_at_once(homes, resident, desk):
    await on_record(desk, PHONE)
    await homes.claim(resident, "owner")

    assert await states(resident) == ["bound"]
    assert await told(resident) == ["绑定好了"]
    assert await notices_of_post(desk.town.posts["grid_worker"]) == ["home.proven"]
    assert [one["reason"] for one in await records()] == ["number_on_record"]
    await bindings.end((await bindings.own_bindings(resident))[0].id, by=desk.grid_worker)
    assert await states(resident) == ["ended"]


async def test_whose_number_is_on_record_behind_another_door_waits(homes, resident, desk):
    await on_record(desk, PHONE, room=1)
    await homes.claim(resident)
    assert await states(resident) == ["claimed"]


async def test_of_the_register_the_grid_worker_learns_match_or_no_match(homes, resident, desk):
    nameless = await makers.a_resident("演示-没电话")
    stranger = await people.add_resident_account("演示-李四", phone="16000001009")
    for one in (resident, nameless, Viewer(account_id=stranger)):
        await homes.claim(one)
    await on_record(desk, PHONE)  # Registered after she said so.

    card = await views.binding_card(desk.grid_worker)

    assert [one.match for one in card.waiting] == ["yes", "unknown", "no"]
    assert "*" in card.waiting[0].name
    assert card.waiting[0].place == desk.town.rooms[0].full_name


async def test_after_three_days_the_leader_hears_of_it_once(homes, resident, desk, hands):
    await homes.claim(resident)
    hands.move(timedelta(days=3, minutes=1))
    while await bindings.ring_due():
        pass

    leader = await notices_of_post(desk.town.posts["grid_leader"])
    assert leader.count("home.late") == 1
    assert await told(resident) == ["绑定还在核实"]
    assert (await views.binding_card(desk.grid_worker)).waiting[0].late
    assert await bindings.ring_due() == 0


async def test_a_tenants_bond_runs_out_after_a_year(homes, resident, hands):
    await homes.bound(resident)
    hands.move(timedelta(days=366))
    await bindings.ring_due()

    assert await states(resident) == ["ended"]
    assert await told(resident) == ["绑定好了", "绑定解除了"]


async def test_who_moves_out_says_so_or_the_grid_worker_does(homes, resident, desk):
    first = await homes.bound(resident)
    other = await makers.a_resident("演示-张先生")
    second = await homes.bound(other)
    with pytest.raises(bindings.BindingUnknown):
        await bindings.end(first, by=other)
    await bindings.end(first, by=resident)
    await bindings.end(first, by=resident)
    await bindings.end(second, by=desk.grid_worker)

    assert (await states(resident), await states(other)) == (["ended"], ["ended"])
    assert await told(other) == ["绑定好了", "绑定解除了"]


async def test_every_decision_is_on_record_without_a_name(homes, resident, desk):
    binding_id = await homes.bound(resident)
    await bindings.end(binding_id, by=resident)

    known = [(one["action"], one["target"]) for one in await records()]

    assert known == [("home.bind", str(binding_id)), ("home.end", str(binding_id))]


async def test_the_copy_has_it_and_erasing_leaves_nothing(homes, resident, desk):
    await homes.bound(resident)
    (home,) = (await privacy.copy_of(resident)).homes
    assert (home.place, home.kin, home.state) == (desk.town.rooms[0].full_name, "租户", "已绑定")

    await privacy.erase(resident)

    assert await database.fetch_value("SELECT count(*) FROM binding") == 0


async def test_what_is_over_is_let_go_of(homes, resident, hands):
    await bindings.end(await homes.bound(resident), by=resident)
    hands.move(timedelta(days=91))
    before = clock.now() - timedelta(days=90)

    assert await bindings.old_bindings(before) == 1
    assert await bindings.forget_bindings(before) == 1
    assert await states(resident) == []


async def test_the_code_of_a_home_made_anew_serves_who_lives_there(homes, resident, desk):
    await homes.bound(resident)
    doer = codes.Doer(operator="root")
    new = await codes.replace_code(desk.town.codes["room"], "damaged", doer=doer)

    assert (await views.me(resident)).homes[0].token == new
    assert (await views.scan_card(new, resident)).home.state == "bound"


async def test_a_reason_forgotten_twice_leaves_every_form_of_the_page_in_use(homes, resident, desk):
    open_doors()
    binding_id, worker = await homes.claim(resident), desk.grid_worker
    account = {"id": worker.account_id, "kind": "staff", "name": "", "name_sealed": None}
    token = (await people.begin_staff_session(account, "staff")).token
    sent = {"bearer": False, "token": token, "form": {"reason": " "}}
    path, key = f"/work/bindings/{binding_id}/refuse", f"{new_key()}-{binding_id}-no"
    first = await knock("POST", path, key=key, **sent)
    shown = re.findall(r'name="idempotency_key" value="([^"]+)"', first.text)
    assert (first.status, key in shown) == (422, True)
    assert (await knock("POST", path, key=key, **sent)).status == 422
