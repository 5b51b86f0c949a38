"""Praise as each reader sees it: on the sign, on the case, in the clerk's list."""

from dataclasses import replace

import pytest

from server import cases, praise, views
from server.base.viewer import GUEST
from server.praise import Wanted
from tests import makers
from tests.praise.conftest import Thanks, resident, thanks

__all__ = ["resident", "thanks"]


@pytest.fixture
def db(sqlite_db):
    return sqlite_db


async def test_a_giver_is_masked_and_one_who_would_rather_not_is_not_named(thanks, resident):
    await thanks.give(resident)
    other = await makers.a_resident("演示-另一位")
    await thanks.give(other, post="property_manager", nameless=True)
    sign = (await views.board(thanks.desk.town.token)).card
    assert [(one.target, one.giver or None) for one in sign.praises.items] == [
        ("物业经理演示-物业经理", None),
        ("网格员演示-网格员", "演*"),
    ]


async def test_a_sign_shows_the_newest_three_and_where_the_others_are(thanks: Thanks, resident):
    for unit in ("property_firm", "community", "heating", "gas"):
        wanted = Wanted(code=thanks.desk.town.token, unit_id=thanks.desk.town.units[unit])
        await thanks.give(resident, wanted=wanted, tag="quick")
    card = (await views.board(thanks.desk.town.token)).card
    assert (len(card.praises.items), bool(card.praises.next)) == (3, True)
    rest = await views.wall(thanks.desk.town.token, after=card.praises.next)
    assert [one.target for one in rest.items] == ["演示·安居物业"]


async def test_a_sign_is_made_anew_when_something_is_passed_on(thanks, resident):
    writer = await makers.a_resident("演示-写信人")
    before = await views.board(thanks.desk.town.token)
    await thanks.waiting(writer)
    assert await views.board(thanks.desk.town.token) is before
    await thanks.give(resident)
    assert await views.board(thanks.desk.town.token) is not before


async def test_who_raised_a_case_that_ended_may_give_thanks_from_its_page(thanks, resident):
    case = await thanks.ended_case(resident)
    page = await views.case_page(case.number, resident)
    assert page.praise_at == thanks.desk.town.token
    await thanks.give(resident, wanted=Wanted(case=case.number), tag="quick")
    seen = await views.case_page(case.number, thanks.desk.property_manager)
    assert [one.tag_title for one in seen.praises.items] == ["办得快"]
    assert not seen.praise_at


async def test_a_case_that_was_declined_or_goes_on_is_not_thanked_for(thanks, resident, desk):
    opened = await desk.report(resident)
    assert not (await views.case_page(opened.number, resident)).praise_at
    await desk.move(opened, "decline", desk.grid_worker, reason="不归这里。")
    page = await views.case_page(opened.number, resident)
    assert (page.praise_at or None, page.praises.items) == (None, [])


async def test_praise_of_a_case_is_read_by_those_who_see_the_case(thanks, resident):
    case = await thanks.ended_case(resident, conceal=True)
    await thanks.give(resident, wanted=Wanted(case=case.number), tag="quick")
    (seen,) = (await views.praises_of(f"case:{case.number}", resident)).items
    assert not seen.giver
    with pytest.raises(cases.CaseUnknown):
        await views.praises_of(f"case:{case.number}", replace(GUEST))


async def test_the_clerk_sees_where_to_look_twice(thanks, desk):
    await thanks.waiting(text="加微信领红包")
    (waiting,) = (await views.waiting_praises(desk.street_dispatcher)).items
    assert (waiting.flag_title, waiting.giver) == (praise.FLAGS["advertising"], "演*")


async def test_nobody_is_offered_to_thank_themselves_or_their_own_unit(thanks, resident):
    town, worker = thanks.desk.town, thanks.desk.grid_worker
    everybody = (await views.praise_card(town.token, resident, "")).targets
    offered = (await views.praise_card(town.token, worker, "")).targets
    left_out = {one.name for one in everybody} - {one.name for one in offered}
    assert left_out == {"网格员演示-网格员", "演示·湖畔社区"}
