"""The words a kind of case is written in; what they make, is in `structure.py`."""

from collections.abc import Mapping

from server.flows.moment import Guard
from server.flows.needs import read_needs
from server.flows.structure import Clock, Lane, Move, Rung, State, Told


def state(
    key: str,
    title: str = "",
    public: str = "",
    *,
    end: bool = False,
    rests: bool = False,
    retired: bool = False,
    next: str = "",
    next_for: str = "",
) -> State:
    """Write a state; without a public title residents read the staff's. `next_for`: "own=…"."""
    return State(
        key, title or key, public or title or key, end, rests, retired, next, _pairs(next_for)
    )


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
    then: str = "",
    extends: str = "",
    resets: str = "",
    sets: str = "",
    tells: str = "",
    deed: str = "",
    seen: str = "",
    remembers: str = "",
) -> Move:
    """Write a move; the first five words by position, so that one move is one line.

    by      relations and roles, any of `a|b`, together `a&b`
    source  states `a|b`; "" = any open state.  target: "" = stays, BACK = where it came from
    needs   "a b" all, "a|b" one of, "a?" optional, "@evidence" by the fact, "outcome:planned>until"
    holder  who has it then: mover, given, catalogue, up, role:street_dispatcher; "a|b" first that
            is there; resolved by the caller but for `mover` and "@shop", the post a fact names;
            "role:street_dispatcher but finder shop", "up but asker": nobody these facts name
    during  on a lane's move: states of the case.  adds: a lane.  then: a move of the case
    extends "resolve=2wd", "resolve=50%" or, as given or a fact says, "resolve=@longer".  resets:
            clocks recomputed from their start; one of `extends` as well is so much longer again if
            it was
    sets    facts: "ending=confirmed outcome= until=@until" ("" removes, "@x" takes what was given)
    tells   "raiser|second:resolved holder:soon @shop:found" ("@shop": the post a fact names)
    remembers  a fact: whoever made it, post and person, for a guard or a holder to name
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
        then=then,
        extends=_pairs(extends),
        resets=tuple(resets.split()),
        sets=_pairs(sets),
        tells=read_tells(tells),
        deed=deed,
        seen=seen,
        remembers=remembers,
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
