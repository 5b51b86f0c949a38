"""A case as each viewer sees it: what is theirs, and not a word more."""

from datetime import timedelta

import msgspec
import pytest

from server import cases, org, views
from server.base import clock
from server.base.viewer import GUEST, Viewer
from server.cases import Opened
from server.flows.structure import State
from server.views.case_shapes import CasePage
from tests.desk import Desk, a_photo, guest

NAME, PHONE, WORDS = "演示-王女士", "16000001234", "柜子堵住了楼道"


async def a_case(desk: Desk, **more: object) -> Opened:
    """With a photo, words and a number left."""
    sent = {"category": "E05", "text": WORDS, "phone": PHONE, "photos": (await a_photo(),)}
    return await desk.report(**sent | more)


async def shown(opened: Opened, viewer: Viewer) -> tuple[CasePage, str]:
    """The page, and everything of it as it goes over the wire."""
    page = await views.case_page(opened.number, viewer)
    return page, msgspec.json.encode(page).decode()


async def test_the_raiser_sees_her_own_words_photo_and_masked_number(desk: Desk) -> None:
    opened = await a_case(desk)

    page, wire = await shown(opened, guest(opened))

    assert (page.lens, page.text, len(page.photos)) == ("own", WORDS, 1)
    assert page.raiser.me
    assert page.raiser.phone == "160****1234"
    assert PHONE not in wire


async def test_the_handler_sees_words_and_a_masked_number(desk: Desk) -> None:
    opened = await a_case(desk)

    page, wire = await shown(opened, desk.grid_worker)

    assert (page.lens, page.text) == ("work", WORDS)
    assert page.raiser.phone == "160****1234"
    assert PHONE not in wire


async def test_a_concealed_raiser_is_in_no_view_of_those_who_handle_it(desk: Desk) -> None:
    opened = await a_case(desk, conceal=True)

    page, wire = await shown(opened, desk.grid_worker)

    assert page.raiser.concealed
    assert PHONE not in wire
    assert "160****1234" not in wire


async def test_who_joined_sees_progress_and_neither_words_nor_photos(desk: Desk) -> None:
    opened = await a_case(desk)
    joined = await cases.second(opened.number, desk.town.token, by=GUEST)
    await desk.move(opened, "accept", desk.grid_worker, text="马上去看")

    page, wire = await shown(opened, guest(joined))

    assert page.lens == "progress"
    assert WORDS not in wire
    assert "photos" not in wire
    assert "马上去看" in wire


async def test_the_raisers_words_on_reopening_stay_with_her_and_the_desk(desk: Desk) -> None:
    opened = await a_case(desk)
    joined = await cases.second(opened.number, desk.town.token, by=GUEST)
    await desk.move(opened, "accept", desk.grid_worker)
    await desk.move(opened, "self_handle", desk.grid_worker)
    await desk.move(opened, "resolve", desk.grid_worker, outcome="fixed", text="搬走了")
    await desk.move(opened, "reopen", guest(opened), reason="只搬了一半")

    _, neighbours = await shown(opened, guest(joined))
    _, desks = await shown(opened, desk.street_dispatcher)

    assert "只搬了一半" not in neighbours
    assert "只搬了一半" in desks


async def test_staff_are_named_as_they_were_and_residents_never(desk: Desk) -> None:
    opened = await a_case(desk)
    await desk.move(opened, "accept", desk.grid_worker)

    page, _ = await shown(opened, guest(opened))

    assert [(line.who.name, line.who.role_title) for line in page.timeline] == [
        ("居民", "上报人"),
        ("演示-网格员", "网格员"),
    ]


async def test_the_page_says_who_has_it_and_what_comes_next(desk: Desk) -> None:
    opened = await a_case(desk)

    page, _ = await shown(opened, guest(opened))

    assert page.now_with.name == "演示-网格员"
    assert page.next.step == "受理，给您回应"
    assert page.next.by == page.respond_by


async def test_the_next_step_speaks_to_staff_of_the_resident(desk: Desk) -> None:
    page, _ = await shown(await a_case(desk), desk.grid_worker)

    assert page.next.step == "受理，给居民回应"


async def test_a_state_without_words_for_it_is_awaited_by_its_clock(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(State, "next_of", lambda *_: "")

    page, _ = await shown(await a_case(desk), desk.grid_worker)

    assert page.next.step == "回应"


async def test_moves_come_with_titles_needs_and_choices(desk: Desk) -> None:
    opened = await a_case(desk)
    await desk.move(opened, "accept", desk.grid_worker)

    page, _ = await shown(opened, desk.grid_worker)

    dispatch = next(move for move in page.moves if move.key == "dispatch")
    assert dispatch.title == "派单"
    assert "unit?" in dispatch.needs
    assert dispatch.options["unit"][0].title == "演示·安居物业（物业公司）"


async def test_the_unit_complained_about_is_never_a_choice(desk: Desk) -> None:
    opened = await desk.report(category="P06", text="物业乱收费")
    await desk.move(opened, "accept", desk.community_secretary)

    page, _ = await shown(opened, desk.community_secretary)

    dispatch = next(move for move in page.moves if move.key == "dispatch")
    firm = str(desk.town.units["property_firm"])
    assert firm not in {option.value for option in dispatch.options["unit"]}


async def test_the_raiser_is_asked_for_her_word_once_it_is_resolved(desk: Desk) -> None:
    opened = await a_case(desk)
    await desk.move(opened, "accept", desk.grid_worker)
    await desk.move(opened, "self_handle", desk.grid_worker)
    await desk.move(opened, "resolve", desk.grid_worker, outcome="fixed", text="搬走了")

    page, _ = await shown(opened, guest(opened))

    assert [move.key for move in page.moves] == ["confirm", "reopen"]
    assert page.next.step == "由您来说好没好"
    assert page.outcome == "fixed"
    assert not page.overdue


async def test_a_merged_case_names_the_other_only_to_who_may_see_it(desk: Desk) -> None:
    first, other = await a_case(desk), await a_case(desk)
    await desk.move(other, "merge", desk.grid_worker, into=first.number)

    page, _ = await shown(other, guest(other))

    assert page.merged_into == first.number


async def test_staff_see_how_a_report_came_and_what_it_is_called_elsewhere(desk: Desk) -> None:
    ticket = cases.Reference(system="12345", number="YZ-7")
    new = cases.NewCase(
        code=desk.town.token, category="P02", channel="phone", on_behalf=True,
        external_refs=(ticket,),
    )  # fmt: skip
    opened = await cases.open_case(new, by=desk.community_secretary)

    page, _ = await shown(opened, desk.property_manager)
    of_raiser, wire = await shown(opened, guest(opened))

    assert (page.channel, page.channel_title) == ("phone", "电话")
    assert [(one.system, one.number) for one in page.external_refs] == [("12345", "YZ-7")]
    assert (of_raiser.lens, "YZ-7" in wire) == ("own", False)


async def test_the_timeline_names_who_filed_it_and_never_as_raiser(desk: Desk) -> None:
    new = cases.NewCase(code=desk.town.token, category="P02", channel="counter", on_behalf=True)
    opened = await cases.open_case(new, by=desk.community_secretary)

    page, _ = await shown(opened, guest(opened))

    assert page.timeline[0].who.name == "演示-社区书记"
    assert page.raiser.me


async def test_what_a_resident_says_on_the_phone_is_no_neighbours_to_read(desk: Desk) -> None:
    opened = await a_case(desk)
    joined = await cases.second(opened.number, desk.town.token, by=GUEST)
    await desk.move(opened, "accept", desk.grid_worker)
    await desk.move(opened, "self_handle", desk.grid_worker)
    await desk.move(opened, "resolve", desk.grid_worker, outcome="fixed", text="清走了")
    said = "说柜子还在"
    await desk.move(opened, "answer_by_phone", desk.street_dispatcher, solved="no", text=said)

    _, wire = await shown(opened, Viewer(keys=frozenset({joined.key or ""})))

    assert said not in wire


async def test_a_colleague_with_a_post_at_two_estates_is_named_once_by_the_one_here(
    desk: Desk,
) -> None:
    roster, town = org.Roster(since=clock.now()), desk.town
    elsewhere = roster.post("property_staff", town.units["property_firm"], "150600/elsewhere/")
    roster.held_by(elsewhere, town.accounts["property_staff"])
    also_the_manager_s = roster.post("property_staff", town.units["property_firm"], "150600/far/")
    roster.held_by(also_the_manager_s, town.accounts["property_manager"])
    await org.enrol(roster)
    opened = await desk.report(category="P02", text="电梯不动了")
    await desk.move(opened, "sign", desk.property_manager)

    page, _ = await shown(opened, desk.property_manager)

    reassign = next(move for move in page.moves if move.key == "reassign")
    assert [one.value for one in reassign.options["post"]] == [str(town.posts["property_staff"])]


async def test_whoever_grants_reads_how_long_and_until_when_it_is_asked(desk: Desk) -> None:
    opened = await desk.report(category="P05", text="门禁坏了")
    await desk.move(opened, "sign", desk.property_manager)
    until = (clock.now() + timedelta(days=100)).date()
    await desk.move(opened, "ask_extend", desk.property_manager, longer="3wd", reason="等配件")
    await desk.move(
        opened, "ask_hang", desk.property_manager, until=until.isoformat(), reason="等开春"
    )

    page, _ = await shown(opened, desk.community_secretary)

    said = {line.move: line.text for line in page.timeline}
    assert said["ask_extend"] == "延长3个工作日\n等配件"
    assert said["ask_hang"] == f"定在{until.year}年{until.month}月{until.day}日\n等开春"


async def test_the_history_says_to_whom_it_went_and_how_it_ended(desk: Desk) -> None:
    opened, units = await desk.report(category="P05", text="门禁坏了"), desk.town.units
    await desk.move(opened, "sign", desk.property_manager)
    colleague, police = str(desk.town.posts["property_staff"]), str(units["police"])
    await desk.move(opened, "reassign", desk.property_manager, post=colleague)
    await desk.move(opened, "add_assist", desk.property_staff, assist=[police])
    await desk.move(opened, "resolve", desk.property_staff, outcome="explained", text="要换新的")
    await desk.move(opened, "confirm", guest(opened), solved="no", rating="fair")

    page, _ = await shown(opened, guest(opened))

    assert {line.move: line.text for line in page.timeline if line.text} == {
        "open": "门禁坏了",
        "reassign": "转给物业工作人员演示-物业工作人员",
        "add_assist": "请演示·派出所协办",
        "resolve": "只能说明\n要换新的",
        "confirm": "没有解决，基本满意",
    }


async def test_whoever_grants_has_what_is_asked_beside_the_grant_and_a_line_for_each(
    desk: Desk,
) -> None:
    opened = await desk.report(category="P05", text="门禁坏了")
    await desk.move(opened, "sign", desk.property_manager)
    until = (clock.now() + timedelta(days=100)).date()
    await desk.move(opened, "ask_extend", desk.property_manager, longer="3wd", reason="等配件")
    await desk.move(
        opened, "ask_hang", desk.property_manager, until=until.isoformat(), reason="等开春"
    )

    page, _ = await shown(opened, desk.community_secretary)
    lines = (await views.todo(desk.community_secretary)).items

    hanging = f"定在{until.year}年{until.month}月{until.day}日，等开春"
    asked = {move.key: move.asked for move in page.moves if move.asked}
    assert asked == {
        "grant_extend": "延长3个工作日，等配件",
        "refuse_extend": "延长3个工作日，等配件",
        "grant_hang": hanging,
        "refuse_hang": hanging,
    }
    assert [[move.key for move in line.moves] for line in lines] == [
        ["grant_extend", "refuse_extend"],
        ["grant_hang", "refuse_hang"],
    ]
