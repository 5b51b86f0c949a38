"""People who do anything they are offered, in any order, at any time; what must hold after it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from server.base import spans
from server.flows import CaseState, Event, Flow, Mover, Offer, engine
from server.flows.needs import asked_of
from server.flows.structure import Clock, Lane
from tests.flows.town import CALENDAR, COMMUNITY, FIRM, HEATING, OTHER_FIRM, STREET, Story

UNITS = (COMMUNITY, STREET, FIRM, HEATING, OTHER_FIRM)
SPANS = ("10m", "2h", "30h", "2wh", "9wh", "1wd", "3wd", "2d")
CATEGORIES = ("P02", "E01", "Z99")
Choice = tuple[int, int, int, int]  # who, which move, how to answer, minutes waited before


@dataclass
class Walk:
    """A story in which every choice is a number; any number is a possible choice."""

    story: Story
    cast: Sequence[Mover]
    answers: Mapping[str, Any] = field(default_factory=dict)
    moves: int = 0

    def take(self, choice: Choice) -> None:
        who, which, how, minutes = choice
        self.story.wait(minutes=minutes).rings()
        found = [(mover, offer) for mover in self.cast for offer in self._offers(mover)]
        going_on = [(mover, offer) for mover, offer in found if not self._ends(offer.key)]
        if going_on and which < 10:  # Who ends it at the first chance never sees the rest.
            found = going_on
        if not found:
            return
        able = list(dict.fromkeys(mover for mover, _ in found))
        mover = able[who % len(able)]
        offers = [offer for one, offer in found if one == mover]
        offer = offers[which % len(offers)]
        given = self._given(offer.key, mover, how)
        self.story.does(
            mover,
            offer.key,
            offer.row,
            answers=self.answers,
            facts=_facts_for(offer.key, how),
            **given,
        )
        self.moves += 1

    def _offers(self, who: Mover) -> list[Offer]:
        story = self.story
        return engine.offered(
            story.flow,
            story.case,
            who=who,
            now=story.now,
            calendar=CALENDAR,
            answers=self.answers,
        )

    def _ends(self, key: str) -> bool:
        lane, move = self.story.flow.by_key[key][0]
        target = self.story.flow.main.by_key.get(move.target)
        return not lane and target is not None and target.end

    def _given(self, key: str, who: Mover, how: int) -> dict[str, Any]:
        """What is asked, answered one way or another."""
        story = self.story
        moment = engine.Moment(
            story.case.rows, story.case.facts, who, {}, story.now, CALENDAR, self.answers, True
        )
        rows = story.case.rows
        ways = story.flow.by_key[key]
        of_the_lane = (row for row in rows if row.lane == ways[0][0])
        tried = (engine._open_way(story.flow, ways, row, moment, {}) for row in of_the_lane)
        move = next(filter(None, tried))
        asked = asked_of(story.flow, move, story.case.facts)
        given: dict[str, Any] = {}
        for need in asked:
            name = need.fields[how % len(need.fields)]
            if need.if_field and given.get(need.if_field) != need.if_value:
                continue
            if not need.optional or how % 2:
                given[name] = self._value(name, how)
        accused = story.case.facts.get("about_unit_id")
        if given.get("unit", "") == accused:
            given["unit"] = next(str(unit) for unit in UNITS if str(unit) != accused)
        if "post" in given:
            given["post"] = self._colleague(who, how)
        return given

    def _colleague(self, who: Mover, how: int) -> str:
        """A post there is: what nobody holds, nobody can move."""
        units = {post.unit_id for post in who.posts}
        posts = [post.post_id for one in self.cast for post in one.posts if post.unit_id in units]
        return str(posts[how % len(posts)])

    def _value(self, name: str, how: int) -> Any:
        known = self.story.flow.known_fields[name]
        day = CALENDAR.day_of(self.story.now)
        values: dict[str, Any] = {
            "text": "换了门机皮带。",
            "photos": [str(UNITS[how % 5])],
            "id": str(UNITS[how % 5]),
            "ids": [str(unit) for unit in UNITS[: 2 + how % 3]],
            "key": CATEGORIES[how % 3],
            "number": "261123004712",
            "date": (day + timedelta(days=how % 9)).isoformat(),
            "count": 1 + how % 3,
        }
        return known.options[how % len(known.options)][0] if known.options else values[known.kind]


def _facts_for(key: str, how: int) -> dict[str, Any]:
    if key == "classify":
        return {
            "category": CATEGORIES[how % 3],
            "respond": SPANS[how % 8],
            "resolve": SPANS[(how // 8) % 8],
            "direct": how % 5 == 0,
            "straight_on": how % 10 == 0,
            "about_people": how % 7 == 0,
        }
    return {"work": SPANS[how % 8]} if key == "shorten" else {}


# ── what must hold ───────────────────────────────────────────────────────────────────────────────


def assert_sound(story: Story) -> None:
    """Everything that is true of every case after every step."""
    case = story.case
    assert story.replayed() == case, "the events tell another case"
    assert [event.version for event in story.events] == list(range(1, case.version + 1))
    assert all(row.holder is not None for row in case.rows), "a row is nobody's"
    assert all(row.changed <= case.version for row in case.rows)
    json.dumps([event.plain() for event in story.events])
    _assert_ends_hold(story.flow, story.events)
    for row in case.rows:
        lane = story.flow.lane(row.lane)
        for clock in lane.clocks:
            _assert_counts(story, row.no, lane, clock)


def _assert_ends_hold(flow: Flow, events: Sequence[Event]) -> None:
    for event in events:
        if event.row == 0 and event.source and flow.state(event.source).end:
            stays = event.target == event.source
            assert stays or event.move in ("reopen", "archive"), f"{event.move} after the end"


def _assert_counts(story: Story, row: int, lane: Lane, clock: Clock) -> None:
    """The clock as it is against the clock as the history of states says it must be."""
    state = story.case.clock(clock.key, row)
    if state is None:
        return
    assert state.mode == _mode_by_history(story.flow, story.case, row, lane, clock, state.mode)
    if not state.span:
        return
    unit = spans.parse(state.span).unit
    kept = _sum(state.ran, unit)
    assert state.total - state.left == kept, "total is not what is left and what ran"
    ran = kept + _sum([(state.since, story.now)] if state.mode == "running" else [], unit)
    assert ran == _sum(_stretches(story, row, lane, clock, state.started), unit)
    if state.mode == "running" and state.left > timedelta():
        assert state.due is not None
        assert spans.used(state.since, state.due, unit, CALENDAR) == state.left


def _sum(stretches: Sequence[tuple[datetime, datetime]], unit: str) -> timedelta:
    return sum((spans.used(a, b, unit, CALENDAR) for a, b in stretches), timedelta())


def _mode_by_history(
    flow: Flow, case: CaseState, row: int, lane: Lane, clock: Clock, mode: str
) -> str:
    at, here = flow.state(case.state), case.rows[row].state
    if clock.met & set(case.facts["made"]) or (row and at.end):
        return "stopped"
    if at.rests and (row or at.key not in clock.runs):
        return mode if mode in ("paused", "stopped") else "paused"
    if here in clock.pauses or (here in clock.runs and lane.within and at.key not in lane.within):
        return "paused"
    return "running" if here in clock.runs else "stopped"


def _stretches(
    story: Story, row: int, lane: Lane, clock: Clock, started: datetime
) -> list[tuple[datetime, datetime]]:
    """When the clock ran, reckoned from nothing but the states of the case and of its row."""
    here = at = ""
    made: set[str] = set()
    since: datetime | None = None
    found: list[tuple[datetime, datetime]] = []
    for event in story.events:
        for one in event.rows:
            here = one.state if one.no == row else here
            at = one.state if one.no == 0 else at
        if not story.case.rows[event.row].lane:
            made.add(event.move)
        state = story.flow.state(at)
        rests = state.rests and (row or at not in clock.runs)
        rests = rests or (row and (state.end or (lane.within and at not in lane.within)))
        runs = here in clock.runs and not rests and not clock.met & made
        if runs and since is None:
            since = event.at
        elif not runs and since is not None:
            found.append((since, event.at))
            since = None
    if since is not None:
        found.append((since, story.now))
    return [(begin, end) for begin, end in found if begin >= started]
