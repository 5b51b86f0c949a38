"""Whatever anybody does, in any order, at any time: what must hold, holds."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.flows import Mover, engine
from tests.flows.throwaway import LEADER, MEMBERS, REPAIR, RESIDENT, SUPERIOR, WHISTLE, WISH
from tests.flows.town import (
    CALENDAR,
    DISPATCHER,
    FIRM,
    FITTER,
    GRID_LEADER,
    GRID_WORKER,
    HEATING,
    MANAGER,
    NEIGHBOUR,
    OTHER_FIRM,
    OTHER_MANAGER,
    PASSER_BY,
    RAISER,
    SECRETARY,
    STOKER,
    Story,
    a_report,
    begin,
    number,
)
from tests.flows.walks import Walk, assert_sound

OTHER_NEIGHBOUR = Mover(frozenset({"visitor"}), keys=frozenset({"neighbour-key"}))
FOLLOWER = Mover(frozenset({"follower"}), account_id=number(510))

REPORT_CAST = (
    RAISER, GRID_WORKER, GRID_LEADER, DISPATCHER, MANAGER, MANAGER, STOKER, FITTER, SECRETARY,
    NEIGHBOUR, OTHER_NEIGHBOUR, FOLLOWER, OTHER_MANAGER,
)  # fmt: skip


def a_report_walk(direct: bool) -> Walk:
    return Walk(a_report(direct=direct, about_unit_id=str(OTHER_FIRM)), REPORT_CAST)


def a_whistle_walk(_: bool) -> Walk:
    called = [str(FIRM), str(HEATING), str(OTHER_FIRM)]
    story = begin(WHISTLE, LEADER, {"kind": "emergency", "called": called}, {})
    return Walk(story, (LEADER, MANAGER, STOKER, OTHER_MANAGER))


def a_wish_walk(_: bool) -> Walk:
    story = begin(WISH, RESIDENT, {"text": "搬沙发", "seats": 2}, {})
    answers = {"budget_left": True}
    return Walk(story, (GRID_WORKER, RESIDENT, *MEMBERS), answers)


def a_repair_walk(_: bool) -> Walk:
    story = begin(REPAIR, RAISER, {"text": "门坏了"}, {"work": "9wh"})
    cast = (MANAGER, MANAGER, RAISER, SUPERIOR, OTHER_MANAGER, STOKER, LEADER, DISPATCHER)
    return Walk(story, cast)


WALKS = [a_report_walk, a_whistle_walk, a_wish_walk, a_repair_walk]
waits = st.one_of(
    st.just(0), st.integers(0, 20), st.integers(0, 90), st.integers(0, 900), st.integers(0, 9000)
)
choices = st.tuples(st.integers(0, 12), st.integers(0, 11), st.integers(0, 63), waits)


@pytest.mark.parametrize("begin_walk", WALKS)
@settings(max_examples=50, deadline=None)
@given(direct=st.booleans(), path=st.lists(choices, min_size=12, max_size=40))
def test_what_must_hold_holds_after_every_walk(begin_walk: Callable, direct: bool, path: list):
    walk = begin_walk(direct)
    for choice in path:
        walk.take(choice)
    assert_sound(walk.story)


@pytest.mark.parametrize("begin_walk", WALKS)
@settings(max_examples=12, deadline=None)
@given(direct=st.booleans(), path=st.lists(choices, min_size=6, max_size=20))
def test_what_must_hold_holds_after_every_step(begin_walk: Callable, direct: bool, path: list):
    walk = begin_walk(direct)
    for choice in path:
        walk.take(choice)
        assert_sound(walk.story)


@settings(max_examples=30, deadline=None)
@given(path=st.lists(choices, min_size=5, max_size=25))
def test_the_accused_never_has_it_and_never_moves_it(path: list):
    walk = a_report_walk(direct=False)
    for choice in path:
        walk.take(choice)
    accused = {post.post_id for post in OTHER_MANAGER.posts}
    held = {row.holder.unit_id for event in walk.story.events for row in event.rows}
    assert OTHER_FIRM not in held
    assert accused.isdisjoint(event.post_id for event in walk.story.events)


@settings(max_examples=30, deadline=None)
@given(direct=st.booleans(), path=st.lists(choices, min_size=5, max_size=25))
def test_a_passer_by_can_never_do_anything(direct: bool, path: list):
    walk = a_report_walk(direct)
    for choice in path:
        walk.take(choice)
        assert walk.story.offers(PASSER_BY) == []


@settings(max_examples=30, deadline=None)
@given(direct=st.booleans(), path=st.lists(choices, min_size=5, max_size=25))
def test_as_long_as_it_is_open_somebody_can_act(direct: bool, path: list):
    walk = a_report_walk(direct)
    for choice in path:
        walk.take(choice)
    story: Story = walk.story
    cast = (RAISER, GRID_WORKER, DISPATCHER, MANAGER, STOKER, GRID_LEADER, FITTER, SECRETARY)
    leaving = [offer for who in cast for offer in story.offers(who)]
    assert not story.case.live or set(leaving) - {"second", "add_photos", "classify", "follow"}


@settings(max_examples=30, deadline=None)
@given(direct=st.booleans(), path=st.lists(choices, min_size=5, max_size=25))
def test_what_is_not_offered_is_refused(direct: bool, path: list):
    walk = a_report_walk(direct)
    for choice in path:
        walk.take(choice)
    story = walk.story
    wrong = [
        (who, key)
        for who in REPORT_CAST
        for key in set(story.flow.by_key) - set(story.offers(who))
        if not _is_refused(story, who, key)
    ]
    assert wrong == []


def _is_refused(story: Story, who: Mover, key: str) -> bool:
    try:
        engine.step(
            story.flow, story.case, key, who=who, given={}, now=story.now, calendar=CALENDAR
        )
    except (engine.NotYours, engine.MoveNotPossible):
        return True
    return False


def test_a_long_walk_visits_every_state_of_the_report():
    """The walks above are worth nothing if they never get anywhere."""
    seen: set[str] = set()
    for start in range(40):
        walk = a_report_walk(direct=start % 2 == 0)
        for turn in range(60):
            walk.take(((start * 7 + turn * 5) % 13, turn % 13, start + turn, (turn * 37) % 300))
        seen |= {event.target for event in walk.story.events}
    assert set(walk.story.flow.main.by_key) <= seen
