"""Clocks that rest, pause, go on, are extended and ring, on flows that were never built."""

from datetime import timedelta

import pytest

from server.flows import MoveNotPossible, engine
from tests.flows.throwaway import (
    REPAIR,
    SUPERIOR,
    a_hung_repair,
    a_repair,
    a_served_wish,
    a_whistle,
    an_acting_whistle,
    an_assembled_whistle,
)
from tests.flows.town import (
    CALENDAR,
    FIRM,
    HEATING,
    MANAGER,
    OTHER_FIRM,
    OTHER_MANAGER,
    PASSER_BY,
    RAISER,
    at,
)

# ── clocks at rest ───────────────────────────────────────────────────────────────────────────────


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


def test_a_rung_makes_its_move():
    story = a_whistle().wait(days=2).rings()
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
