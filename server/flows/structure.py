"""What a kind of case consists of: a flow, its lanes, their states, moves and clocks.

A flow is the case's own lane plus named lanes beside it. A lane is a small state machine of which
a case holds any number of rows, each with its holder, state and clocks; the case itself is row 0.
Everything here is a frozen value: read it aloud, compare it, print it. How it is written:
`notation.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from server.base.fields import FIELDS, Field
from server.flows.moment import Guard
from server.flows.needs import Need, asked_of, shown

MAIN = ""
"""The name of the case's own lane."""

BACK = "<"
"""As a target: the state the row came from."""

FLOW, CLOCK, GRANT, ANYONE = "flow", "clock", "grant", "anyone"
"""Made as soon as it is possible; by a bell; only by another move's `then`; by whoever comes."""

Ways = tuple[tuple[str, "Move"], ...]  # a move as it is written: the lane it is in, and how
_BY_ITSELF = frozenset({(FLOW,), (CLOCK,), (GRANT,)})

RELATIONS = frozenset(
    {"raiser", "visitor", "follower", "claimant", "leaver", "filer", "caller", "supervisor"}
    | {"succession"}
    | {"colleague", "owner", "holder"}
    | {FLOW, CLOCK, GRANT, ANYONE}
)
ROLES = frozenset(
    "resident merchant grid_worker grid_leader building_head grid_police property_staff"
    " property_manager owners_committee community_worker community_secretary street_dispatcher"
    " street_leader dept_handler dept_leader hotline_operator hotline_dispatcher callback_agent"
    " superior delegate liaison_officer party_member party_org petition_agent"
    " admission_reviewer admission_approver form_owner form_filler data_steward privacy_officer"
    " duty_post sys_admin sec_admin auditor".split()
)
LENSES = frozenset({"own", "work", "progress", "bare", "title"})


@dataclass(frozen=True, slots=True)
class State:
    """Where a row can be. `title` is for staff, `public` for residents.

    `next`: what comes next, as everybody reads it; `next_for`: as who sees the case through that
    lens reads it instead. Without either the clock that runs says what is awaited.
    `end`: nothing more is expected. `rests`, on the case: every clock pauses, lanes too, but one
    of the case that runs in this very state.
    `retired`: no new row comes here, but the name once shipped never vanishes.
    """

    key: str
    title: str
    public: str
    end: bool = False
    rests: bool = False
    retired: bool = False
    next: str = ""
    next_for: tuple[tuple[str, str], ...] = ()

    def next_of(self, lens: str) -> str:
        """What comes next, in the words for that lens; empty where none are written."""
        return dict(self.next_for).get(lens, self.next)


@dataclass(frozen=True, slots=True)
class Told:
    """Whom a move tells, and which text."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """One step somebody may make; see `move()` for how it is written."""

    key: str
    title: str
    by: tuple[tuple[str, ...], ...]
    source: frozenset[str]
    target: str
    needs: tuple[Need, ...] = ()
    when: tuple[Guard, ...] = ()
    holder: tuple[str, ...] = ()
    during: frozenset[str] = frozenset()
    adds: str = ""
    then: str = ""
    extends: tuple[tuple[str, str], ...] = ()
    resets: tuple[str, ...] = ()
    sets: tuple[tuple[str, str], ...] = ()
    tells: tuple[Told, ...] = ()
    deed: str = ""
    seen: str = ""
    remembers: str = ""

    def is_by(self, word: str) -> bool:
        """Whether that relation or role alone may make it."""
        return (word,) in self.by

    def begins_in(self, state: State) -> bool:
        """Whether a row in this state of its lane may make it."""
        return state.key in self.source if self.source else not state.end


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a clock's ladder: at "-25%", "0" or "+1wd"; tells, and may make a move."""

    at: str
    tells: tuple[Told, ...] = ()
    makes: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline as a function of state.

    It runs in `runs`; in `pauses`, in a resting case or outside the lane's `within` it keeps what
    is left in its own unit; anywhere else it is stopped. After a stop a new start is a full
    length, unless `again` is "rest". A move named in `met` stops it for good.
    `length` is a span, "@fact", or by the value of the fact `of` one of several spans; instead of
    a length, `until` names a fact that holds a date or an instant.
    """

    key: str
    title: str
    runs: frozenset[str]
    length: str | tuple[tuple[str, str], ...] = ""
    of: str = ""
    until: str = ""
    pauses: frozenset[str] = frozenset()
    met: frozenset[str] = frozenset()
    again: str = ""
    rungs: tuple[Rung, ...] = ()


@dataclass(frozen=True)
class Lane:
    """A small state machine; a row starts in the first state.

    Outside the case's states `within` the lane rests: no moves, clocks paused. `keeps`: what was
    given when a row was added is kept for the move a grant makes (`then`). `held`: the holder rule
    of a fresh row that was given to nobody by name; without one it is the mover's.
    """

    states: tuple[State, ...]
    moves: tuple[Move, ...] = ()
    clocks: tuple[Clock, ...] = ()
    within: frozenset[str] = frozenset()
    keeps: bool = False
    held: str = ""

    @cached_property
    def by_key(self) -> Mapping[str, State]:
        return {state.key: state for state in self.states}

    @cached_property
    def flow_moves(self) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.is_by(FLOW))


@dataclass(frozen=True)
class Flow:
    """A kind of case: its opening move, its own lane, the lanes beside it, and who sees what.

    `keeps`: given words that become facts of the case. `asks`: what "@word" in `needs` means, by
    the value of the fact of that name. `endings`: how it can end, with a title for people.
    `sees`: relation → lens; a viewer gets the widest of his relations. `in_office`: an office
    opens it, so no resident raised it; it stands on no sign, and what is listed and counted of
    residents' cases leaves it out. Its states have names of their own. `one_by`: facts; of the
    cases that have them alike one at most is open, which an index of the database decides.
    """

    key: str
    version: int
    title: str
    opening: Move
    main: Lane
    lanes: Mapping[str, Lane] = field(default_factory=dict)
    sees: Mapping[str, str] = field(default_factory=dict)
    keeps: tuple[str, ...] = ()
    asks: Mapping[str, Mapping[str, tuple[Need, ...]]] = field(default_factory=dict)
    endings: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    in_office: bool = False
    one_by: tuple[str, ...] = ()

    def lane(self, name: str) -> Lane:
        return self.lanes[name] if name else self.main

    def state(self, key: str, lane: str = MAIN) -> State:
        """The state of that name; `title` and `public` are what people read."""
        return self.lane(lane).by_key[key]

    @cached_property
    def by_key(self) -> Mapping[str, Ways]:
        """Every way a move of that name is written, with the lane it is in."""
        found: dict[str, Ways] = {}
        for name, lane in (("", self.main), *self.lanes.items()):
            for one in lane.moves:
                found[one.key] = (*found.get(one.key, ()), (name, one))
        return found

    @cached_property
    def by_people(self) -> Mapping[str, tuple[tuple[str, str, Ways], ...]]:
        """By the state of the case, the moves somebody may make by himself: each key, its lane,
        and its ways; of the case's own lane those which begin in that state.
        """
        return {state.key: self._by_people_in(state) for state in self.main.states}

    def _by_people_in(self, state: State) -> tuple[tuple[str, str, Ways], ...]:
        found = []
        for key, ways in self.by_key.items():
            own = tuple(
                (name, move)
                for name, move in ways
                if not _BY_ITSELF.issuperset(move.by) and (name or move.begins_in(state))
            )
            if own:
                found.append((key, ways[0][0], own))
        return tuple(found)

    @cached_property
    def always_asks(self) -> Mapping[int, tuple[tuple[str, ...], tuple[Field, ...]]]:
        """Of each move that asks the same whatever the facts are, by its id: see `shown`."""
        moves = [move for ways in self.by_key.values() for _, move in ways]
        return {
            id(move): shown(self, asked_of(self, move, {}))
            for move in moves
            if not any(need.fact for need in move.needs)
        }

    @cached_property
    def known_fields(self) -> Mapping[str, Field]:
        return MappingProxyType({**FIELDS, **{one.key: one for one in self.fields}})

    @cached_property
    def has_flow_moves(self) -> bool:
        return any(lane.flow_moves for lane in (self.main, *self.lanes.values()))

    @cached_property
    def clocked(self) -> frozenset[str]:
        """Names of the lanes that have clocks."""
        return frozenset(n for n, lane in (("", self.main), *self.lanes.items()) if lane.clocks)

    def clock_title(self, key: str) -> str:
        """What a deadline is for: 回应, 办结 …"""
        lanes = (self.main, *self.lanes.values())
        return next((one.title for lane in lanes for one in lane.clocks if one.key == key), "")

    def rang(
        self, move: str, given: Mapping[str, Any], turned: Iterable[str]
    ) -> tuple[Clock, str] | None:
        """The clock that rang when `move` was made by one, and at which rung; `turned` are the
        clocks that changed with it.
        """
        clocks = [one for lane in (self.main, *self.lanes.values()) for one in lane.clocks]
        if move == "ring":
            return next(((one, given["at"]) for one in clocks if one.key == given["clock"]), None)
        keys = set(turned)
        rungs = ((one, rung) for one in clocks if one.key in keys for rung in one.rungs)
        return next(((one, rung.at) for one, rung in rungs if rung.makes == move), None)

    def title_of(self, move: str) -> str:
        """What people read for a move; the opening move included."""
        if move == "ring":  # a bell that only told somebody
            return "到时提醒"
        if move == self.opening.key:
            return self.opening.title
        return self.by_key[move][0][1].title
