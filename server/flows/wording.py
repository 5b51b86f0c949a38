"""Is every word of a flow known? Faults of spelling, found before they are law."""

import re
from collections.abc import Iterator

from server.base import spans
from server.flows.guards import (
    Ahead,
    Answer,
    AtMost,
    Before,
    Every,
    Fewer,
    Made,
    NotWithin,
    Outside,
    Some,
    Within,
)
from server.flows.moment import Guard
from server.flows.structure import BACK, LENSES, RELATIONS, ROLES, Flow, Lane, Move

_RULE = re.compile(r"mover|given|catalogue|@[a-z_]+|(?:up|role:([a-z_]+))(?: but( [a-z_]+)+)?")
_RUNG = re.compile(r"0|-[1-9]\d?%|\+\d+(m|h|d|wh|wd)")
_LONGEST_NAME = 24


def questions_of(flow: Flow) -> frozenset[str]:
    """The questions its guards ask of features."""
    guards = [guard for move in _moves(flow) for guard in move.when]
    return frozenset(guard.question for guard in guards if isinstance(guard, Answer))


def deeds_of(flow: Flow) -> frozenset[str]:
    """The deeds of features its moves name."""
    return frozenset(move.deed for move in _moves(flow) if move.deed)


def texts_of(flow: Flow) -> frozenset[tuple[str, str]]:
    """Every (whom, which text) its moves and clocks tell."""
    tells = [told for move in _moves(flow) for told in move.tells]
    for _, lane in lanes_of(flow):
        tells += [told for clock in lane.clocks for rung in clock.rungs for told in rung.tells]
    return frozenset((told.who, told.text) for told in tells)


def lanes_of(flow: Flow) -> list[tuple[str, Lane]]:
    """Every lane with its name; the case's own has none."""
    return [("", flow.main), *flow.lanes.items()]


def _moves(flow: Flow) -> list[Move]:
    return [flow.opening, *(move for _, lane in lanes_of(flow) for move in lane.moves)]


def _states(words: frozenset[str] | set[str], lane: Lane, where: str) -> Iterator[str]:
    for word in sorted(set(words) - set(lane.by_key)):
        yield f"{where} names the unknown state {word!r}"


def misspelt(flow: Flow) -> Iterator[str]:
    """Every word that is unknown, doubled or cannot be read."""
    spelling = (_names, _places, _makes, _words, _next, _rules)
    for find in (*spelling, _asked, _guards, _deadlines, _lengths):
        yield from find(flow)


def _names(flow: Flow) -> Iterator[str]:
    """Names are unique, short, and mean one thing."""
    for name, lane in lanes_of(flow):
        if len(lane.by_key) != len(lane.states) or not lane.states:
            yield f"lane {name or 'main'} needs states, each with its own name"
        keys = [clock.key for clock in lane.clocks]
        if len(set(keys)) != len(keys):
            yield f"lane {name or 'main'} has two clocks of one name"
        words = [*lane.by_key, *keys, *(move.key for move in lane.moves), name]
        yield from (f"{word!r} is too long a name" for word in words if len(word) > _LONGEST_NAME)
    for key, ways in flow.by_key.items():
        if len({lane for lane, _ in ways}) > 1 or key in (flow.opening.key, "ring"):
            yield f"move {key} means two things"
    for name in set(flow.lanes) & (RELATIONS | ROLES):
        yield f"lane {name} is named like a relation or role"


def _places(flow: Flow) -> Iterator[str]:
    """Every state and lane that is named is there."""
    for name, lane in lanes_of(flow):
        yield from _states(lane.within, flow.main, f"lane {name} within")
        for move in lane.moves:
            named = move.source | ({move.target} - {"", BACK})
            yield from _states(named, lane, f"move {move.key}")
            yield from _states(move.during, flow.main, f"move {move.key} during")
            if move.during and not name:
                yield f"move {move.key}: `during` is for the moves of a lane"
    added = {move.adds for move in _moves(flow)}
    yield from (f"rows are added to the unknown lane {n}" for n in added - set(flow.lanes) - {""})
    yield from (f"lane {name} is never added to" for name in set(flow.lanes) - added)


def _makes(flow: Flow) -> Iterator[str]:
    """Moves start and end where they may, and make only moves of the case."""
    if flow.opening.source or flow.opening.target:
        yield "the opening move starts in the first state and names no other"
    for _, lane in lanes_of(flow):
        for move in lane.moves:
            if move.then and not any(name == "" for name, _ in flow.by_key.get(move.then, ())):
                yield f"move {move.key} makes the unknown move {move.then}"
            if move.target in lane.by_key and lane.by_key[move.target].retired:
                yield f"move {move.key} goes to the retired state {move.target}"


def _words(flow: Flow) -> Iterator[str]:
    """Every relation, role and lens is known."""
    known = RELATIONS | ROLES | set(flow.lanes)
    for move in _moves(flow):
        for word in sorted({word for words in move.by for word in words} - known):
            yield f"move {move.key} is by the unknown {word}"
        if move.seen and move.seen not in LENSES:
            yield f"move {move.key} is seen through the unknown lens {move.seen}"
    for who, text in sorted(texts_of(flow)):
        named = who.startswith("@")  # by a fact of the case
        if not (named or who in known | {"mover", "second"}) or not text:
            yield f"{who}:{text} tells nobody known, or nothing"
    for who, lens in flow.sees.items():
        if who not in known | {"delegate"} or lens not in LENSES:
            yield f"sees: {who} through {lens} is unknown"


def _next(flow: Flow) -> Iterator[str]:
    """What comes next is told to known lenses."""
    told = [(state.key, lens) for state in flow.main.states for lens, _ in state.next_for]
    for key, lens in told:
        if lens not in LENSES:
            yield f"state {key} tells the unknown lens {lens} what comes next"


def _rules(flow: Flow) -> Iterator[str]:
    """Every holder rule is known."""
    for move in _moves(flow):
        for rule in move.holder:
            found = _RULE.fullmatch(rule)
            if found is None or (found[1] and found[1] not in ROLES):
                yield f"move {move.key} names the unknown holder rule {rule}"
    for name, lane in flow.lanes.items():
        if lane.held and not _RULE.fullmatch(lane.held):
            yield f"lane {name} names the unknown holder rule {lane.held}"


def _asked(flow: Flow) -> Iterator[str]:
    """Everything asked for has a kind of field."""
    for move in _moves(flow):
        for need in move.needs:
            inner = flow.asks.get(need.fact, {}) if need.fact else {"": (need,)}
            if not inner:
                yield f"move {move.key} asks @{need.fact}, which the flow does not explain"
            fields = {name for needs in inner.values() for one in needs for name in one.fields}
            for name in sorted((fields | {need.if_field} - {""}) - set(flow.known_fields)):
                yield f"move {move.key} asks for the unknown field {name}"


def _guards(flow: Flow) -> Iterator[str]:
    """Every guard speaks of moves, lanes and states that are there."""
    keys = {flow.opening.key, *flow.by_key}
    for move in _moves(flow):
        for guard in move.when:
            for word in sorted(_guard_moves(guard) - keys):
                yield f"move {move.key}: the guard {guard} names the unknown move {word}"
            if isinstance(guard, Every | Some | Fewer | Ahead):
                if guard.lane not in flow.lanes:
                    yield f"move {move.key}: the guard {guard} names an unknown lane"
                elif not isinstance(guard, Ahead):
                    words = frozenset(guard.states.split("|"))
                    yield from _states(words, flow.lanes[guard.lane], f"move {move.key}: {guard}")
            if isinstance(guard, Outside):
                words = frozenset(guard.states.split("|"))
                yield from _states(words, flow.main, f"move {move.key}: {guard}")


def _guard_moves(guard: Guard) -> set[str]:
    if isinstance(guard, AtMost):
        return set(guard.move.split("|"))
    if isinstance(guard, Made | NotWithin):
        return {guard.move}
    return set(guard.moves.split("|")) if isinstance(guard, Before | Within) else set()


def _deadlines(flow: Flow) -> Iterator[str]:
    """Clocks run in known states, for a known time, with rungs that can be told from each other."""
    for _, lane in lanes_of(flow):
        for clock in lane.clocks:
            where = f"clock {clock.key}"
            yield from _states(clock.runs | clock.pauses, lane, where)
            for key in sorted(clock.met - {move.key for move in flow.main.moves}):
                yield f"{where} is met by the unknown move {key}"
            if bool(clock.length) == bool(clock.until):
                yield f"{where} needs either a length or `until`"
            if isinstance(clock.length, tuple) is not bool(clock.of):
                yield f"{where}: `of` names the fact that chooses among several lengths"
            for rung in clock.rungs:
                if not _RUNG.fullmatch(rung.at) or (clock.until and rung.at.endswith("%")):
                    yield f"{where} has a rung at {rung.at!r}"


def _lengths(flow: Flow) -> Iterator[str]:
    """Every span can be read; what changes a length names a clock of the case."""
    keys = {clock.key for clock in flow.main.clocks}
    for move in _moves(flow):
        for key in sorted({*move.resets, *(key for key, _ in move.extends)} - keys):
            yield f"move {move.key} changes the unknown clock {key}"
        texts = [by for _, by in move.extends if not by.endswith("%") and by[:1] != "@"]
        yield from _spans(texts, f"move {move.key}")
    for _, lane in lanes_of(flow):
        for clock in lane.clocks:
            length = clock.length
            texts = [length] if isinstance(length, str) else [span for _, span in length]
            texts = [text for text in texts if text and not text.startswith("@")]
            yield from _spans(texts, f"clock {clock.key}")


def _spans(texts: list[str], where: str) -> Iterator[str]:
    for text in texts:
        try:
            spans.parse(text)
        except ValueError as no:
            yield f"{where}: {no}"
