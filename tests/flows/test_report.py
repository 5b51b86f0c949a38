"""The report flow as a table: who may do what in which state, who has it, what must be given."""

import pytest

from server.flows import FLOWS, Holder, MoveNotPossible, NoSuchMove, NotYours, WrongGiven
from tests.flows.town import (
    ABOVE,
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
    OWNERS,
    PASSER_BY,
    RAISER,
    STOKER,
    STREET,
    a_confirmed_report,
    a_declined_report,
    a_direct_report,
    a_dispatched_report,
    a_disputed_report,
    a_handled_report,
    a_hung_report,
    a_reopened_report,
    a_report,
    a_resolved_report,
    an_accepted_report,
    an_asking_report,
    begin,
    number,
)

# ── who may do what ──────────────────────────────────────────────────────────────────────────────


def a_question_before_work():
    return a_dispatched_report().does(MANAGER, "ask", question="是几号电梯？")


def a_hanging_before_work():
    story = an_accepted_report().does(GRID_WORKER, "ask_hang", reason="等", until="2026-12-31")
    return story.does(DISPATCHER, "grant_hang")


HAS_IT = "progress contact ask reassign"  # whoever has it, from the first day
TAKEN_UP = f"{HAS_IT} add_assist ask_extend ask_hang"  # and once it was taken up
OFFERS = [
    (a_report, GRID_WORKER, f"accept decline classify merge {HAS_IT}"),
    (a_report, GRID_LEADER, "accept classify reassign"),
    (a_report, ABOVE, "accept classify reassign supervise"),
    (a_report, DISPATCHER, "classify merge"),
    (a_report, DISPATCHER_ELSEWHERE, ""),
    (a_report, RAISER, "withdraw urge"),
    (a_report, GUEST, "withdraw urge"),
    (a_report, NEIGHBOUR, "second"),
    (a_report, PASSER_BY, ""),
    (a_report, MANAGER, ""),
    (an_accepted_report, GRID_WORKER, f"self_handle dispatch classify merge {TAKEN_UP}"),
    (an_accepted_report, GRID_LEADER, "classify reassign"),
    (an_accepted_report, RAISER, "withdraw urge"),
    (a_dispatched_report, MANAGER, f"sign return {TAKEN_UP}"),
    (a_dispatched_report, FITTER, f"sign return {TAKEN_UP}"),
    (a_dispatched_report, OTHER_MANAGER, ""),
    (a_dispatched_report, GRID_WORKER, "classify"),
    (a_direct_report, MANAGER, f"sign return {TAKEN_UP}"),
    (a_direct_report, GRID_WORKER, "self_handle classify"),
    (a_direct_report, RAISER, "withdraw urge"),
    (a_disputed_report, DISPATCHER, "rule_dispute classify merge progress contact"),
    (a_disputed_report, MANAGER, ""),
    (a_disputed_report, RAISER, "withdraw urge"),
    (a_handled_report, MANAGER, f"resolve {TAKEN_UP}"),
    (a_handled_report, FITTER, ""),
    (a_handled_report, GRID_WORKER, "classify"),
    (a_handled_report, RAISER, "urge"),
    (a_handled_report, NEIGHBOUR, "second"),
    (a_resolved_report, RAISER, "confirm reopen"),
    (a_resolved_report, MANAGER, "add_photos"),
    (a_resolved_report, GRID_WORKER, ""),
    (a_reopened_report, DISPATCHER, f"resolve dispatch classify merge {TAKEN_UP}"),
    (a_reopened_report, MANAGER, ""),
    (a_reopened_report, RAISER, "urge"),
    (a_confirmed_report, RAISER, ""),
    (a_confirmed_report, DISPATCHER, ""),
    (a_confirmed_report, NEIGHBOUR, ""),
    (a_declined_report, RAISER, "appeal"),
    (a_declined_report, GRID_WORKER, ""),
    (an_asking_report, RAISER, "answer urge"),
    (a_question_before_work, RAISER, "answer urge withdraw"),
    (an_asking_report, MANAGER, "progress contact"),
    (a_hung_report, MANAGER, "resume progress contact"),
    (a_hung_report, RAISER, "urge"),
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
    (a_question_before_work, RAISER, "withdraw", {}, "closed"),
    (a_hanging_before_work, RAISER, "withdraw", {}, "closed"),
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
    (an_asking_report, RAISER, "withdraw", {}, MoveNotPossible),
    (a_hung_report, RAISER, "withdraw", {}, MoveNotPossible),
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


COMPLAINT = {"category": "C04", "respond": "1wd", "resolve": "7wd", "about_people": True}


@pytest.mark.parametrize(
    "story",
    [a_report, an_accepted_report, a_dispatched_report, a_disputed_report, a_handled_report],
)
def test_what_becomes_a_complaint_about_people_begins_afresh_in_other_hands(story):
    moved = story().does(GRID_WORKER, "classify", category="C04", facts=COMPLAINT)
    assert (moved.state, moved.case.owner) == ("submitted", OWNERS["catalogue"])
    assert moved.told() == {("raiser", "classified"), ("holder", "entrusted")}


def test_another_category_of_any_other_kind_changes_nobody():
    facts = {"category": "E01", "respond": "2wh", "resolve": "1wd", "about_people": False}
    before = a_handled_report()
    had = before.case.owner
    story = before.does(GRID_WORKER, "classify", category="E01", facts=facts)
    assert (story.state, story.case.owner) == ("handling", had)
    assert story.told() == {("raiser", "classified")}


def test_what_is_no_complaint_after_all_stays_where_it_is():
    story = a_report().does(GRID_WORKER, "classify", category="C04", facts=COMPLAINT)
    facts = {"category": "E01", "respond": "2wh", "resolve": "1wd", "about_people": False}
    story.does(DISPATCHER, "classify", category="E01", facts=facts)
    assert (story.state, story.case.owner) == ("submitted", OWNERS["catalogue"])


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


@pytest.mark.parametrize(("move", "said"), [("progress", "不能空着。"), ("reassign", "要选一个。")])
def test_what_is_lacking_is_said_without_a_name_its_label_may_not_have(move, said):
    with pytest.raises(WrongGiven) as caught:
        a_handled_report().does(MANAGER, move)
    assert caught.value.fields[0].detail == said


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


def open_with(given):
    return begin(FLOWS["report"], RAISER, given, FACTS)
