"""回访: who rings whom, who never does, whose number is shown when, and what an answer brings."""

from datetime import timedelta

import pytest

from server import cases
from server.base import database
from server.base.viewer import GUEST, Viewer
from server.cases import CaseUnknown, NewCase, Opened
from tests import makers
from tests.desk import Desk, guest

PHONE = "16000001003"


@pytest.fixture
async def clerk(desk: Desk) -> Viewer:
    return await makers.a_viewer(desk.town, "community_worker")


async def solved(desk: Desk, by: Viewer | None = None, **sent: object) -> Opened:
    """A lift the firm says it has mended, by default filed at a counter with a number left."""
    report = {"code": desk.town.token, "category": "P02", "text": "电梯不动了", "phone": PHONE}
    filed = {"channel": "counter", "on_behalf": True} if by is None else {}
    new = NewCase(**report | filed | sent)  # type: ignore[arg-type]  # as a test names them
    opened = await cases.open_case(new, by=by or desk.community_secretary)
    await desk.move(opened, "sign", desk.property_manager)
    await desk.move(opened, "resolve", desk.property_manager, outcome="fixed", text="换了皮带")
    return opened


async def to_call(viewer: Viewer) -> list[str]:
    return [one.case.number for one in (await cases.list_to_call(viewer)).items]


async def number_shown(number: str, viewer: Viewer) -> str:
    return await cases.phone_to_call(await cases.find_to_call(number, viewer), viewer)


async def test_who_left_a_number_and_has_no_page_is_rung_up(desk, clerk):
    filed, by_guest = await solved(desk), await solved(desk, GUEST)
    assert await to_call(clerk) == [filed.number, by_guest.number]
    assert await number_shown(filed.number, clerk) == PHONE


async def test_nobody_is_rung_up_before_it_is_said_to_be_solved(desk, clerk):
    opened = await desk.report(category="P02", phone=PHONE)
    assert await to_call(clerk) == []
    with pytest.raises(CaseUnknown):
        await cases.find_to_call(opened.number, clerk)


async def test_who_left_no_number_or_has_an_account_is_not_rung_up(desk, clerk):
    resident = await makers.a_resident()
    for opened in (await solved(desk, phone=""), await solved(desk, resident)):
        with pytest.raises(CaseUnknown):
            await cases.find_to_call(opened.number, clerk)
    assert await to_call(clerk) == []


async def test_the_unit_that_solved_it_never_rings(desk, clerk):
    opened = await desk.report(category="F02", text="路灯不亮", phone=PHONE)
    await desk.move(opened, "accept", desk.grid_worker)
    await desk.move(opened, "self_handle", desk.grid_worker)
    await desk.move(opened, "resolve", desk.grid_worker, outcome="fixed", text="换了灯泡")
    for colleague in (clerk, desk.community_secretary):
        assert await to_call(colleague) == []
        with pytest.raises(CaseUnknown):
            await number_shown(opened.number, colleague)
    assert await to_call(desk.street_dispatcher) == [opened.number]


async def test_a_handler_is_shown_no_number(desk):
    opened = await solved(desk)
    for viewer in (desk.property_manager, desk.grid_worker, desk.municipal, GUEST, guest(opened)):
        assert await to_call(viewer) == []
        with pytest.raises(CaseUnknown):
            await number_shown(opened.number, viewer)


async def test_whom_it_complains_about_never_rings(desk, clerk):
    community = desk.town.units["community"]
    opened = await desk.report(
        category="C04", text="态度不好", phone=PHONE, about_unit_id=community
    )
    await desk.move(opened, "accept", desk.street_dispatcher)
    await desk.move(opened, "self_handle", desk.street_dispatcher)
    await desk.move(opened, "resolve", desk.street_dispatcher, outcome="explained", text="谈过话")
    assert await to_call(clerk) == []
    with pytest.raises(CaseUnknown):
        await number_shown(opened.number, clerk)


async def test_what_lies_out_of_reach_is_not_on_the_list(desk, clerk):
    await solved(desk)
    elsewhere = Viewer(
        clerk.account_id, posts=tuple(_at(post, "150603/150603002/") for post in clerk.posts)
    )
    assert await to_call(elsewhere) == []


def _at(post, area):
    return type(post)(post.id, post.role, post.role_title, post.unit_id, post.unit_name, area)


async def test_the_answer_on_the_phone_is_the_residents_and_names_who_rang(desk, clerk):
    opened = await solved(desk)
    await desk.move(opened, "answer_by_phone", clerk, solved="partly", rating="fair")
    case = await cases.find_case(opened.number, guest(opened))
    last = (await cases.read_events(case.id))[-1]
    assert (case.state, case.ending, case.solved, case.rating) == (
        "closed", "confirmed", "partly", "fair",
    )  # fmt: skip
    assert (last.by_role, last.by_name) == ("community_worker", "演示-社区工作者")
    assert await to_call(clerk) == []
    assert await cases.check_cases() == []


async def test_whoever_rang_sees_what_becomes_of_it(desk, clerk):
    opened = await solved(desk)
    await desk.move(opened, "reopen_by_phone", clerk, reason="说还是不动")
    assert (await cases.find_case(opened.number, clerk)).state == "handling"
    await desk.move(opened, "resolve", desk.street_dispatcher, outcome="fixed", text="换了电机")
    assert await to_call(clerk) == [opened.number]
    assert await to_call(desk.street_dispatcher) == []


async def test_three_missed_calls_are_enough(desk, clerk, hands):
    opened = await solved(desk)
    for _ in range(3):
        assert await to_call(clerk) == [opened.number]
        await desk.move(opened, "call_missed", clerk)
        hands.move(timedelta(hours=2))
    assert await to_call(clerk) == []
    with pytest.raises(CaseUnknown):
        await number_shown(opened.number, clerk)


async def test_a_missed_call_is_told_to_the_next_who_tries(desk, clerk):
    opened = await solved(desk)
    await desk.move(opened, "call_missed", clerk)
    one = (await cases.list_to_call(clerk)).items[0]
    assert (one.case.number, len(one.missed)) == (opened.number, 1)
    assert one.solved.body["given"]["text"] == "换了皮带"


async def test_the_list_goes_on_where_it_stopped(desk, clerk):
    numbers = [(await solved(desk)).number for _ in range(3)]
    first = await cases.list_to_call(clerk, limit=2)
    rest = await cases.list_to_call(clerk, after=first.next, limit=2)
    assert [one.case.number for one in (*first.items, *rest.items)] == numbers
    assert rest.next is None


async def test_the_list_costs_two_statements_however_long_it_is(desk, counted):
    for _ in range(3):
        await solved(desk)
    counted.reads = 0
    assert len(await to_call(desk.street_dispatcher)) == 3
    assert counted.reads == 2


async def test_who_is_shown_a_number_is_on_record_without_the_number(desk, clerk):
    opened = await solved(desk)
    await number_shown(opened.number, clerk)
    (row,) = await database.fetch("SELECT * FROM audit_record")
    assert (row["action"], row["target"]) == ("case.call", opened.number)
    assert row["by_account_id"] == clerk.account_id
    assert PHONE not in str(row)
