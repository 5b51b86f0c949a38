"""Called units, seats, joins, questions and approvals, on flows that were never built."""

import pytest

from server.flows import Holder, MoveNotPossible, NotYours, WrongGiven
from tests.flows.throwaway import (
    LEADER,
    MEMBERS,
    RESIDENT,
    SUPERIOR,
    WISH,
    a_repair,
    a_served_wish,
    a_whistle,
    a_wish,
    an_acting_whistle,
    an_asked_repair,
    an_assembled_whistle,
)
from tests.flows.town import (
    FIRM,
    HEATING,
    MANAGER,
    OTHER_MANAGER,
    STOKER,
    STREET,
    at,
    begin,
    number,
    staff,
)

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
    with pytest.raises(WrongGiven) as wrong:
        a_whistle(called=(FIRM,))
    assert "至少要叫两个单位" in wrong.value.fields[0].detail


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


# ── seats, answers, until ────────────────────────────────────────────────────────────────────────


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


def test_a_deed_is_named_when_it_closes():
    story = a_served_wish()
    story.does(RESIDENT, "rate_all", rating="fair")
    assert [deed.name for deed in story.last.deeds] == ["points.add"]


# ── approval ─────────────────────────────────────────────────────────────────────────────────────


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
    assert story.case.owner == Holder(number(104), STREET)
