"""A complaint never comes into the hands of those it complains about, nor does its raiser."""

import pytest

from server import cases
from server.base import clock, database
from server.base.errors import Failure, Invalid
from server.base.viewer import GUEST
from server.cases import DeskFilter
from tests.desk import Desk, guest, inbox


async def test_a_complaint_about_the_firm_goes_to_the_community(desk: Desk) -> None:
    opened = await desk.report(category="P06", text="物业乱收费")

    assert opened.case.about_unit_id == desk.town.units["property_firm"]
    assert opened.case.main.unit_id == desk.town.units["community"]
    assert opened.case.conceal


async def test_the_firm_complained_about_finds_nothing(desk: Desk) -> None:
    opened = await desk.report(category="P06", text="物业乱收费")

    with pytest.raises(cases.CaseUnknown):
        await cases.find_case(opened.number, desk.property_manager)
    listed = await cases.list_desk(desk.property_manager, DeskFilter(), now=clock.now())
    assert listed.items == ()


async def test_the_firm_complained_about_cannot_be_given_the_case(desk: Desk) -> None:
    opened = await desk.report(category="P06", text="物业乱收费")
    await desk.move(opened, "accept", desk.community_secretary)

    with pytest.raises(Failure):
        await desk.move(
            opened,
            "dispatch",
            desk.community_secretary,
            unit=str(desk.town.units["property_firm"]),
        )


async def test_a_complaint_about_the_grid_worker_goes_past_him_and_his_community(
    desk: Desk,
) -> None:
    opened = await desk.report(
        category="C04", text="态度不好", about_post_id=desk.town.posts["grid_worker"]
    )

    assert opened.case.main.post_id == desk.town.posts["street_dispatcher"]
    with pytest.raises(cases.CaseUnknown):
        await cases.find_case(opened.number, desk.grid_worker)
    with pytest.raises(cases.CaseUnknown):
        await cases.find_case(opened.number, desk.community_secretary)


async def test_a_complaint_about_the_community_goes_to_the_street(desk: Desk) -> None:
    opened = await desk.report(
        category="C04", text="不办事", about_unit_id=desk.town.units["community"]
    )

    assert opened.case.main.post_id == desk.town.posts["street_dispatcher"]


async def test_a_complaint_about_the_street_stays_with_somebody_else(desk: Desk) -> None:
    opened = await desk.report(
        category="C04", text="不办事", about_unit_id=desk.town.units["street"]
    )

    assert opened.case.main.unit_id not in (None, desk.town.units["street"])


async def test_nobody_of_the_unit_complained_about_is_told(desk: Desk) -> None:
    await desk.report(category="P06", text="物业乱收费")

    firm = desk.town.units["property_firm"]
    told = await database.fetch_value("SELECT count(*) FROM notice WHERE unit_id = $1", firm)
    assert told == 0


async def test_a_report_that_becomes_a_complaint_about_the_firm_leaves_its_hands(
    desk: Desk,
) -> None:
    opened = await desk.report(category="P02", text="电梯不动了，师傅骂人")
    await desk.move(opened, "sign", desk.property_manager)

    moved = await desk.move(opened, "classify", desk.grid_worker, category="P06")

    assert moved.about_unit_id == desk.town.units["property_firm"]
    assert moved.main.unit_id == desk.town.units["community"]
    with pytest.raises(cases.CaseUnknown):
        await cases.find_case(opened.number, desk.property_manager)


async def test_a_report_that_becomes_an_opinion_goes_from_the_grid_worker_to_the_secretary(
    desk: Desk,
) -> None:
    opened = await desk.report(text="网格员不管，还骂人")
    await desk.move(opened, "accept", desk.grid_worker)

    moved = await desk.move(opened, "classify", desk.grid_worker, category="C04")

    assert moved.main.post_id == desk.town.posts["community_secretary"]
    assert await inbox(desk.community_secretary, opened) == ["改由您来办：对工作人员或单位的意见"]
    assert moved.resolve_by > opened.case.resolve_by
    with pytest.raises(Failure):
        await desk.move(opened, "self_handle", desk.grid_worker)


async def test_an_opinion_about_the_community_does_not_come_back_to_it_as_another(
    desk: Desk,
) -> None:
    community = desk.town.units["community"]
    opened = await desk.report(category="C04", text="不办事", about_unit_id=community)

    moved = await desk.move(opened, "classify", desk.street_dispatcher, category="P06")

    assert moved.main.unit_id not in (None, community)


async def test_another_category_of_any_other_kind_changes_nobody(desk: Desk) -> None:
    opened = await desk.report()
    await desk.move(opened, "accept", desk.grid_worker)

    moved = await desk.move(opened, "classify", desk.grid_worker, category="F03")

    assert moved.main.post_id == desk.town.posts["grid_worker"]
    assert moved.state == "accepted"


async def test_a_post_that_does_not_exist_cannot_be_complained_about(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        await desk.report(category="C04", text="不办事", about_post_id=desk.town.entrance.id)

    assert [wrong.field for wrong in refused.value.fields] == ["about"]


async def test_the_raiser_still_sees_her_complaint(desk: Desk) -> None:
    opened = await desk.report(category="P06", text="物业乱收费")

    case = await cases.find_case(opened.number, guest(opened))

    assert cases.lens_of(case, guest(opened)) == "own"
    assert cases.lens_of(case, GUEST) is None


async def test_what_was_no_complaint_about_the_firm_after_all_bars_it_no_longer(
    desk: Desk,
) -> None:
    firm = desk.town.units["property_firm"]
    opened = await desk.report(category="P06", text="物业不修电梯")
    await desk.move(opened, "accept", desk.community_secretary)

    moved = await desk.move(opened, "classify", desk.community_secretary, category="E04")
    given = await desk.move(opened, "dispatch", desk.community_secretary, unit=str(firm))

    assert moved.about_unit_id is None
    assert given.main.unit_id == firm


async def test_an_opinion_about_whoever_it_is_does_not_bar_the_firm_of_the_place(
    desk: Desk,
) -> None:
    opened = await desk.report(category="P06", text="收费的人态度不好")

    moved = await desk.move(opened, "classify", desk.street_dispatcher, category="C04")

    assert moved.about_unit_id is None
    assert moved.main.post_id == desk.town.posts["community_secretary"]


async def test_a_firm_she_named_stays_complained_about_whatever_it_is_called(desk: Desk) -> None:
    firm = desk.town.units["property_firm"]
    opened = await desk.report(category="P06", text="物业乱收费", about_unit_id=firm)

    moved = await desk.move(opened, "classify", desk.street_dispatcher, category="P02")

    assert moved.about_unit_id == firm
    assert moved.main.unit_id != firm


async def test_an_opinion_that_names_nobody_is_not_in_the_hands_of_the_grid(desk: Desk) -> None:
    opened = await desk.report(category="C04", text="网格员态度差")
    case = await cases.find_case(opened.number, desk.community_secretary)

    for who in (desk.grid_worker, desk.grid_leader):
        assert await cases.offered(case, who) == []
    with pytest.raises(Failure):
        await desk.move(opened, "classify", desk.grid_worker, category="E01")
    with pytest.raises(Failure):
        await desk.move(opened, "accept", desk.grid_leader)


async def test_the_secretary_handles_it_or_gives_it_to_whom_she_trusts(desk: Desk) -> None:
    opened = await desk.report(category="C04", text="网格员态度差")
    leader = str(desk.town.posts["grid_leader"])
    await desk.move(opened, "accept", desk.community_secretary)

    await desk.move(opened, "reassign", desk.community_secretary, post=leader)
    moved = await desk.move(opened, "self_handle", desk.grid_leader)

    assert moved.state == "handling"
