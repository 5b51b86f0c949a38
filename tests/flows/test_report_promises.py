"""The report flow's promises: its clocks, the resident's word, the neighbours, and looking away."""

from dataclasses import replace

import pytest

from server.flows import CaseMovedOn, MoveNotPossible, Mover
from tests.flows.town import (
    DISPATCHER,
    DONE,
    FITTER,
    GRID_WORKER,
    GUEST,
    HEATING,
    MANAGER,
    NEIGHBOUR,
    OTHER_FIRM,
    OTHER_MANAGER,
    RAISER,
    STOKER,
    a_confirmed_report,
    a_direct_report,
    a_dispatched_report,
    a_disputed_report,
    a_handled_report,
    a_reopened_report,
    a_report,
    a_resolved_report,
    an_accepted_report,
    at,
    number,
)

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


def test_a_firm_that_comes_later_can_return_what_it_gets_from_the_one_that_left():
    story = a_dispatched_report().wait(hours=50)
    town = Mover(relations=frozenset({"succession"}))
    story.does(town, "change_firm", unit=str(OTHER_FIRM)).wait(hours=3)
    assert "return" in story.offers(OTHER_MANAGER)
    assert "return" not in story.wait(hours=2).offers(OTHER_MANAGER)


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


def test_what_becomes_a_complaint_about_people_has_its_promises_from_submission():
    facts = {"category": "C04", "respond": "1wd", "resolve": "7wd", "about_people": True}
    story = a_report().wait(minutes=20).does(GRID_WORKER, "classify", category="C04", facts=facts)
    assert story.case.clock("respond").due == at("2026-11-24 09:00")
    assert story.case.clock("resolve").due == at("2026-12-02 09:00")


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
    story = a_report().does(NEIGHBOUR, "second")
    assert story.does(GRID_WORKER, "decline", reason="不归这里管").offers(NEIGHBOUR) == []


def test_what_neighbours_wait_for_goes_on_when_its_raiser_withdraws_it():
    story = a_report().does(NEIGHBOUR, "second").does(RAISER, "withdraw")
    assert story.state == "submitted"
    assert story.told() == {("raiser", "stepped_back"), ("holder", "stepped_back")}
    with pytest.raises(MoveNotPossible, match="还有邻居在等"):
        story.does(RAISER, "withdraw")


def test_it_ends_once_they_have_left_it_as_well():
    story = a_report().does(NEIGHBOUR, "second").does(RAISER, "withdraw")
    story.does(replace(NEIGHBOUR, relations=frozenset({"leaver"})), "leave_second")
    assert story.does(RAISER, "withdraw").state == "closed"


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
