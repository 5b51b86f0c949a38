"""回访: who may ring a resident up, what her answer on the phone does, when nobody tries again."""

from dataclasses import replace

import pytest

from server.flows import FLOWS, Holder, MoveNotPossible, NotYours, WrongGiven
from tests.flows.town import (
    COMMUNITY,
    DISPATCHER,
    MANAGER,
    RAISER,
    STREET,
    a_confirmed_report,
    a_handled_report,
    a_resolved_report,
    number,
    staff,
)

CALLER = frozenset({"caller"})
WORKER = replace(staff("community_worker", COMMUNITY, 20), relations=CALLER)
AGENT = replace(staff("callback_agent", STREET, 21), relations=CALLER)
NOT_THE_ONE = staff("community_worker", COMMUNITY, 22)  # nobody said they are to ring
ROLE_WITHOUT = replace(MANAGER, relations=CALLER)  # no role that rings anybody up
ELSEWHERE = replace(staff("callback_agent", STREET, 23, here=False), relations=CALLER)
BY_PHONE = ["answer_by_phone", "call_missed", "reopen_by_phone"]


@pytest.mark.parametrize("who", [WORKER, AGENT])
def test_whoever_is_to_ring_is_offered_the_three_ways_a_call_can_go(who):
    assert sorted(a_resolved_report().offers(who)) == BY_PHONE


@pytest.mark.parametrize("who", [NOT_THE_ONE, ROLE_WITHOUT, ELSEWHERE, RAISER])
def test_nobody_else_takes_down_an_answer(who):
    with pytest.raises(NotYours):
        a_resolved_report().does(who, "answer_by_phone", solved="yes")


@pytest.mark.parametrize("story", [a_handled_report, a_confirmed_report])
def test_nobody_is_rung_up_before_or_after_the_question(story):
    assert story().offers(WORKER) == []


def test_the_answer_on_the_phone_ends_the_case_like_her_own():
    story = a_resolved_report().does(WORKER, "answer_by_phone", solved="partly", rating="fair")
    facts = story.case.facts
    assert (story.state, facts["ending"]) == ("closed", "confirmed")
    assert (facts["solved"], facts["rating"]) == ("partly", "fair")
    assert story.told() == {("raiser", "closed"), ("second", "closed"), ("holder", "confirmed")}


def test_the_record_names_who_rang_and_not_the_resident():
    event = a_resolved_report().does(WORKER, "answer_by_phone", solved="yes").events[-1]
    assert (event.by, event.post_id) == ("community_worker", number(120))


def test_an_answer_without_solved_is_no_answer():
    with pytest.raises(WrongGiven) as caught:
        a_resolved_report().does(WORKER, "answer_by_phone", rating="fair")
    assert [one.field for one in caught.value.fields] == ["solved"]


def test_not_solved_goes_to_the_street_again():
    story = a_resolved_report().does(WORKER, "reopen_by_phone", reason="说还是不动")
    assert (story.state, story.case.owner) == ("handling", Holder(number(104), STREET))
    assert "outcome" not in story.case.facts


def test_having_it_done_again_is_counted_together_by_phone_and_by_herself():
    story = a_resolved_report().does(RAISER, "reopen", reason="没好")
    story.does(DISPATCHER, "resolve", outcome="fixed", text="好了")
    story.does(WORKER, "reopen_by_phone", reason="还是没好")
    story.does(DISPATCHER, "resolve", outcome="fixed", text="又好了")
    assert "reopen_by_phone" not in story.offers(WORKER)
    assert "reopen" not in story.offers(RAISER)


def test_a_missed_call_changes_nothing_but_is_on_record():
    story = a_resolved_report().does(AGENT, "call_missed")
    assert (story.state, story.events[-1].move) == ("resolved", "call_missed")


def test_a_missed_call_is_not_tried_again_at_once():
    with pytest.raises(MoveNotPossible, match="1小时以后"):
        a_resolved_report().does(AGENT, "call_missed").wait(minutes=30).does(AGENT, "call_missed")


def test_after_three_missed_calls_nobody_rings_and_silence_ends_it():
    story = a_resolved_report()
    story.does(AGENT, "call_missed").wait(hours=2).does(WORKER, "call_missed").wait(hours=2)
    story.does(AGENT, "call_missed").wait(hours=2)
    with pytest.raises(MoveNotPossible, match="打过3次"):
        story.does(AGENT, "call_missed")
    story.wait(days=3, ring=True)
    assert (story.state, story.case.facts["ending"]) == ("closed", "unrated")


def test_a_neighbour_who_joined_sees_no_line_of_the_call():
    moves = [move for key in BY_PHONE for _, move in FLOWS["report"].by_key[key]]
    assert {move.seen for move in moves} == {"work"}
