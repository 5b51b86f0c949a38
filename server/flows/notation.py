"""The words a kind of case is written in: flow, lane, state, move, clock, rung.

A flow is the case's own lane plus named lanes beside it. A lane is a small state machine of which
a case holds any number of rows, each with its holder, state and clocks; the case itself is row 0.
Everything here is a frozen value: read it aloud, compare it, print it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from server.base.fields import FIELDS, Field
from server.flows.guards import Guard
from server.flows.needs import Need, read_needs

MAIN = ""
"""The name of the case's own lane."""

BACK = "<"
"""As a target: the state the row came from."""

FLOW, CLOCK, GRANT, ANYONE = "flow", "clock", "grant", "anyone"
"""Made as soon as it is possible; by a bell; only by another move's `then`; by whoever comes."""

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

    `end`: nothing more is expected. `rests`, on the case: every clock pauses, lanes too.
    `retired`: no new row comes here, but the name once shipped never vanishes.
    """

    key: str
    title: str
    public: str
    end: bool = False
    rests: bool = False
    retired: bool = False


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
    opens: str = ""
    then: str = ""
    extends: tuple[tuple[str, str], ...] = ()
    resets: tuple[str, ...] = ()
    sets: tuple[tuple[str, str], ...] = ()
    tells: tuple[Told, ...] = ()
    deed: str = ""
    seen: str = ""

    def is_by(self, word: str) -> bool:
        """Whether that relation or role alone may make it."""
        return (word,) in self.by


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
    `sees`: relation → lens; a viewer gets the widest of his relations.
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

    def lane(self, name: str) -> Lane:
        return self.lanes[name] if name else self.main

    def state(self, key: str, lane: str = MAIN) -> State:
        """The state of that name; `title` and `public` are what people read."""
        return self.lane(lane).by_key[key]

    @cached_property
    def by_key(self) -> Mapping[str, tuple[tuple[str, Move], ...]]:
        """Every way a move of that name is written, with the lane it is in."""
        found: dict[str, tuple[tuple[str, Move], ...]] = {}
        for name, lane in (("", self.main), *self.lanes.items()):
            for one in lane.moves:
                found[one.key] = (*found.get(one.key, ()), (name, one))
        return found

    @cached_property
    def by_people(self) -> tuple[tuple[str, str, tuple[tuple[str, Move], ...]], ...]:
        """The moves somebody may make by himself: each key, its lane, and the ways it is made."""
        found = []
        for key, ways in self.by_key.items():
            own = tuple((name, move) for name, move in ways if not _BY_ITSELF.issuperset(move.by))
            if own:
                found.append((key, ways[0][0], own))
        return tuple(found)

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

    def title_of(self, move: str) -> str:
        """What people read for a move; the opening move included."""
        if move == "ring":  # a bell that only told somebody
            return "到时提醒"
        if move == self.opening.key:
            return self.opening.title
        return self.by_key[move][0][1].title


def state(
    key: str,
    title: str = "",
    public: str = "",
    *,
    end: bool = False,
    rests: bool = False,
    retired: bool = False,
) -> State:
    """Write a state; without a public title residents read the staff's."""
    return State(key, title or key, public or title or key, end, rests, retired)


def move(
    key: str,
    title: str,
    by: str,
    source: str = "",
    target: str = "",
    *,
    needs: str = "",
    when: Guard | tuple[Guard, ...] = (),
    holder: str = "",
    during: str = "",
    adds: str = "",
    opens: str = "",
    then: str = "",
    extends: str = "",
    resets: str = "",
    sets: str = "",
    tells: str = "",
    deed: str = "",
    seen: str = "",
) -> Move:
    """Write a move; the first five words by position, so that one move is one line.

    by      relations and roles, any of `a|b`, together `a&b`
    source  states `a|b`; "" = any open state.  target: "" = stays, BACK = where it came from
    needs   "a b" all, "a|b" one of, "a?" optional, "@evidence" by the fact, "outcome:planned>until"
    holder  who has it then: mover, given, catalogue, up, role:street_dispatcher; "a|b" first that
            is there; resolved by the caller but for `mover`
    during  on a lane's move: states of the case.  adds: a lane.  then: a move of the case
    extends "resolve=2wd", "resolve=50%" or, as given, "resolve=@longer".  resets: clocks recomputed
            from their start
    sets    facts: "ending=confirmed outcome= until=@until" ("" removes, "@x" takes what was given)
    tells   "raiser|second:resolved holder:soon"
    """
    return Move(
        key=key,
        title=title,
        by=tuple(tuple(one.split("&")) for one in by.split("|")),
        source=_words(source),
        target=target,
        needs=read_needs(needs),
        when=when if isinstance(when, tuple) else (when,),
        holder=tuple(holder.split("|")) if holder else (),
        during=_words(during),
        adds=adds,
        opens=opens,
        then=then,
        extends=_pairs(extends),
        resets=tuple(resets.split()),
        sets=_pairs(sets),
        tells=read_tells(tells),
        deed=deed,
        seen=seen,
    )


def rung(at: str, tells: str = "", makes: str = "") -> Rung:
    return Rung(at, read_tells(tells), makes)


def clock(
    key: str,
    title: str,
    runs: str,
    length: str | Mapping[str, str] = "",
    *,
    of: str = "",
    until: str = "",
    pauses: str = "",
    met: str = "",
    again: str = "",
    rungs: tuple[Rung, ...] = (),
) -> Clock:
    """Write a clock."""
    lengths = length if isinstance(length, str) else tuple(length.items())
    return Clock(
        key, title, _words(runs), lengths, of, until, _words(pauses), _words(met), again, rungs
    )


def lane(
    states: tuple[State, ...],
    moves: tuple[Move, ...] = (),
    clocks: tuple[Clock, ...] = (),
    *,
    within: str = "",
    keeps: bool = False,
    held: str = "",
) -> Lane:
    """Write a lane."""
    return Lane(states, moves, clocks, _words(within), keeps, held)


def read_tells(text: str) -> tuple[Told, ...]:
    """ "raiser|second:resolved holder:soon" → whom to tell what."""
    told = []
    for part in text.split():
        who, _, key = part.partition(":")
        told += [Told(one, key) for one in who.split("|")]
    return tuple(told)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split("|")) if text else frozenset()


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((a, b) for a, _, b in (part.partition("=") for part in text.split()))
