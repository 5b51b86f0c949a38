"""Stories of flows that were never built, for every word of the notation."""

from datetime import timedelta

import pytest

from server.flows import Holder, MoveNotPossible, Mover, NotYours, WrongGiven, engine
from tests.flows.throwaway import REPAIR, WHISTLE, WISH
from tests.flows.town import (
    CALENDAR,
    FIRM,
    HEATING,
    MANAGER,
    OTHER_FIRM,
    OTHER_MANAGER,
    PASSER_BY,
    RAISER,
    STOKER,
    STREET,
    at,
    begin,
    number,
    staff,
)

LEADER = staff("street_leader", STREET, 20)
SUPERIOR = staff("superior", STREET, 21)
MEMBERS = [staff("party_member", number(60 + n), 30 + n) for n in range(3)]
RESIDENT = Mover(frozenset({"raiser"}), staff("resident", number(90), 90).posts, number(500))


def a_whistle(kind="emergency", called=(FIRM, HEATING)):
    given = {"kind": kind, "called": [str(unit) for unit in called]}
    return begin(WHISTLE, LEADER, given, {})


def an_assembled_whistle():
    return a_whistle().does(MANAGER, "report_in").does(STOKER, "report_in")


def an_acting_whistle():
    return an_assembled_whistle().does(LEADER, "plan", text="先围挡，再更换。")


def a_repair(**facts):
    return begin(REPAIR, RAISER, {"text": "门坏了"}, {"work": "8h", **facts})


def a_wish(seats=2):
    story = begin(WISH, RESIDENT, {"text": "搬沙发", "seats": seats}, {})
    worker = staff("grid_worker", number(1), 1)
    return story.does(worker, "list_it", until="2026-11-25", answers={"budget_left": True})


# ── lanes, adds, joins ───────────────────────────────────────────────────────────────────────────


def test_every_called_unit_has_a_row_and_a_clock_of_its_own():
    case = a_whistle().case
    assert [row.holder.unit_id for row in case.rows_in("called")] == [FIRM, HEATING]
    assert [case.clock("report_in", no).due for no in (1, 2)] == [at("2026-11-23 09:30")] * 2


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("emergency", "2026-11-23 09:30"),
        ("enforcement", "2026-11-24 09:00"),
        ("topic", "2026-11-26 09:00"),
    ],
)
def test_a_clock_may_have_its_length_from_a_fact(kind, due):
    assert a_whistle(kind).case.clock("report_in", 1).due == at(due)


def test_a_whistle_needs_two_units():
    with pytest.raises(MoveNotPossible, match="至少要叫两个单位"):
        a_whistle(called=(FIRM,))


def test_the_case_waits_until_every_called_unit_reported():
    story = a_whistle().does(MANAGER, "report_in")
    assert story.state == "blown"
    assert story.does(STOKER, "report_in").state == "assembled"


def test_a_join_is_an_event_of_its_own_made_by_the_flow():
    assert [(e.move, e.by) for e in an_assembled_whistle().last.events] == [
        ("report_in", "holder"),
        ("assemble", "flow"),
    ]


def test_an_excused_unit_is_not_waited_for():
    story = a_whistle().does(MANAGER, "ask_off", reason="人手不够").does(LEADER, "excuse")
    assert story.does(STOKER, "report_in").state == "assembled"


def test_a_unit_that_must_come_is_called_again():
    story = a_whistle().does(MANAGER, "ask_off", reason="人手不够").does(LEADER, "insist")
    assert (story.case.rows[1].state, story.state) == ("called", "blown")


def test_who_reports_in_holds_the_row_as_a_post():
    assert a_whistle().does(MANAGER, "report_in").case.rows[1].holder == Holder(number(106), FIRM)


def test_a_called_unit_moves_its_own_row_only():
    with pytest.raises(NotYours):
        a_whistle().does(MANAGER, "report_in", row=2)


def test_a_unit_that_was_not_called_has_no_row():
    with pytest.raises(NotYours):
        a_whistle().does(OTHER_MANAGER, "report_in")


def test_a_lane_move_waits_for_its_state_of_the_case():
    with pytest.raises(MoveNotPossible):
        an_assembled_whistle().does(MANAGER, "complete", text="围好了")


def test_the_street_rates_each_unit_and_must_say_which():
    story = an_acting_whistle().does(MANAGER, "complete", text="好")
    story.does(STOKER, "complete", text="好")
    with pytest.raises(WrongGiven) as caught:
        story.does(LEADER, "rate_unit", rating="fair")
    assert caught.value.fields[0].field == "row"


def test_the_last_rating_closes_the_case():
    story = an_acting_whistle().does(MANAGER, "complete", text="好")
    story.does(STOKER, "complete", text="好").does(LEADER, "rate_unit", row=1, rating="fair")
    assert story.does(LEADER, "rate_unit", rating="satisfied").state == "closed"


def test_a_neighbouring_row_that_moved_does_not_throw_me_back():
    story = a_whistle()
    seen = story.case.version
    story.does(MANAGER, "report_in")
    assert story.does(STOKER, "report_in", seen_version=seen).state == "assembled"


def test_a_whistle_called_off_stops_every_lane_clock():
    story = a_whistle().does(LEADER, "call_off", reason="误报")
    assert {clock.mode for clock in story.case.clocks} == {"stopped"}
    assert story.wait(days=3, ring=True).state == "closed"


def test_a_whistle_called_off_takes_no_more_reports():
    with pytest.raises(MoveNotPossible):
        a_whistle().does(LEADER, "call_off", reason="误报").does(MANAGER, "report_in")


# ── seats, answers, children, until ──────────────────────────────────────────────────────────────


def test_a_wish_is_served_when_its_seats_are_taken():
    story = a_wish().does(MEMBERS[0], "claim")
    assert story.state == "listed"
    assert story.does(MEMBERS[1], "claim").state == "serving"


def test_nobody_claims_twice():
    with pytest.raises(MoveNotPossible):
        a_wish().does(MEMBERS[0], "claim").does(MEMBERS[0], "claim")


def test_one_who_releases_makes_room_and_may_not_act_any_more():
    story = a_wish().does(MEMBERS[0], "claim").does(MEMBERS[1], "claim")
    story.does(MEMBERS[1], "release", reason="出差")
    assert story.state == "listed"
    assert (story.offers(MEMBERS[0]), story.offers(MEMBERS[1])) == (["note", "release"], [])


def test_a_claim_that_is_not_served_is_dropped_by_its_clock():
    story = a_wish().does(MEMBERS[0], "claim").wait(hours=49).rings()
    assert story.case.rows[1].state == "released"


def test_a_listing_ends_with_its_day():
    story = a_wish()
    assert story.case.clock("listed").due == at("2026-11-26 00:00")
    assert story.wait_until("2026-11-26 00:00").rings().case.facts["ending"] == "lapsed"


def test_a_question_of_a_feature_is_asked_before_the_step():
    story = begin(WISH, RESIDENT, {"text": "搬沙发", "seats": 1}, {})
    worker = staff("grid_worker", number(1), 1)
    with pytest.raises(MoveNotPossible, match="经费用完"):
        story.does(worker, "list_it", until="2026-11-25", answers={"budget_left": False})


def test_a_move_is_offered_while_its_question_is_open():
    story = begin(WISH, RESIDENT, {"text": "搬沙发", "seats": 1}, {})
    assert "list_it" in story.offers(staff("grid_worker", number(1), 1))


def a_served_wish():
    return a_wish(1).does(MEMBERS[0], "claim").does(MEMBERS[0], "serve")


@pytest.mark.parametrize("answers", [{}, {"children:follow_up": 1}])
def test_a_case_with_open_children_does_not_close(answers):
    with pytest.raises(MoveNotPossible):
        a_served_wish().does(RESIDENT, "rate_all", rating="fair", answers=answers)


def test_a_deed_is_named_when_it_closes():
    story = a_served_wish()
    story.does(RESIDENT, "rate_all", rating="fair", answers={"children:follow_up": 0})
    assert [deed.name for deed in story.last.deeds] == ["points.add"]


# ── approval ─────────────────────────────────────────────────────────────────────────────────────


def an_asked_repair():
    return a_repair().does(MANAGER, "ask_hang", reason="等配件", until="2026-12-20")


def test_a_granted_request_makes_what_was_asked_with_what_was_given():
    story = an_asked_repair().does(SUPERIOR, "grant_hang")
    assert (story.state, story.case.facts["hung_until"]) == ("hung", "2026-12-20")
    assert [event.move for event in story.last.events] == ["grant_hang", "hang"]


def test_nobody_hangs_a_case_without_asking():
    assert "hang" not in a_repair().offers(MANAGER)


def test_a_refused_request_changes_nothing():
    story = an_asked_repair().does(SUPERIOR, "refuse_hang", reason="有备件")
    assert (story.state, story.case.rows[1].state) == ("working", "refused")


def test_one_request_at_a_time():
    with pytest.raises(MoveNotPossible, match="已经有一份申请"):
        an_asked_repair().does(MANAGER, "ask_hang", reason="还是等", until="2026-12-21")


def test_after_a_refusal_one_may_ask_again():
    story = an_asked_repair().does(SUPERIOR, "refuse_hang", reason="有备件")
    assert "ask_hang" in story.offers(MANAGER)


def test_a_request_whose_state_has_gone_lapses():
    story = an_asked_repair().does(MANAGER, "finish", text="修好了")
    assert story.case.rows[1].state == "lapsed"


def test_what_was_asked_is_forgotten_when_it_is_decided():
    story = an_asked_repair().does(SUPERIOR, "grant_hang")
    assert "row1" not in story.case.facts


def test_only_the_superior_grants():
    with pytest.raises(NotYours):
        an_asked_repair().does(MANAGER, "grant_hang")


def test_a_case_handed_up_goes_where_the_desk_says_up_is():
    story = a_repair().does(MANAGER, "hand_up", reason="超出能力")
    assert story.case.owner == Holder(unit_id=STREET)


# ── clocks at rest ───────────────────────────────────────────────────────────────────────────────


def a_hung_repair():
    return an_asked_repair().wait(hours=3).does(SUPERIOR, "grant_hang")


def test_a_hung_case_does_not_run_its_clock():
    story = a_hung_repair().wait(days=30).does(MANAGER, "resume")
    assert story.case.clock("work").due == story.now + timedelta(hours=5)


def test_a_hung_case_keeps_what_was_left_of_every_clock():
    story = a_hung_repair().wait(days=30).does(MANAGER, "resume")
    assert story.case.clock("visit").due == story.now + timedelta(hours=45)


def test_each_pause_keeps_what_was_left_at_its_beginning():
    story = a_repair().wait(hours=1).does(MANAGER, "ask", question="几楼？").wait(hours=5)
    story.does(RAISER, "reply", text="三楼").wait(hours=1)
    story.does(MANAGER, "ask", question="几号？").wait(hours=5).does(RAISER, "reply", text="一号")
    assert story.case.clock("work").due == story.now + timedelta(hours=6)


def test_a_hung_case_rests_its_lanes_too():
    story = a_repair().does(MANAGER, "invite", watchers=[str(OTHER_FIRM)])
    story.does(MANAGER, "ask_hang", reason="等", until="2026-12-20").does(SUPERIOR, "grant_hang")
    assert story.case.clock("look", 1).mode == "paused"


def test_resuming_goes_back_to_where_it_was_hung():
    assert a_hung_repair().does(MANAGER, "resume").state == "working"


def test_a_question_to_the_raiser_pauses_the_clock():
    story = a_repair().wait(hours=1).does(MANAGER, "ask", question="几楼？")
    assert story.case.clock("work").due is None
    story.wait(hours=9).does(RAISER, "reply", text="三楼")
    assert story.case.clock("work").due == at("2026-11-24 02:00")


def test_a_clock_that_rests_after_a_stop_goes_on_with_what_was_left():
    story = a_repair().wait(hours=2).does(MANAGER, "try_it").wait(hours=50)
    story.does(MANAGER, "go_on")
    assert story.case.clock("work").due == at("2026-11-25 19:00")


def test_pausing_does_not_undo_being_late():
    story = a_repair().wait(hours=9).does(MANAGER, "ask", question="几楼？")
    clock = story.wait(hours=9).does(RAISER, "reply", text="三楼").case.clock("work")
    assert (clock.late, clock.due) == (True, at("2026-11-23 17:00"))


def test_an_overdue_clock_in_working_time_can_be_resumed():
    story = a_repair(work="2wh").wait(days=3).does(MANAGER, "ask", question="几楼？")
    clock = story.wait(days=30).does(RAISER, "reply", text="三楼").case.clock("work")
    assert (clock.mode, clock.late) == ("running", True)


def test_a_lane_outside_its_states_pauses_its_clock():
    story = a_repair().does(MANAGER, "invite", watchers=[str(OTHER_FIRM)])
    assert story.does(MANAGER, "finish", text="好了").case.clock("look", 1).mode == "stopped"


def test_a_lane_rests_outside_its_states():
    story = a_repair().does(MANAGER, "invite", watchers=[str(OTHER_FIRM)])
    story.does(MANAGER, "finish", text="好了")
    with pytest.raises(MoveNotPossible):
        story.does(OTHER_MANAGER, "look")


def test_an_extension_gives_part_of_the_length_again():
    story = a_repair().does(MANAGER, "ask_extend", reason="配件明天到")
    story.wait(hours=1).does(SUPERIOR, "grant_extend")
    assert story.case.clock("work").due == at("2026-11-23 21:00")


def test_an_extension_may_be_a_span_of_another_unit():
    story = a_repair().does(SUPERIOR, "give_more")
    assert story.case.clock("work").due == at("2026-11-25 17:00")


def test_a_paused_clock_can_be_extended():
    story = a_repair().does(MANAGER, "ask", question="几楼？").does(SUPERIOR, "give_more")
    story.does(RAISER, "reply", text="三楼")
    assert story.case.clock("work").left == at("2026-11-25 17:00") - at("2026-11-23 09:00")


def test_a_changed_length_is_reckoned_from_the_start_without_the_pauses():
    story = a_repair().wait(hours=1).does(MANAGER, "ask", question="几楼？").wait(hours=5)
    story.does(RAISER, "reply", text="三楼").wait(hours=1)
    story.does(SUPERIOR, "shorten", facts={"work": "3h"})
    assert story.case.clock("work").due == at("2026-11-23 17:00")


def test_a_length_shortened_below_what_has_run_is_late_since_it_ran_out():
    story = a_repair().wait(hours=1).does(MANAGER, "ask", question="几楼？").wait(hours=5)
    story.does(RAISER, "reply", text="三楼").wait(hours=3)
    clock = story.does(SUPERIOR, "shorten", facts={"work": "2h"}).case.clock("work")
    assert (clock.due, clock.late) == (at("2026-11-23 16:00"), True)


# ── bells ────────────────────────────────────────────────────────────────────────────────────────


def rung_of(story):
    return [event.given["at"] for event in story.events if event.move == "ring"]


def test_a_ladder_rings_rung_by_rung():
    story = a_repair().wait(hours=6).rings()
    assert (rung_of(story), story.told()) == (["-25%"], {("owner", "soon")})
    story.wait(hours=2).rings()
    assert (rung_of(story), story.case.clock("work").late) == (["-25%", "0"], True)
    story.wait(hours=24).rings()
    assert rung_of(story) == ["-25%", "0", "+1wd"]
    assert story.wait(days=90).rings().case.clock("work").ring_at is None


def test_a_bell_that_comes_too_early_does_nothing():
    story = a_repair()
    assert story.wait(hours=5, minutes=59).rings().events[-1].move == "open"


def test_the_engine_itself_refuses_to_ring_early():
    story = a_repair()
    step = engine.ring(REPAIR, story.case, 0, "work", now=story.now, calendar=CALENDAR)
    assert (step.events, step.case) == ((), story.case)


def test_a_paused_clock_does_not_ring():
    story = a_repair().does(MANAGER, "ask", question="几楼？")
    assert story.wait(days=9, ring=True).events[-1].move == "ask"


def test_after_a_pause_the_escalation_still_waits_its_workday():
    story = a_repair().wait(hours=9).rings().does(MANAGER, "ask", question="几楼？").wait(days=10)
    story.does(RAISER, "reply", text="三楼").rings()
    assert rung_of(story) == ["-25%", "0"]
    assert story.case.clock("work").ring_at == at("2026-12-04 17:00")


def test_a_rung_makes_its_move_and_opens_a_child():
    story = a_whistle().wait(days=2).rings()
    assert [opened.flow for opened in story.last.opens] == ["supervision"]
    assert story.case.facts["made"]["supervise"][0] == 2


def test_a_rung_whose_move_is_not_possible_any_more_still_tells():
    story = a_whistle(called=(FIRM, HEATING, OTHER_FIRM)).wait(days=2).rings()
    assert story.case.facts["made"]["supervise"][0] == 2
    assert [event.given["at"] for event in story.events if event.move == "ring"][-1] == "+1wd"


def test_a_stopped_clock_never_rings():
    assert an_assembled_whistle().wait(days=9).rings().events[-1].move == "assemble"


def test_urging_is_for_once_a_day():
    story = a_repair().does(RAISER, "urge")
    with pytest.raises(MoveNotPossible, match="24小时以后"):
        story.wait(hours=23).does(RAISER, "urge")
    assert story.wait(hours=1).does(RAISER, "urge").told() == {("holder", "urged")}


def test_only_reopening_leaves_an_end():
    story = a_repair().does(MANAGER, "finish", text="修好了")
    assert story.offers(RAISER) == ["reopen"]
    assert story.does(RAISER, "reopen").state == "working"


def test_a_stranger_is_offered_nothing():
    assert a_repair().offers(PASSER_BY) == []


@pytest.mark.parametrize("story", [a_hung_repair, an_acting_whistle, a_served_wish])
def test_the_events_of_any_flow_tell_the_whole_case(story):
    told = story()
    assert told.replayed() == told.case
