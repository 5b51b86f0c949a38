"""代居民上报: the resident is the raiser, who typed it in its maker; one number, one case."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from server import cases
from server.base import clock, database
from server.base.errors import Invalid
from server.base.viewer import GUEST, Viewer
from server.cases import (
    CaseFile,
    CaseUnknown,
    FiledByTheAccused,
    NewCase,
    Opened,
    ReceiptGone,
    Reference,
    ReferenceTaken,
)
from tests import makers
from tests.desk import Desk, a_photo, asked, guest

HOTLINE = Reference(system="12345", number="YZ-2026 1123-007")


@pytest.fixture
async def clerk(desk: Desk) -> Viewer:
    return await makers.a_viewer(desk.town, "community_worker")


def filed(desk: Desk, **sent: object) -> NewCase:
    """What a clerk takes down for a resident without a phone app."""
    report = {
        "place_id": desk.town.entrance.id,
        "category": "P02",
        "text": "电梯不动了",
        "name": "演示-王奶奶",
        "phone": "16000001003",
        "channel": "counter",
        "on_behalf": True,
    }
    return NewCase(**report | sent)  # type: ignore[arg-type]  # the fields as a test names them


async def file(desk: Desk, by: Viewer, **sent: object) -> Opened:
    return await cases.open_case(filed(desk, **sent), by=by)


async def test_the_resident_is_the_raiser_and_comes_back_by_her_key(desk, clerk):
    opened = await file(desk, clerk)
    assert opened.key is not None
    assert opened.case.raiser_account_id is None
    assert cases.is_raiser(opened.case, guest(opened))
    assert not cases.is_raiser(opened.case, clerk)


async def test_who_filed_it_is_the_maker_of_the_opening(desk, clerk):
    opened = await file(desk, clerk)
    first = (await cases.read_events(opened.case.id))[0]
    assert (first.by_account_id, first.by_post_id) == (clerk.account_id, clerk.posts[0].id)
    assert (first.by_name, first.by_role) == ("演示-社区工作者", "community_worker")
    assert await cases.check_cases() == []


async def test_name_and_number_are_sealed_and_the_channel_is_kept(desk, clerk):
    case = (await file(desk, clerk)).case
    assert (cases.raiser_name(case), cases.raiser_phone(case)) == ("演示-王奶奶", "16000001003")
    assert b"16000001003" not in (case.phone_sealed or b"")
    assert case.channel == "counter"


async def test_the_office_that_filed_it_finds_it_again(desk, clerk):
    number = (await file(desk, clerk)).number
    colleague = desk.community_secretary
    assert (await cases.find_case(number, clerk)).number == number
    assert number in await listed(clerk)
    assert (await cases.find_case(number, colleague)).number == number


async def test_another_office_does_not_find_it(desk, clerk):
    number = (await file(desk, clerk, place_id=desk.town.entrance.id)).number
    with pytest.raises(CaseUnknown):
        await cases.find_case(number, desk.municipal)


async def test_who_filed_it_prints_the_key_for_a_day_and_nobody_else_does(desk, clerk, hands):
    opened = await file(desk, clerk)
    assert await cases.key_to_print(opened.case, clerk, clock.now()) == opened.key
    with pytest.raises(CaseUnknown):
        await cases.key_to_print(opened.case, desk.community_secretary, clock.now())
    hands.move(timedelta(hours=25))
    with pytest.raises(ReceiptGone):
        await cases.key_to_print(opened.case, clerk, clock.now())


async def test_a_report_nobody_filed_has_no_receipt_to_print(desk, clerk):
    opened = await desk.report()
    with pytest.raises(CaseUnknown):
        await cases.key_to_print(opened.case, clerk, clock.now())


async def test_what_a_clerk_files_is_not_the_clerks_own(desk, clerk):
    await file(desk, clerk)
    assert (await cases.list_mine(clerk)).items == ()


async def test_who_filed_it_is_not_the_raiser_even_with_the_key_in_hand(desk, clerk):
    opened = await file(desk, clerk)
    holding = replace(clerk, keys=frozenset({opened.key or ""}))
    assert not cases.is_raiser(opened.case, holding)


async def test_a_neighbour_who_joined_sees_neither_words_nor_photos_of_what_was_filed(desk, clerk):
    photo = await a_photo(by=clerk)
    opened = await file(desk, clerk, photos=(photo,))
    joined = await cases.second(opened.number, desk.town.token, by=GUEST)
    neighbour = replace(GUEST, keys=frozenset({joined.key or ""}))
    assert not await cases.may_see_photo(photo, opened.case.id, neighbour)
    opening = (await cases.read_events(opened.case.id))[0]
    assert not cases.sees_said(opening, "progress")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"channel": "counter", "on_behalf": False}, "channel"),
        ({"channel": "code", "name": "", "phone": ""}, "on_behalf"),
        ({"channel": "code", "on_behalf": False, "external_refs": (HOTLINE,)}, "external_refs"),
    ],
)
async def test_a_guest_says_nothing_that_only_staff_may_say(desk, sent, field):
    with pytest.raises(Invalid) as caught:
        await file(desk, GUEST, **sent)
    assert [one.field for one in caught.value.fields] == [field]


async def test_a_channel_nobody_knows_is_refused_with_all_else_that_is_wrong(desk, clerk):
    wrong = Reference(system="", number="1")
    with pytest.raises(Invalid) as caught:
        await file(desk, clerk, channel="pigeon", phone="12", category="X1")
    assert {one.field for one in caught.value.fields} == {"channel", "phone", "category"}
    with pytest.raises(Invalid) as caught:
        await file(desk, clerk, external_refs=(HOTLINE, wrong))
    assert [one.field for one in caught.value.fields] == ["external_refs[1].system"]


async def test_a_firm_does_not_take_down_complaints_about_itself(desk):
    with pytest.raises(FiledByTheAccused):
        await file(desk, desk.property_manager, category="P06", text="乱收费")


async def test_another_office_takes_them_down_and_the_firm_sees_nothing(desk, clerk):
    number = (await file(desk, clerk, category="P06", text="乱收费")).number
    with pytest.raises(CaseUnknown):
        await cases.find_case(number, desk.property_manager)


async def test_one_outside_number_is_one_case_however_it_is_written(desk, clerk):
    first = await file(desk, clerk, external_refs=(HOTLINE,))
    again = Reference(system=" 12345 ", number="ｙｚ-20261123-007")
    with pytest.raises(ReferenceTaken) as caught:
        await file(desk, desk.grid_worker, external_refs=(again,), channel="hotline")
    assert caught.value.values["number"] == first.number
    assert first.number in caught.value.detail


async def test_two_who_take_it_down_at_once_make_one_case(desk, clerk):
    both = await asyncio.gather(
        *(file(desk, one, external_refs=(HOTLINE,)) for one in (clerk, desk.grid_worker)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in both) == ["Opened", "ReferenceTaken"]


async def test_the_same_request_again_answers_the_same_and_is_not_taken(desk, clerk):
    key = asked()
    report = filed(desk, external_refs=(HOTLINE,))
    first = await cases.open_case(report, by=clerk, asked=key)
    second = await cases.open_case(report, by=clerk, asked=key)
    assert (first.number, first.key) == (second.number, second.key)


async def test_the_outside_number_finds_the_case_on_the_desk(desk, clerk):
    number = (await file(desk, clerk, external_refs=(HOTLINE,))).number
    await file(desk, clerk, text="别的事")
    assert await listed(desk.street_dispatcher, q="yz-20261123-007") == [number]


async def test_references_are_read_all_at_once(desk, clerk):
    other = Reference(system="区平台", number="88")
    case = (await file(desk, clerk, external_refs=(HOTLINE, other))).case
    found = await cases.read_references([case.id])
    assert [one.number for one in found[case.id]] == ["YZ-20261123-007", "88"]


async def test_no_clear_word_of_the_resident_lies_in_the_tables(desk, clerk):
    case: CaseFile = (await file(desk, clerk)).case
    row = await database.fetch_one("SELECT * FROM cases WHERE id = $1", case.id)
    events = await cases.read_events(case.id)
    assert "王奶奶" not in f"{row}{events}"
    assert "16000001003" not in f"{row}{events}"


async def listed(viewer: Viewer, q: str = "") -> list[str]:
    """The numbers the desk shows somebody."""

    found = await cases.list_desk(viewer, cases.DeskFilter(q=q), now=clock.now())
    return [case.number for case in found.items]
