"""Whose a case is: a guest takes hers into her account; a resident who goes leaves hers behind."""

import asyncio
from dataclasses import replace

import pytest

from server import cases
from server.base import database
from server.base.viewer import GUEST, Viewer
from server.flows import NotYours
from server.people import add_resident_account
from tests.desk import Desk, guest, inbox
from tests.makers import a_resident


async def _account(*keys: str) -> Viewer:
    """A resident with an account, holding these keys."""
    return replace(await a_resident(), keys=frozenset(keys))


async def _is_whole(number: str) -> bool:
    """Whether the case's chain checks and its events make what lies in the tables."""
    faults = await cases.check_cases()
    return number not in {fault.number for fault in faults}


@pytest.fixture
async def joined(desk: Desk):
    """A report by a guest, joined by another guest: (report, the second's key)."""
    opened = await desk.report()
    second = await cases.second(opened.number, desk.town.codes["entrance"], by=GUEST)
    return opened, second.key


async def test_a_guests_case_becomes_the_accounts(desk):
    opened = await desk.report()
    person = await _account(opened.key)
    assert await cases.claim(by=person) == 1
    listed = await cases.list_mine(Viewer(person.account_id))
    assert [case.number for case in listed.items] == [opened.number]


async def test_who_claimed_it_acts_as_its_raiser_without_the_key(desk):
    opened = await desk.report()
    person = await _account(opened.key)
    await cases.claim(by=person)
    moved = await desk.move(opened, "withdraw", Viewer(person.account_id))
    assert moved.ending == "withdrawn"


async def test_the_history_tells_of_it_and_stays_whole(desk):
    opened = await desk.report()
    await cases.claim(by=await _account(opened.key))
    events = await cases.read_events(opened.case.id)
    assert [event.move for event in events] == ["open", "claim"]
    assert await _is_whole(opened.number)


async def test_all_of_a_phones_cases_are_claimed_at_once(desk):
    opened = [await desk.report() for _ in range(3)]
    person = await _account(*(one.key for one in opened))
    assert len(await cases.list_claimable(person)) == 3
    assert await cases.claim(by=person) == 3
    assert await cases.list_claimable(person) == []


async def test_claiming_twice_at_the_same_moment_claims_once(desk):
    opened = await desk.report()
    person = await _account(opened.key)
    claimed = await asyncio.gather(*(cases.claim(by=person) for _ in range(2)))
    assert sorted(claimed) == [0, 1]
    assert len(await cases.read_events(opened.case.id)) == 2


async def test_a_case_that_ended_can_be_claimed(desk):
    opened = await desk.report()
    await desk.move(opened, "withdraw", guest(opened))
    assert await cases.claim(by=await _account(opened.key)) == 1


async def test_whoever_joined_as_a_guest_takes_that_along(desk, joined):
    opened, key = joined
    person = await _account(key)
    assert await cases.claim(by=person) == 1
    case = await cases.find_case(opened.number, Viewer(person.account_id))
    assert cases.lens_of(case, Viewer(person.account_id)) == "progress"
    assert cases.lens_of(case, replace(GUEST, keys=frozenset({key}))) is None
    assert await _is_whole(opened.number)


async def test_a_key_that_opens_nothing_claims_nothing(desk):
    await desk.report()
    assert await cases.claim(by=await _account("a" * 22)) == 0


async def test_a_case_is_claimed_by_one_account_alone(desk):
    opened = await desk.report()
    first, second = await _account(opened.key), await _account(opened.key)
    await cases.claim(by=first)
    assert await cases.list_claimable(second) == []
    assert await cases.claim(by=second) == 0


async def test_a_guest_without_an_account_is_offered_nothing(desk):
    opened = await desk.report()
    assert await cases.list_claimable(guest(opened)) == []
    case = await cases.find_case(opened.number, guest(opened))
    assert "claim" not in {offer.key for offer in await cases.offered(case, guest(opened))}


async def test_nobody_claims_or_leaves_by_asking_for_the_move(desk):
    opened = await desk.report()
    for move in ("claim", "leave"):
        with pytest.raises(NotYours):
            await desk.move(opened, move, guest(opened))


async def test_a_raiser_who_goes_leaves_an_open_case_to_go_on(desk):
    raiser = Viewer(await add_resident_account("演示-王女士"))
    opened = await desk.report(raiser, category="F02", text="路灯不亮", phone="16000001001")
    await cases.leave_cases(raiser.account_id)
    case = await desk.move(opened, "accept", desk.grid_worker)
    assert case.state == "accepted"
    assert case.raiser_gone
    assert await _is_whole(opened.number)


async def test_a_case_that_waited_for_her_answer_waits_no_longer(desk):
    raiser = await a_resident()
    opened = await desk.report(raiser)
    await desk.move(opened, "accept", desk.grid_worker)
    await desk.move(opened, "ask", desk.grid_worker, question="是几楼？")
    await cases.leave_cases(raiser.account_id)
    case = await cases.find_case(opened.number, desk.grid_worker)
    assert case.state == "accepted"
    assert await _is_whole(opened.number)


async def test_name_and_number_are_destroyed_in_the_row(desk):
    raiser = Viewer(await add_resident_account("演示-王女士"))
    opened = await desk.report(raiser, category="F02", text="路灯不亮", phone="16000001001")
    await cases.leave_cases(raiser.account_id)
    row = await database.fetch_one("SELECT * FROM cases WHERE number = $1", opened.number)
    assert (row["name_sealed"], row["phone_sealed"], row["phone_blind"]) == (None, None, None)


async def test_its_handler_is_told_that_nobody_is_left_to_ask(desk):
    raiser = await a_resident()
    opened = await desk.report(raiser)
    await cases.leave_cases(raiser.account_id)
    assert any("注销" in title for title in await inbox(desk.grid_worker, opened))


async def test_neither_account_nor_key_acts_as_the_raiser_any_more(desk):
    opened = await desk.report()
    person = await _account(opened.key)
    await cases.claim(by=person)
    await cases.leave_cases(person.account_id)
    for somebody in (person, guest(opened)):
        with pytest.raises(cases.CaseUnknown):
            await cases.find_case(opened.number, somebody)
    assert (await cases.list_mine(guest(opened))).items == ()


async def test_a_closed_case_is_left_without_a_word_to_anybody(desk):
    raiser = await a_resident()
    opened = await desk.report(raiser)
    await desk.move(opened, "withdraw", raiser)
    before = await database.fetch_value("SELECT count(*) FROM notice")
    await cases.leave_cases(raiser.account_id)
    assert await database.fetch_value("SELECT count(*) FROM notice") == before
    assert await _is_whole(opened.number)


async def test_who_joined_and_goes_is_told_nothing_more_and_still_counted(desk):
    opened, person = await desk.report(), await a_resident()
    await cases.second(opened.number, desk.town.codes["entrance"], by=person)
    await cases.leave_cases(person.account_id)
    told = await database.fetch_value(
        "SELECT count(*) FROM notice WHERE account_id = $1", person.account_id
    )
    await desk.move(opened, "accept", desk.grid_worker)
    assert told == await database.fetch_value(
        "SELECT count(*) FROM notice WHERE account_id = $1", person.account_id
    )
    case = await cases.find_case(opened.number, desk.grid_worker)
    assert case.seconded == 1
    assert await _is_whole(opened.number)


async def test_leaving_many_cases_goes_by_and_by_and_leaves_none(desk, monkeypatch):
    raiser = await a_resident()
    opened = [await desk.report(raiser) for _ in range(5)]
    monkeypatch.setattr("server.cases.belonging.AT_ONCE", 2)
    assert await cases.leave_cases(raiser.account_id) == 5
    assert await cases.leave_cases(raiser.account_id) == 0
    assert [await _is_whole(one.number) for one in opened] == [True] * 5


async def test_a_merged_case_left_before_does_not_bring_its_raiser_along(desk):
    raiser = await a_resident()
    left, into = await desk.report(raiser), await desk.report()
    await cases.leave_cases(raiser.account_id)
    await desk.move(left, "merge", desk.grid_worker, into=into.number)
    case = await cases.find_case(into.number, desk.grid_worker)
    assert case.seconded == 0
