"""The report flow held to account: asking, resting, approving, helping, and the ladder."""

from datetime import timedelta

import pytest

from server.flows import Holder, MoveNotPossible, Mover, NotYours, WrongGiven
from tests.flows.town import (
    ABOVE,
    DISPATCHER,
    DONE,
    FITTER,
    GRID_WORKER,
    HEATING,
    MANAGER,
    NEIGHBOUR,
    OTHER_MANAGER,
    RAISER,
    STOKER,
    STREET,
    a_declined_report,
    a_dispatched_report,
    a_handled_report,
    a_hung_report,
    a_report,
    an_accepted_report,
    an_asking_report,
    at,
    number,
)

# ── asking the resident ──────────────────────────────────────────────────────────────────────────


def test_a_promise_rests_while_the_resident_is_asked():
    story = an_asking_report().wait(hours=10).does(RAISER, "answer", text="二号")
    assert story.state == "handling"
    assert story.case.clock("resolve").due == at("2026-11-24 19:00")


def test_the_handler_is_told_of_the_answer():
    assert an_asking_report().does(RAISER, "answer", text="二号").told() == {("holder", "answered")}


def test_who_does_not_answer_is_not_waited_for_for_ever():
    story = an_asking_report().wait(days=3, ring=True)
    assert story.state == "handling"
    assert story.told() == {("raiser", "unanswered"), ("holder", "unanswered")}


def test_nobody_hides_behind_questions():
    story = an_asking_report().does(RAISER, "answer", text="二号")
    story.does(MANAGER, "ask", question="几点？").does(RAISER, "answer", text="早上")
    with pytest.raises(MoveNotPossible, match="已经问过2次"):
        story.does(MANAGER, "ask", question="还有呢？")


def test_a_question_put_before_anybody_took_it_up_leads_back_there():
    story = (
        a_report().does(GRID_WORKER, "ask", question="在几楼？").does(RAISER, "answer", text="三楼")
    )
    assert story.state == "submitted"


# ── hanging and extending ────────────────────────────────────────────────────────────────────────


def test_a_case_hangs_only_when_one_level_up_agrees():
    story = a_handled_report().does(MANAGER, "ask_hang", reason="要等配件", until="2026-12-31")
    assert story.state == "handling"
    assert story.told() == {("hang_ask", "approval_asked")}
    assert story.case.rows[1].holder == Holder(number(104), STREET)
    assert story.does(DISPATCHER, "grant_hang").state == "hung"


def test_who_asked_cannot_grant_it():
    story = a_handled_report().does(MANAGER, "ask_hang", reason="要等配件", until="2026-12-31")
    with pytest.raises(NotYours):
        story.does(MANAGER, "grant_hang")


@pytest.mark.parametrize("asks", ["hang", "extend"])
def test_not_even_by_another_post_of_theirs(asks):
    given = {"hang": {"until": "2026-12-31"}, "extend": {"longer": "2wd"}}[asks]
    both = Mover(posts=(*MANAGER.posts, *DISPATCHER.posts), account_id=number(700))
    story = a_handled_report().does(both, f"ask_{asks}", reason="要等配件", **given)
    assert f"grant_{asks}" not in story.offers(both)
    with pytest.raises(MoveNotPossible, match="要由别人来批准"):
        story.does(both, f"grant_{asks}")


def test_a_hung_case_does_not_run_its_promise():
    story = a_hung_report().wait(days=20).does(MANAGER, "resume")
    assert story.case.clock("resolve").due == at("2026-12-14 09:00")


def test_nobody_waits_for_a_helper_while_a_case_is_hung():
    story = a_handled_report(resolve="7d").does(MANAGER, "add_assist", assist=[str(HEATING)])
    story.wait(hours=5).does(MANAGER, "ask_hang", reason="要等配件", until="2026-11-30")
    story.does(DISPATCHER, "grant_hang").wait(days=5, ring=True)
    assert (story.state, story.last.events[-1].move) == ("hung", "hang")
    story.does(MANAGER, "resume")
    assert story.case.clock("assist", 1).due == at("2026-12-01 19:00")


def test_a_hung_case_goes_on_when_its_day_is_over():
    story = a_hung_report(until="2026-11-30").wait_until("2026-12-01 00:00").rings()
    assert story.state == "handling"
    assert ("holder", "resumed") in story.told()


@pytest.mark.parametrize("until", ["2027-05-23", "2029-01-01"])
def test_nothing_hangs_longer_than_half_a_year(until):
    with pytest.raises(WrongGiven) as wrong:
        a_handled_report().does(MANAGER, "ask_hang", reason="要等配件", until=until)
    assert [(one.field, one.detail) for one in wrong.value.fields] == [
        ("until", "日子太远了，最远180天。")
    ]


def test_nothing_hangs_without_a_day():
    with pytest.raises(WrongGiven) as wrong:
        a_handled_report().does(MANAGER, "ask_hang", reason="要等配件")
    assert [error.field for error in wrong.value.fields] == ["until"]


def test_nothing_hangs_until_a_day_that_has_passed_when_it_is_decided():
    story = a_handled_report().does(MANAGER, "ask_hang", reason="要等配件", until="2026-11-24")
    assert "grant_hang" in story.wait_until("2026-11-24 23:59").offers(DISPATCHER)
    assert "grant_hang" not in story.wait_until("2026-11-25 00:00").offers(DISPATCHER)
    with pytest.raises(MoveNotPossible, match="日子已经过了"):
        story.does(DISPATCHER, "grant_hang")
    assert story.does(DISPATCHER, "refuse_hang", reason="过期").state == "handling"


def test_what_is_asked_of_those_above_waits_while_the_resident_is_asked():
    story = a_handled_report().does(MANAGER, "ask_extend", longer="2wd", reason="要等配件")
    story.does(MANAGER, "ask", question="是几号电梯？")
    assert (story.case.rows[1].state, story.offers(DISPATCHER)) == ("asked", [])
    assert story.case.clock("decide", 1).mode == "paused"
    story.wait(hours=2).does(RAISER, "answer", text="二号").does(DISPATCHER, "grant_extend")
    assert story.case.clock("resolve").due == at("2026-11-26 11:00")


def test_what_nobody_decided_lapses_when_the_resident_withdraws_meanwhile():
    story = a_dispatched_report().does(MANAGER, "ask_extend", longer="2wd", reason="要等配件")
    story.does(MANAGER, "ask", question="是几号电梯？").does(RAISER, "withdraw")
    assert story.case.rows[1].state == "lapsed"


def test_an_extension_that_is_granted_moves_the_promise():
    story = a_handled_report().does(MANAGER, "ask_extend", longer="2wd", reason="要等配件")
    story.does(DISPATCHER, "grant_extend")
    assert story.case.clock("resolve").due == at("2026-11-26 09:00")
    assert ("raiser", "extended") in story.told()


def an_extended_report(granted: str, longer="2wd"):
    story = a_handled_report().does(MANAGER, "ask_extend", longer=longer, reason="要等配件")
    return story.wait_until(granted).rings().does(DISPATCHER, "grant_extend")


def test_who_was_reminded_before_an_extension_is_reminded_before_the_new_day_too():
    story = an_extended_report("2026-11-24 04:00").wait_until("2026-11-26 08:59")
    assert story.rings().told() == {("holder", "soon")}


def test_a_promise_extended_after_it_broke_is_a_promise_again():
    story = an_extended_report("2026-11-24 10:00")
    clock = story.case.clock("resolve")
    assert (clock.due, clock.late) == (at("2026-11-26 09:00"), False)
    assert story.wait_until("2026-11-25 09:00").rings().case.facts["made"].get("supervise") is None
    story.wait_until("2026-11-26 09:00").rings()
    assert story.told() == {(who, "overdue") for who in ("holder", "supervisor", "raiser")}


def test_an_extension_that_is_over_when_it_is_granted_leaves_the_promise_broken():
    story = an_extended_report("2026-11-27 10:00", longer="1wd")
    clock = story.case.clock("resolve")
    assert (clock.due, clock.late) == (at("2026-11-25 09:00"), True)


def test_an_extension_counts_from_the_day_that_was_promised():
    """A day's promise of Friday nine, granted on the Saturday: one workday later is Monday nine."""
    story = a_handled_report(resolve="4d").does(
        MANAGER, "ask_extend", longer="1wd", reason="要等配件"
    )
    story.wait_until("2026-11-28 10:00").does(DISPATCHER, "grant_extend")
    assert story.case.clock("resolve").due == at("2026-11-30 09:00")


def test_an_extension_that_is_refused_leaves_the_promise():
    story = a_handled_report().does(MANAGER, "ask_extend", longer="2wd", reason="要等配件")
    story.does(DISPATCHER, "refuse_extend", reason="不是理由")
    assert story.case.clock("resolve").due == at("2026-11-24 09:00")
    assert story.told() == {("owner", "refused")}


def test_an_extension_longer_than_allowed_is_refused_with_what_is():
    with pytest.raises(WrongGiven) as wrong:
        a_handled_report().does(MANAGER, "ask_extend", longer="30wd", reason="忙")
    assert "5个工作日" in wrong.value.fields[0].detail


def test_a_promise_is_extended_once():
    story = a_handled_report().does(MANAGER, "ask_extend", longer="1wd", reason="要等配件")
    story.does(DISPATCHER, "grant_extend")
    with pytest.raises(MoveNotPossible):
        story.does(MANAGER, "ask_extend", longer="1wd", reason="还要等")


def test_a_request_lapses_with_what_it_was_for():
    story = a_handled_report().does(MANAGER, "ask_extend", longer="1wd", reason="要等配件")
    assert story.does(MANAGER, "resolve", **DONE).case.rows[1].state == "lapsed"


# ── colleagues, helpers, those above ─────────────────────────────────────────────────────────────


def test_a_case_is_passed_to_a_colleague_with_the_same_clock():
    before = a_handled_report()
    due = before.case.clock("resolve").due
    story = before.wait(hours=1).does(MANAGER, "reassign", post=str(number(107)))
    assert story.case.owner == Holder(post_id=number(107))
    assert story.case.clock("resolve").due == due
    assert story.told() == {("holder", "reassigned")}


def test_another_firm_passes_nothing_on():
    with pytest.raises(NotYours):
        a_handled_report().does(OTHER_MANAGER, "reassign", post=str(number(107)))


def test_who_helps_has_a_row_and_a_clock_of_its_own():
    story = a_handled_report().does(MANAGER, "add_assist", assist=[str(HEATING)])
    assert story.case.rows[1].holder == Holder(unit_id=HEATING)
    assert story.case.clock("assist", 1).due == at("2026-11-25 09:00")
    assert story.does(STOKER, "help", text="阀门开了").told() == {("owner", "helped")}


def test_a_helper_resolves_nothing():
    story = a_handled_report().does(MANAGER, "add_assist", assist=[str(HEATING)])
    with pytest.raises(NotYours):
        story.does(STOKER, "resolve", **DONE)


def test_nobody_waits_for_a_helper_when_it_is_done():
    story = a_handled_report().does(MANAGER, "add_assist", assist=[str(HEATING)])
    ended = story.does(MANAGER, "resolve", **DONE).case
    assert (ended.state, ended.rows[1].state) == ("resolved", "lapsed")


def test_only_who_stands_above_demands_an_answer():
    with pytest.raises(NotYours):
        a_report().does(DISPATCHER, "supervise", text="两天了，怎么还没有人去？")
    story = a_report().does(ABOVE, "supervise", text="两天了，怎么还没有人去？")
    assert story.told() == {("holder", "supervised"), ("raiser", "supervised")}


def test_a_note_of_progress_tells_everyone_who_waits():
    story = (
        a_handled_report().does(NEIGHBOUR, "second").does(MANAGER, "progress", text="配件在路上")
    )
    assert story.told() == {("raiser", "progress"), ("second", "progress")}


def test_the_resident_urges_once_a_day():
    story = a_handled_report().does(RAISER, "urge")
    with pytest.raises(MoveNotPossible, match="24小时"):
        story.wait(hours=23).does(RAISER, "urge")
    assert story.wait(hours=1).does(RAISER, "urge").told() == {("holder", "urged")}


def test_a_colleague_of_the_unit_acts_only_after_it_was_passed_to_him():
    story = a_handled_report()
    with pytest.raises(NotYours):
        story.does(FITTER, "resolve", **DONE)
    story.does(MANAGER, "reassign", post=str(number(107)))
    assert story.does(FITTER, "resolve", **DONE).state == "resolved"


# ── appeal ───────────────────────────────────────────────────────────────────────────────────────


def test_who_was_declined_may_have_the_street_look_at_it():
    story = a_declined_report().does(RAISER, "appeal", reason="就是公共的灯")
    assert story.state == "submitted"
    assert story.case.owner == Holder(number(104), STREET)
    assert "ending" not in story.case.facts


def test_the_grid_does_not_take_back_what_it_declined():
    story = a_declined_report().does(RAISER, "appeal", reason="就是公共的灯")
    with pytest.raises(NotYours):
        story.does(GRID_WORKER, "accept")
    with pytest.raises(MoveNotPossible):
        story.does(ABOVE, "accept")


@pytest.mark.parametrize("who", [GRID_WORKER, ABOVE])
@pytest.mark.parametrize("facts", [{"about_people": True}, {"direct": True}, {}])
def test_the_grid_does_not_reclassify_what_the_street_is_to_decide(who, facts):
    story = a_declined_report().does(RAISER, "appeal", reason="就是公共的灯")
    assert "classify" not in story.offers(who)
    with pytest.raises(MoveNotPossible, match="由街道决定"):
        story.does(who, "classify", category="C04", facts=facts)
    assert story.does(DISPATCHER, "classify", category="E09", facts={}).state == "submitted"


def test_what_the_street_declines_stays_declined():
    story = a_declined_report().does(RAISER, "appeal", reason="就是公共的灯")
    story.does(DISPATCHER, "decline", reason="是自家的灯")
    with pytest.raises(MoveNotPossible):
        story.does(RAISER, "appeal", reason="不是")


# ── the ladder ───────────────────────────────────────────────────────────────────────────────────


def test_a_promise_that_breaks_climbs_its_ladder_rung_by_rung():
    """A day's promise of Monday nine: a quarter before, then, a workday later, five later."""
    story = a_handled_report()
    rung = []
    for moment in ("2026-11-24 03:00", "2026-11-24 09:00", "2026-11-25 09:00", "2026-12-01 09:00"):
        before = len(story.events)
        story.wait_until(moment).rings()
        rung.append([(event.move, story.told()) for event in story.events[before:]])
    assert rung == [
        [("ring", {("holder", "soon")})],
        [("ring", {("holder", "overdue"), ("supervisor", "overdue"), ("raiser", "overdue")})],
        [("supervise", {("holder", "supervised"), ("raiser", "supervised"),
                        ("supervisor", "left_alone")})],
        [("escalate", {("raiser", "escalated"), ("superior", "left_alone")})],
    ]  # fmt: skip


def test_a_workday_of_the_ladder_is_no_weekend():
    """Due on Friday at nine: 督办 comes on Monday at nine."""
    story = a_handled_report(resolve="4d").wait_until("2026-11-27 09:00").rings()
    assert story.wait_until("2026-11-30 08:59").rings().case.facts["made"].get("supervise") is None
    assert story.wait_until("2026-11-30 09:00").rings().case.facts["made"]["supervise"][0] == 1


def test_after_a_month_away_every_rung_rings_once_and_in_order():
    story = a_handled_report().wait(days=30, ring=True)
    moves = [event.move for event in story.events[-4:]]
    assert moves == ["ring", "ring", "supervise", "escalate"]
    assert story.wait(days=30, ring=True).events[-4:] == story.events[-4:]


def test_the_ladder_ends_where_the_promise_is_kept():
    story = an_accepted_report().wait(minutes=5)
    assert story.case.clock("respond").ring_at is None


def test_a_hung_case_climbs_no_ladder():
    story = a_hung_report().wait(days=30)
    before = len(story.events)
    assert len(story.rings().events) == before


def test_a_broken_promise_stays_broken_on_the_ladder_after_a_pause():
    """Asked after a workday late, answered a day later: the fifth workday comes a day later too."""
    story = a_handled_report().wait_until("2026-11-25 09:00").rings()
    story.does(MANAGER, "ask", question="几号？").wait(days=1).does(RAISER, "answer", text="二号")
    assert story.case.clock("resolve").late
    assert story.case.clock("resolve").ring_at == at("2026-12-02 09:00")


def test_who_dispatches_wins_no_time():
    story = a_dispatched_report().wait(hours=1)
    assert story.case.clock("resolve").due - story.now == timedelta(hours=23)


def test_an_assist_nobody_gives_is_told_to_both():
    story = a_handled_report(resolve="7d").does(MANAGER, "add_assist", assist=[str(HEATING)])
    story.wait_until("2026-11-25 09:00").rings()
    assert story.told() == {("holder", "overdue"), ("owner", "overdue")}


def test_units_are_not_asked_to_help_twice_in_one_breath():
    story = a_handled_report().does(MANAGER, "add_assist", assist=[str(HEATING), str(HEATING)])
    assert [row.holder.unit_id for row in story.case.rows_in("assist")] == [HEATING]


def test_nobody_is_asked_who_has_erased_the_account():
    story = a_handled_report().does(MANAGER, "ask", question="哪一层？")
    story.does(Mover(relations=frozenset({"leaver"})), "leave")
    assert story.state == "handling"
    with pytest.raises(MoveNotPossible, match="没有人可问了"):
        story.does(MANAGER, "ask", question="再问一句")
