"""Opening, moving and joining, as the people concerned notice it."""

from datetime import timedelta

import pytest

from server import cases, flows
from server.base import clock, database
from server.base.errors import Invalid
from server.base.viewer import GUEST
from server.cases import NewCase
from tests.desk import Desk, a_photo, guest, inbox, notices_of_post
from tests.makers import a_resident


async def test_a_report_goes_to_the_grid_worker_and_its_raiser_gets_a_number(desk: Desk) -> None:
    opened = await desk.report(text="路灯不亮")

    case = await cases.find_case(opened.number, guest(opened))
    assert case.state == "submitted"
    assert case.main.post_id == desk.town.posts["grid_worker"]
    assert await inbox(guest(opened), opened) == ["已收到您的上报"]


async def test_a_direct_category_reaches_the_firm_without_the_grid_workers_hands(
    desk: Desk,
) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")

    assert opened.case.state == "dispatched"
    assert opened.case.main.unit_id == desk.town.units["property_firm"]
    assert await inbox(desk.grid_worker, opened) == ["您这里有人报：电梯故障停运"]
    signed = await desk.move(opened, "sign", desk.property_manager)
    assert signed.main.post_id == desk.town.posts["property_manager"]


async def test_promises_run_from_submission(desk: Desk) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")

    assert opened.case.respond_by == clock.now() + timedelta(minutes=30)
    assert opened.case.resolve_by == clock.now() + timedelta(hours=24)


async def test_everything_wrong_with_a_report_is_said_at_once(desk: Desk) -> None:
    new = NewCase(code=desk.town.token, category="X9", text="长" * 1001, phone="12", spot="远" * 61)

    with pytest.raises(Invalid) as refused:
        await cases.open_case(new, by=GUEST)

    fields = {wrong.field for wrong in refused.value.fields}
    assert fields == {"category", "text", "phone", "spot"}


async def test_too_long_a_text_alone_is_not_called_empty(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        await desk.report(text="长" * 1001)

    assert [wrong.code for wrong in refused.value.fields] == ["text-too-long"]


async def test_a_report_of_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        await desk.report(text=" \u200b\n")

    assert [wrong.code for wrong in refused.value.fields] == ["report-empty"]


async def test_a_point_outside_every_grid_is_refused(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        await desk.report(text="灯坏了", point=cases.GivenPoint(lng=1.0, lat=1.0))

    assert [wrong.field for wrong in refused.value.fields] == ["point"]


async def test_a_photo_alone_is_a_report(desk: Desk) -> None:
    photo = await a_photo()

    opened = await desk.report(photos=(photo,))

    assert opened.case.category == "Z99"
    assert await cases.may_see_photo(photo, opened.case.id, guest(opened))


async def test_a_photo_belongs_to_one_case_only(desk: Desk) -> None:
    photo = await a_photo()
    await desk.report(photos=(photo,))

    with pytest.raises(Invalid) as refused:
        await desk.report(photos=(photo,))

    assert [wrong.field for wrong in refused.value.fields] == ["photos"]


async def test_a_stale_look_is_refused_and_names_the_case(desk: Desk) -> None:
    opened = await desk.report()
    await desk.move(opened, "accept", desk.grid_worker)

    with pytest.raises(cases.CaseMovedOn) as refused:
        await cases.make_move(
            opened.number, "dispatch", by=desk.grid_worker, given={}, seen_version=1
        )

    assert refused.value.values["number"] == opened.number


async def test_a_neighbour_who_joins_does_not_make_the_grid_workers_look_stale(desk: Desk) -> None:
    opened = await desk.report()
    seen = opened.case.version
    await cases.second(opened.number, desk.town.token, by=GUEST)

    accepted = await cases.make_move(
        opened.number, "accept", by=desk.grid_worker, given={}, seen_version=seen
    )

    assert accepted.case.state == "accepted"


async def test_a_stranger_finds_nothing_to_move(desk: Desk) -> None:
    opened = await desk.report()

    with pytest.raises(cases.CaseUnknown):
        await desk.move(opened, "withdraw", await a_resident())


async def test_the_raiser_cannot_accept_her_own_case(desk: Desk) -> None:
    opened = await desk.report()

    with pytest.raises(flows.NotYours):
        await desk.move(opened, "accept", guest(opened))


async def test_a_unit_that_does_not_serve_the_place_cannot_be_given_the_case(desk: Desk) -> None:
    opened = await desk.report()
    await desk.move(opened, "accept", desk.grid_worker)

    with pytest.raises(Invalid) as refused:
        await desk.move(
            opened, "dispatch", desk.grid_worker, unit=str(desk.town.posts["duty_post"])
        )

    assert [wrong.field for wrong in refused.value.fields] == ["unit"]


async def test_a_neighbour_who_joins_twice_gets_the_same_answer(desk: Desk) -> None:
    opened = await desk.report()
    neighbour = await a_resident("演示-李先生")

    first = await cases.second(opened.number, desk.town.token, by=neighbour)
    again = await cases.second(opened.number, desk.town.token, by=neighbour)

    assert first == again
    assert again.seconded == 1


async def test_a_guest_who_joined_comes_back_by_her_key(desk: Desk) -> None:
    opened = await desk.report()

    joined = await cases.second(opened.number, desk.town.token, by=GUEST)

    neighbour = guest(joined)
    case = await cases.find_case(opened.number, neighbour)
    assert cases.lens_of(case, neighbour) == "progress"
    assert await inbox(neighbour, opened) == ["这件事算上您了"]


async def test_nobody_joins_their_own_case(desk: Desk) -> None:
    opened = await desk.report()

    with pytest.raises(cases.OwnCase):
        await cases.second(opened.number, desk.town.token, by=guest(opened))


async def test_a_code_elsewhere_does_not_let_anybody_join(desk: Desk) -> None:
    opened = await desk.report()

    with pytest.raises(cases.CaseUnknown):
        await cases.second(opened.number, desk.town.codes["lamp"], by=GUEST)


async def test_a_case_that_is_not_listed_cannot_be_joined(desk: Desk) -> None:
    opened = await desk.report(category="S02", text="邻居吵架")

    with pytest.raises(cases.CaseUnknown):
        await cases.second(opened.number, desk.town.token, by=GUEST)


async def test_silence_for_three_days_closes_a_resolved_case_as_unrated(
    desk: Desk, hands: clock.Hands
) -> None:
    opened = await desk.report()
    await desk.move(opened, "accept", desk.grid_worker)
    await desk.move(opened, "self_handle", desk.grid_worker)
    await desk.move(opened, "resolve", desk.grid_worker, outcome="fixed", text="换了灯泡")
    hands.move(timedelta(days=3, seconds=1))

    rang = await cases.ring_due()

    case = await cases.find_case(opened.number, guest(opened))
    assert rang == 1
    assert (case.state, case.ending) == ("closed", "unrated")
    assert "已按“未评价”结束" in await inbox(guest(opened), opened)


async def test_a_merged_neighbour_is_told_when_the_other_report_is_resolved(desk: Desk) -> None:
    first, other = await desk.report(), await desk.report(text="这里黑得很")
    await desk.move(first, "accept", desk.grid_worker)
    merged = await desk.move(other, "merge", desk.grid_worker, into=first.number)
    await desk.move(first, "self_handle", desk.grid_worker)

    await desk.move(first, "resolve", desk.grid_worker, outcome="fixed", text="换了灯泡")

    assert merged.state == "merged"
    assert merged.merged_into_id == first.case.id
    assert "您附议的事有结果了" in await inbox(guest(other), first)


async def test_a_case_cannot_be_merged_into_itself(desk: Desk) -> None:
    opened = await desk.report()

    with pytest.raises(cases.MergeIntoItself):
        await desk.move(opened, "merge", desk.grid_worker, into=opened.number)


async def test_another_category_recomputes_both_promises(desk: Desk) -> None:
    opened = await desk.report(text="电梯怪响")

    classified = await desk.move(opened, "classify", desk.grid_worker, category="P02")

    assert classified.respond_by == clock.now() + timedelta(minutes=30)
    assert classified.resolve_by == clock.now() + timedelta(hours=24)


async def test_words_of_danger_alert_the_duty_post(desk: Desk) -> None:
    opened = await desk.report(text="楼道着火了")

    assert await notices_of_post(desk.town.posts["duty_post"]) == ["handler.urgent"]
    assert opened.case.facts["danger"] is True


async def test_calm_words_alert_nobody(desk: Desk) -> None:
    await desk.report(text="花坛里的花蔫了")

    assert await notices_of_post(desk.town.posts["duty_post"]) == []


async def test_a_plan_is_not_told_as_something_done(desk: Desk) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")
    await cases.second(opened.number, desk.town.token, by=await a_resident())
    await desk.move(opened, "sign", desk.property_manager)
    plan = {"outcome": "planned", "text": "要换主板", "until": "2026-12-05"}
    await desk.move(opened, "resolve", desk.property_manager, **plan)

    assert "请您看看办好了没有" in await inbox(guest(opened), opened)
    told = [row["body"] for row in await database.fetch("SELECT body FROM inbox_item")]
    assert len([body for body in told if "说" in body and "排了计划，还没有办" in body]) == 2
    assert [body for body in told if "已办好" in body] == []
