"""The report flow as a table: who may do what in which state, and what follows."""

import pytest

from server.flows import (
    FLOWS,
    CaseMovedOn,
    Holder,
    MoveNotPossible,
    NoSuchMove,
    NotYours,
    WrongGiven,
)
from tests.flows.town import (
    COMMUNITY,
    DISPATCHER,
    DISPATCHER_ELSEWHERE,
    DONE,
    FACTS,
    FIRM,
    FITTER,
    GRID_LEADER,
    GRID_WORKER,
    GUEST,
    HEATING,
    MANAGER,
    NEIGHBOUR,
    OTHER_MANAGER,
    PASSER_BY,
    RAISER,
    STOKER,
    STREET,
    a_dispatched_report,
    a_handled_report,
    a_reopened_report,
    a_report,
    a_resolved_report,
    at,
    begin,
    number,
)


def a_disputed_report(**facts):
    return a_dispatched_report(**facts).does(MANAGER, "return", reason="不属物业范围")


def an_accepted_report(**facts):
    return a_report(**facts).does(GRID_WORKER, "accept")


def a_confirmed_report(**facts):
    return a_resolved_report(**facts).does(RAISER, "confirm", solved="yes", rating="satisfied")


def a_direct_report(**facts):
    return a_report(direct=True, **facts)


# ── who may do what ──────────────────────────────────────────────────────────────────────────────

OFFERS = [
    (a_report, GRID_WORKER, "accept decline classify merge"),
    (a_report, GRID_LEADER, "accept classify"),
    (a_report, DISPATCHER, "classify merge"),
    (a_report, DISPATCHER_ELSEWHERE, ""),
    (a_report, RAISER, "withdraw"),
    (a_report, GUEST, "withdraw"),
    (a_report, NEIGHBOUR, "second"),
    (a_report, PASSER_BY, ""),
    (a_report, MANAGER, ""),
    (an_accepted_report, GRID_WORKER, "self_handle dispatch classify merge"),
    (an_accepted_report, GRID_LEADER, "classify"),
    (an_accepted_report, RAISER, "withdraw"),
    (a_dispatched_report, MANAGER, "sign return"),
    (a_dispatched_report, FITTER, "sign return"),
    (a_dispatched_report, OTHER_MANAGER, ""),
    (a_dispatched_report, GRID_WORKER, "classify"),
    (a_direct_report, MANAGER, "sign return"),
    (a_direct_report, GRID_WORKER, "self_handle classify"),
    (a_direct_report, RAISER, "withdraw"),
    (a_disputed_report, DISPATCHER, "rule_dispute classify merge"),
    (a_disputed_report, MANAGER, ""),
    (a_disputed_report, RAISER, "withdraw"),
    (a_handled_report, MANAGER, "resolve"),
    (a_handled_report, FITTER, ""),
    (a_handled_report, GRID_WORKER, "classify"),
    (a_handled_report, RAISER, ""),
    (a_handled_report, NEIGHBOUR, "second"),
    (a_resolved_report, RAISER, "confirm reopen"),
    (a_resolved_report, MANAGER, "add_photos"),
    (a_resolved_report, GRID_WORKER, ""),
    (a_reopened_report, DISPATCHER, "resolve dispatch classify merge"),
    (a_reopened_report, MANAGER, ""),
    (a_reopened_report, RAISER, ""),
    (a_confirmed_report, RAISER, ""),
    (a_confirmed_report, DISPATCHER, ""),
    (a_confirmed_report, NEIGHBOUR, ""),
]


@pytest.mark.parametrize(("story", "who", "moves"), OFFERS)
def test_each_person_is_offered_just_what_is_theirs(story, who, moves):
    assert sorted(story().offers(who)) == sorted(moves.split())


STEPS = [
    (a_report, GRID_WORKER, "accept", {}, "accepted"),
    (a_report, GRID_LEADER, "accept", {}, "accepted"),
    (a_report, GRID_WORKER, "decline", {"reason": "不是公共事务"}, "closed"),
    (a_report, GRID_WORKER, "merge", {"into": "261123004712"}, "merged"),
    (a_report, RAISER, "withdraw", {}, "closed"),
    (an_accepted_report, GRID_WORKER, "self_handle", {}, "handling"),
    (an_accepted_report, GRID_WORKER, "dispatch", {"unit": str(HEATING)}, "dispatched"),
    (a_dispatched_report, MANAGER, "sign", {}, "handling"),
    (a_dispatched_report, MANAGER, "return", {"reason": "不归我们"}, "dispute"),
    (a_direct_report, GRID_WORKER, "self_handle", {}, "handling"),
    (a_disputed_report, DISPATCHER, "rule_dispute", {"unit": str(HEATING)}, "dispatched"),
    (a_disputed_report, DISPATCHER, "merge", {"into": "261123004712"}, "merged"),
    (a_handled_report, MANAGER, "resolve", DONE, "resolved"),
    (a_resolved_report, RAISER, "confirm", {"solved": "yes"}, "closed"),
    (a_resolved_report, RAISER, "reopen", {}, "handling"),
    (a_reopened_report, DISPATCHER, "resolve", DONE, "resolved"),
    (a_reopened_report, DISPATCHER, "dispatch", {}, "dispatched"),
]


@pytest.mark.parametrize(("story", "who", "move", "given", "state"), STEPS)
def test_a_move_leads_where_the_flow_says(story, who, move, given, state):
    assert story().does(who, move, **given).state == state


REFUSED = [
    (a_report, PASSER_BY, "accept", {}, NotYours),
    (a_report, MANAGER, "accept", {}, NotYours),
    (a_report, RAISER, "confirm", {"solved": "yes"}, MoveNotPossible),
    (a_report, DISPATCHER_ELSEWHERE, "merge", {"into": "261123004712"}, NotYours),
    (a_report, GRID_WORKER, "close_unrated", {}, NotYours),
    (a_report, GRID_WORKER, "route", {}, NotYours),
    (a_report, GRID_WORKER, "ring", {}, NoSuchMove),
    (a_report, GRID_WORKER, "open", {}, NoSuchMove),
    (a_dispatched_report, OTHER_MANAGER, "sign", {}, NotYours),
    (a_dispatched_report, MANAGER, "resolve", DONE, MoveNotPossible),
    (a_dispatched_report, GRID_WORKER, "self_handle", {}, MoveNotPossible),
    (a_handled_report, FITTER, "resolve", DONE, NotYours),
    (a_handled_report, RAISER, "withdraw", {}, MoveNotPossible),
    (a_handled_report, MANAGER, "dispatch", {}, MoveNotPossible),
    (a_handled_report, MANAGER, "return", {"reason": "晚了"}, MoveNotPossible),
    (a_resolved_report, MANAGER, "confirm", {"solved": "yes"}, NotYours),
    (a_resolved_report, MANAGER, "reopen", {}, NotYours),
    (a_confirmed_report, RAISER, "reopen", {}, MoveNotPossible),
    (a_confirmed_report, NEIGHBOUR, "second", {}, MoveNotPossible),
]


@pytest.mark.parametrize(("story", "who", "move", "given", "refusal"), REFUSED)
def test_nobody_makes_a_move_that_is_not_theirs_or_not_now(story, who, move, given, refusal):
    case = story()
    with pytest.raises(refusal):
        case.does(who, move, **given)


def test_a_refusal_says_where_the_case_is():
    with pytest.raises(MoveNotPossible, match="现在是“待受理”，不能办“确认”"):
        a_report().does(RAISER, "confirm", solved="yes")


# ── who has it ───────────────────────────────────────────────────────────────────────────────────


def test_a_new_report_is_the_grid_workers():
    assert a_report().case.owner == Holder(number(101), COMMUNITY)


def test_a_leader_who_accepts_has_it_then():
    assert a_report().does(GRID_LEADER, "accept").case.owner == Holder(number(102), COMMUNITY)


def test_a_direct_report_reaches_the_firm_without_the_grid_workers_hands():
    story = a_direct_report()
    assert (story.state, story.case.owner) == ("dispatched", Holder(unit_id=FIRM))
    assert [event.move for event in story.events] == ["open", "route"]


def test_the_grid_worker_is_told_of_a_direct_report():
    assert ("grid_worker", "informed") in a_direct_report().told()


def test_a_direct_report_waits_for_one_answer_only():
    told = [tell.text for tell in a_direct_report().tells if tell.to == "holder"]
    assert told == ["dispatched"]


def test_a_report_reclassified_to_a_direct_category_goes_straight_on():
    facts = {"category": "P01", "respond": "10m", "resolve": "30m", "direct": True}
    story = a_report().does(GRID_WORKER, "classify", category="P01", facts=facts)
    assert (story.state, story.case.owner) == ("dispatched", Holder(unit_id=FIRM))


def test_dispatch_without_unit_goes_to_the_owner_the_catalogue_names():
    assert a_dispatched_report().case.owner == Holder(unit_id=FIRM)


def test_dispatch_with_unit_goes_there():
    story = an_accepted_report().does(GRID_WORKER, "dispatch", unit=str(HEATING))
    assert story.case.owner == Holder(unit_id=HEATING)


def test_who_signs_has_it():
    assert a_handled_report().case.owner == Holder(number(106), FIRM)


def test_a_grid_worker_who_cannot_do_it_alone_dispatches_it_after_all():
    story = an_accepted_report().does(GRID_WORKER, "self_handle")
    assert story.does(GRID_WORKER, "dispatch").case.owner == Holder(unit_id=FIRM)


def test_a_returned_case_is_the_streets():
    assert a_disputed_report().case.owner == Holder(number(104), STREET)


def test_the_street_rules_and_the_other_unit_signs():
    story = a_disputed_report().does(DISPATCHER, "rule_dispute", unit=str(HEATING))
    assert story.does(STOKER, "sign").case.owner == Holder(number(109), HEATING)


def test_a_reopened_case_is_the_streets():
    assert a_reopened_report().case.owner == Holder(number(104), STREET)


def test_the_accused_firm_cannot_touch_a_complaint_about_it():
    story = a_report(about_unit_id=str(FIRM)).does(GRID_WORKER, "accept")
    with pytest.raises(WrongGiven) as caught:
        story.does(GRID_WORKER, "dispatch", unit=str(FIRM))
    assert caught.value.fields[0].code == "conflict-of-interest"


def test_routing_may_not_hand_a_complaint_to_the_accused():
    with pytest.raises(ValueError, match="complains about"):
        a_report(about_unit_id=str(FIRM), direct=True)


def test_the_accused_post_has_no_standing_even_as_owner():
    story = a_report()
    story.case.facts["about_post_id"] = str(number(101))
    assert story.offers(GRID_WORKER) == []


def test_a_colleague_of_the_accused_unit_has_no_standing():
    story = a_report()
    story.case.facts["about_unit_id"] = str(COMMUNITY)
    assert story.offers(GRID_LEADER) == []


def test_whoever_is_accused_may_still_join_as_a_neighbour():
    story = a_report(about_unit_id=str(HEATING))
    assert story.offers(NEIGHBOUR) == ["second"]


# ── what must be given ───────────────────────────────────────────────────────────────────────────

WRONG = [
    ({}, {"outcome", "text"}),
    ({"outcome": "fixed"}, {"text"}),
    ({"outcome": "fixed", "text": "  "}, {"text"}),
    ({"outcome": "done", "text": "好了"}, {"outcome"}),
    ({"outcome": "planned", "text": "下周换"}, {"until"}),
    ({"outcome": "planned", "text": "下周换", "until": "2026-11-22"}, {"until"}),
    ({"outcome": "not_ours", "text": "不是我们的"}, {"unit"}),
    ({"outcome": "fixed", "text": "好了", "photos": ["x"]}, {"photos"}),
    ({"outcome": "fixed", "text": "好了", "rating": "fair"}, {"rating"}),
]


@pytest.mark.parametrize(("given", "fields"), WRONG)
def test_resolving_names_every_field_that_is_wrong(given, fields):
    story = a_handled_report()
    with pytest.raises(WrongGiven) as caught:
        story.does(MANAGER, "resolve", **given)
    assert {error.field for error in caught.value.fields} == fields


RIGHT = [
    {"outcome": "fixed", "text": "换好了", "photos": [str(number(7))]},
    {"outcome": "explained", "text": "配件停产，说明了原因"},
    {"outcome": "planned", "text": "下周换", "until": "2026-12-01"},
    {"outcome": "not_ours", "text": "是市政的", "reason": "井盖归市政"},
    {"outcome": "not_ours", "text": "是热力的", "unit": str(HEATING)},
    {"outcome": "fixed", "text": "换好了", "until": "", "photos": [], "reason": None},
]


@pytest.mark.parametrize("given", RIGHT)
def test_resolving_takes_what_the_outcome_asks(given):
    assert a_handled_report().does(MANAGER, "resolve", **given).state == "resolved"


def test_a_report_needs_one_of_category_text_photo():
    with pytest.raises(WrongGiven) as caught:
        open_with({})
    assert caught.value.fields[0].detail == "“类型”、“说明”、“照片”至少要有一样。"


@pytest.mark.parametrize(
    "given", [{"category": "P02"}, {"text": "坏了"}, {"photos": [str(number(7))]}]
)
def test_any_one_of_them_is_enough(given):
    assert open_with(given).case.state == "submitted"


def test_a_photo_may_follow_within_a_day():
    story = a_resolved_report().wait(hours=23)
    story.does(MANAGER, "add_photos", photos=[str(number(7))])
    assert story.case.facts["proof"] == [str(number(7))]


def test_after_a_day_no_photo_follows():
    with pytest.raises(MoveNotPossible):
        a_resolved_report().wait(hours=25).does(MANAGER, "add_photos", photos=[str(number(7))])


def test_no_photo_is_asked_for_where_a_call_is_the_evidence():
    assert "add_photos" not in a_resolved_report(evidence="call").offers(MANAGER)


def test_a_call_can_be_noted_where_it_is_the_evidence():
    story = a_handled_report(evidence="call")
    story.does(MANAGER, "resolve", outcome="explained", text="已说明", call="住户表示理解")
    assert story.events[-1].given["call"] == "住户表示理解"


# ── the promises ─────────────────────────────────────────────────────────────────────────────────


def test_both_promises_run_from_submission():
    case = a_report().case
    assert case.clock("respond").due == at("2026-11-23 09:30")
    assert case.clock("resolve").due == at("2026-11-24 09:00")


def test_accepting_meets_the_first_promise():
    clock = a_report().wait(minutes=6).does(GRID_WORKER, "accept").case.clock("respond")
    assert (clock.mode, clock.late) == ("stopped", False)


def test_accepting_too_late_stays_late():
    clock = a_report().wait(minutes=31).does(GRID_WORKER, "accept").case.clock("respond")
    assert clock.late


def test_dispatching_does_not_start_the_first_promise_again():
    assert a_dispatched_report().case.clock("respond").mode == "stopped"


def test_a_direct_report_is_answered_by_signing():
    story = a_direct_report()
    assert story.case.clock("respond").mode == "running"
    assert story.does(MANAGER, "sign").case.clock("respond").mode == "stopped"


def test_a_direct_report_that_is_returned_still_owes_its_answer():
    story = a_direct_report().does(MANAGER, "return", reason="不归我们")
    assert story.case.clock("respond").mode == "running"


@pytest.mark.parametrize("story", [an_accepted_report, a_dispatched_report, a_disputed_report])
def test_the_second_promise_runs_on_whoever_has_it(story):
    clock = story().case.clock("resolve")
    assert (clock.mode, clock.due) == ("running", at("2026-11-24 09:00"))


def test_resolving_meets_the_second_promise():
    assert a_resolved_report().case.clock("resolve").mode == "stopped"


def test_reopening_starts_the_second_promise_in_full():
    story = a_resolved_report().wait(hours=30).does(RAISER, "reopen")
    assert story.case.clock("resolve").due == at("2026-11-25 15:00")


def test_however_long_it_took_the_first_time():
    story = a_handled_report().wait(hours=20).does(MANAGER, "resolve", **DONE)
    story.wait(hours=1).does(RAISER, "reopen")
    assert story.case.clock("resolve").due == at("2026-11-25 06:00")


def test_a_reopened_case_leaves_its_old_outcome_behind():
    assert "outcome" not in a_reopened_report().case.facts


def test_a_case_may_be_reopened_twice_and_no_more():
    story = a_reopened_report().does(DISPATCHER, "resolve", **DONE).does(RAISER, "reopen")
    story.does(DISPATCHER, "resolve", **DONE)
    assert story.offers(RAISER) == ["confirm"]


def test_four_hours_after_dispatch_a_unit_can_no_longer_return_it():
    with pytest.raises(MoveNotPossible, match="过4小时"):
        a_dispatched_report().wait(hours=4, seconds=1).does(MANAGER, "return", reason="不归我们")


def test_within_four_hours_it_can():
    assert a_dispatched_report().wait(hours=4).does(MANAGER, "return", reason="不归我们")


def test_the_four_hours_begin_again_when_the_street_has_ruled():
    story = a_disputed_report().wait(hours=20).does(DISPATCHER, "rule_dispute", unit=str(HEATING))
    assert "return" in story.wait(hours=3).offers(STOKER)


def test_a_direct_report_can_be_returned_within_four_hours_of_submission():
    assert "return" not in a_direct_report().wait(hours=5).offers(MANAGER)


def test_a_dispute_is_ruled_within_one_workday():
    story = a_dispatched_report(now=at("2026-11-27 15:00")).does(MANAGER, "return", reason="不归")
    assert story.case.clock("rule_dispute").due == at("2026-11-30 15:00")


def test_silence_for_three_days_closes_a_case_as_unrated():
    story = a_resolved_report().wait(days=3, ring=True)
    assert (story.state, story.case.facts["ending"]) == ("closed", "unrated")
    assert story.told() == {("raiser", "closed_silent"), ("second", "closed_silent")}


def test_before_the_three_days_are_over_nothing_rings():
    assert a_resolved_report().wait(days=3, seconds=-1, ring=True).state == "resolved"


def test_who_confirms_late_but_before_the_bell_is_heard():
    assert a_resolved_report().wait(days=5).does(RAISER, "confirm", solved="no").state == "closed"


def test_classifying_reckons_both_promises_from_submission():
    facts = {"category": "E01", "respond": "2wh", "resolve": "1wd"}
    story = a_report().wait(minutes=20).does(GRID_WORKER, "classify", category="E01", facts=facts)
    assert story.case.clock("respond").due == at("2026-11-23 11:00")
    assert story.case.clock("resolve").due == at("2026-11-24 09:00")
    assert story.case.facts["category"] == "E01"


def test_classifying_can_show_that_a_promise_is_broken_already():
    facts = {"category": "P01", "respond": "10m", "resolve": "30m"}
    story = a_report().wait(minutes=20).does(GRID_WORKER, "classify", category="P01", facts=facts)
    clock = story.case.clock("respond")
    assert (clock.due, clock.late) == (at("2026-11-23 09:10"), True)


def test_a_promise_kept_before_stays_kept_when_the_category_changes():
    facts = {"category": "P01", "respond": "10m", "resolve": "30m"}
    story = a_report().wait(minutes=20).does(GRID_WORKER, "accept")
    story.does(GRID_WORKER, "classify", category="P01", facts=facts)
    assert not story.case.clock("respond").late


# ── the resident's word ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("solved", ["yes", "partly", "no"])
def test_the_answer_is_kept_as_it_was_given(solved):
    story = a_resolved_report().does(RAISER, "confirm", solved=solved)
    assert (story.case.facts["solved"], "rating" in story.case.facts) == (solved, False)


def test_solved_and_rating_are_two_things():
    story = a_resolved_report().does(RAISER, "confirm", solved="no", rating="satisfied")
    facts = story.case.facts
    assert (facts["solved"], facts["rating"], facts["ending"]) == ("no", "satisfied", "confirmed")


def test_a_guest_confirms_by_key():
    assert a_resolved_report().does(GUEST, "confirm", solved="yes").state == "closed"


ENDINGS = [
    (a_confirmed_report, "confirmed"),
    (lambda: a_report().does(GRID_WORKER, "decline", reason="不是公共事务"), "declined"),
    (lambda: a_report().does(RAISER, "withdraw"), "withdrawn"),
]


@pytest.mark.parametrize(("story", "ending"), ENDINGS)
def test_an_ended_case_says_how(story, ending):
    assert story().case.facts["ending"] == ending


# ── neighbours ───────────────────────────────────────────────────────────────────────────────────


def a_seconded_report():
    return a_handled_report().does(NEIGHBOUR, "second")


def test_a_neighbour_who_joins_is_told_so():
    assert a_seconded_report().told() == {("mover", "joined"), ("holder", "seconded")}


def test_a_neighbour_joins_once():
    with pytest.raises(MoveNotPossible, match="已经在这件事里"):
        a_seconded_report().does(NEIGHBOUR, "second")


def test_the_raiser_does_not_join_their_own_case():
    with pytest.raises(MoveNotPossible):
        a_report().does(RAISER, "second")


def test_a_neighbour_is_told_of_the_end():
    assert ("second", "resolved") in a_seconded_report().does(MANAGER, "resolve", **DONE).told()


def test_a_neighbour_who_joins_does_not_take_the_case_from_under_the_firm():
    story = a_handled_report()
    seen = story.case.version
    story.does(NEIGHBOUR, "second")
    assert story.does(MANAGER, "resolve", seen_version=seen, **DONE).state == "resolved"


def test_a_neighbour_may_join_a_case_that_has_moved_since_they_looked():
    story = a_report()
    seen = story.case.version
    story.does(GRID_WORKER, "accept")
    assert story.does(NEIGHBOUR, "second", seen_version=seen).case.rows[1].lane == "second"


def test_a_neighbour_says_whether_it_is_solved_for_them():
    story = a_seconded_report().does(MANAGER, "resolve", **DONE)
    story.does(NEIGHBOUR, "rate", solved="partly")
    assert (story.state, "solved" in story.case.facts) == ("resolved", False)


def test_a_neighbour_may_still_rate_when_the_raiser_has_closed_it():
    story = a_seconded_report().does(MANAGER, "resolve", **DONE)
    story.does(RAISER, "confirm", solved="yes")
    assert story.offers(NEIGHBOUR) == ["rate"]


def test_nobody_rates_what_was_never_resolved():
    story = a_report().does(NEIGHBOUR, "second").does(RAISER, "withdraw")
    assert story.offers(NEIGHBOUR) == []


def test_a_merged_case_asks_for_its_raiser_to_follow_the_other():
    story = a_report().does(GRID_WORKER, "merge", into="261123004712")
    assert [deed.name for deed in story.last.deeds] == ["cases.follow"]
    assert ("raiser", "merged") in story.told()


def test_a_merged_neighbour_follows_the_other_case_and_may_rate():
    from_elsewhere = type(NEIGHBOUR)(frozenset({"follower"}), account_id=number(510))
    story = a_handled_report().does(from_elsewhere, "follow").does(MANAGER, "resolve", **DONE)
    assert ("second", "resolved") in story.told()
    assert story.offers(type(NEIGHBOUR)(account_id=number(510))) == ["rate"]


# ── looking away ─────────────────────────────────────────────────────────────────────────────────


def test_who_looked_before_the_last_move_is_told_that_it_moved_on():
    story = a_dispatched_report()
    seen = story.case.version
    story.does(FITTER, "sign")
    with pytest.raises(CaseMovedOn):
        story.does(MANAGER, "sign", seen_version=seen)


def test_every_version_has_one_event():
    story = a_direct_report()
    assert [event.version for event in story.events] == [1, 2]
    assert story.case.version == 2


@pytest.mark.parametrize(
    "story",
    [a_direct_report, a_disputed_report, a_reopened_report, a_confirmed_report, a_seconded_report],
)
def test_its_events_tell_the_whole_case(story):
    told = story()
    assert told.replayed() == told.case


def open_with(given):
    return begin(FLOWS["report"], RAISER, given, FACTS)
