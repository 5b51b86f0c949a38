"""The report flow when its category changes: what was promised, who has it, who is told."""

import pytest

from tests.flows.town import (
    DISPATCHER,
    DONE,
    GRID_LEADER,
    GRID_WORKER,
    HEATING,
    MANAGER,
    OWNERS,
    RAISER,
    Story,
    a_dispatched_report,
    a_disputed_report,
    a_handled_report,
    an_accepted_report,
    at,
)

# ── what was promised ────────────────────────────────────────────────────────────────────────────


def an_extended_report() -> Story:
    """A day's promise of Monday nine, and two workdays more."""
    story = a_handled_report().does(MANAGER, "ask_extend", longer="2wd", reason="要等配件")
    return story.does(DISPATCHER, "grant_extend")


def becomes(story: Story, *, who=GRID_WORKER, **facts) -> Story:
    facts = {"category": "E09", "respond": "30m", "resolve": "24h", "direct": False} | facts
    return story.does(who, "classify", category=facts["category"], facts=facts)


def test_an_extension_that_was_granted_outlives_another_category():
    story = becomes(an_extended_report())
    assert story.case.clock("resolve").due == at("2026-11-26 09:00")


def test_it_is_as_many_workdays_whatever_the_new_promise_is_counted_in():
    """Three workdays of Monday nine, and the two that were granted: Monday nine again."""
    story = becomes(an_extended_report(), resolve="3wd")
    assert story.case.clock("resolve").due == at("2026-11-30 09:00")
    assert becomes(story, resolve="24h").case.clock("resolve").due == at("2026-11-26 09:00")


def test_what_was_reopened_is_not_longer_for_what_was_granted_before():
    story = an_extended_report().does(MANAGER, "resolve", **DONE).does(RAISER, "reopen")
    assert becomes(story).case.clock("resolve").due == at("2026-11-24 09:00")


def test_what_is_overdue_already_does_not_ring_as_due_soon():
    story = becomes(an_accepted_report().wait(hours=1), resolve="30m")
    told = len(story.tells)
    story.rings()
    assert {(tell.to, tell.text) for tell in story.tells[told:]} == {
        (who, "overdue") for who in ("holder", "supervisor", "raiser")
    }


def test_what_is_due_soon_by_its_new_kind_rings_so():
    story = becomes(an_accepted_report().wait(minutes=50), resolve="1h")
    assert story.rings().told() == {("holder", "soon")}


# ── who has it, who is told ──────────────────────────────────────────────────────────────────────


def test_nobody_helps_any_more_with_what_became_a_complaint_about_people():
    """The one who helps may be the one it is about."""
    story = a_handled_report().does(MANAGER, "add_assist", assist=[str(HEATING)])
    becomes(story, category="P06", about_people=True)
    row, clock = story.case.rows[1], story.case.clock("assist", 1)
    assert (row.state, clock.mode, clock.ring_at) == ("lapsed", "stopped", None)


GAS = {"category": "P09", "respond": "10m", "resolve": "2h", "direct": True, "straight_on": True}


@pytest.mark.parametrize(
    ("story", "who"),
    [
        (an_accepted_report, GRID_WORKER),
        (an_accepted_report, GRID_LEADER),
        (a_dispatched_report, GRID_WORKER),
        (a_disputed_report, DISPATCHER),
        (a_handled_report, GRID_WORKER),
        (a_handled_report, DISPATCHER),
    ],
)
def test_what_becomes_direct_goes_straight_to_whoever_the_catalogue_names(story, who):
    moved = becomes(story(), who=who, **GAS)
    assert (moved.state, moved.case.owner) == ("dispatched", OWNERS["catalogue"])
    assert moved.told() == {
        ("raiser", "classified"), ("raiser", "dispatched"), ("holder", "dispatched"),
        ("grid_worker", "informed"),
    }  # fmt: skip


def test_its_promises_run_on_from_submission_and_it_can_be_returned_from_now():
    story = becomes(an_accepted_report().wait(hours=5), **GAS)
    assert story.case.clock("resolve").due == at("2026-11-23 11:00")
    assert story.case.clock("respond").mode == "stopped"
    assert "return" in story.offers(MANAGER)


def test_whoever_is_named_and_has_it_already_keeps_it():
    story = a_handled_report()
    had = story.case.owner
    becomes(story, **GAS | {"straight_on": False})
    assert (story.state, story.case.owner) == ("handling", had)
    assert story.told() == {("raiser", "classified")}


def test_what_the_street_is_to_rule_on_the_grid_does_not_send_on():
    story = becomes(a_disputed_report(), **GAS)
    assert (story.state, story.case.owner) == ("dispute", OWNERS["role:street_dispatcher"])


def test_where_it_was_to_go_is_no_fact_of_the_case_afterwards():
    assert "straight_on" not in becomes(an_accepted_report(), **GAS).case.facts
