"""Is a flow fit to be law? Every fault is found at import, before anybody is stuck in a case."""

import re
from collections.abc import Callable, Iterator

from server.base import spans
from server.flows.errors import Unsound
from server.flows.guards import (
    Answer,
    AtMost,
    Children,
    Every,
    Fewer,
    Guard,
    Made,
    NotWithin,
    Outside,
    Some,
    Within,
)
from server.flows.notation import BACK, CLOCK, FLOW, LENSES, RELATIONS, ROLES, Flow, Lane, Move

_RULES = re.compile(r"mover|given|catalogue|up|role:([a-z_]+)")
_RUNG = re.compile(r"0|-[1-9]\d?%|\+\d+(m|h|d|wh|wd)")
_LONGEST_NAME = 24
_AFTER_THE_END = frozenset({"reopen", "archive"})


def check(flow: Flow) -> Flow:
    """The flow itself if it is sound; Unsound with every fault otherwise."""
    faults = [f"{flow.key}: {fault}" for find in _FINDERS for fault in find(flow)]
    if faults:
        raise Unsound("\n".join(faults))
    return flow


def questions_of(flow: Flow) -> frozenset[str]:
    """The questions its guards ask of features."""
    guards = [guard for move in _moves(flow) for guard in move.when]
    asked = {guard.question for guard in guards if isinstance(guard, Answer)}
    return frozenset(asked | {f"children:{g.kind}" for g in guards if isinstance(g, Children)})


def deeds_of(flow: Flow) -> frozenset[str]:
    """The deeds of features its moves name."""
    return frozenset(move.deed for move in _moves(flow) if move.deed)


def texts_of(flow: Flow) -> frozenset[tuple[str, str]]:
    """Every (whom, which text) its moves and clocks tell."""
    tells = [told for move in _moves(flow) for told in move.tells]
    for _, lane in _lanes(flow):
        tells += [told for clock in lane.clocks for rung in clock.rungs for told in rung.tells]
    return frozenset((told.who, told.text) for told in tells)


def _lanes(flow: Flow) -> list[tuple[str, Lane]]:
    return [("", flow.main), *flow.lanes.items()]


def _moves(flow: Flow) -> list[Move]:
    return [flow.opening, *(move for _, lane in _lanes(flow) for move in lane.moves)]


def _states(words: frozenset[str] | set[str], lane: Lane, where: str) -> Iterator[str]:
    for word in sorted(set(words) - set(lane.by_key)):
        yield f"{where} names the unknown state {word!r}"


def _names(flow: Flow) -> Iterator[str]:
    """Names are unique, short, and mean one thing."""
    for name, lane in _lanes(flow):
        if len(lane.by_key) != len(lane.states) or not lane.states:
            yield f"lane {name or 'main'} needs states, each with its own name"
        keys = [clock.key for clock in lane.clocks]
        if len(set(keys)) != len(keys):
            yield f"lane {name or 'main'} has two clocks of one name"
        for key in [*lane.by_key, *keys, *(move.key for move in lane.moves), name]:
            if len(key) > _LONGEST_NAME:
                yield f"{key!r} is longer than {_LONGEST_NAME}"
    for key, ways in flow.by_key.items():
        if len({lane for lane, _ in ways}) > 1 or key in (flow.opening.key, "ring"):
            yield f"move {key} means two things"
    for name in set(flow.lanes) & (RELATIONS | ROLES):
        yield f"lane {name} is named like a relation or role"


def _places(flow: Flow) -> Iterator[str]:
    """Every state, lane and move that is named is there."""
    for name, lane in _lanes(flow):
        yield from _states(lane.within, flow.main, f"lane {name} within")
        for move in lane.moves:
            named = move.source | ({move.target} - {"", BACK})
            yield from _states(named, lane, f"move {move.key}")
            yield from _states(move.during, flow.main, f"move {move.key} during")
            if move.during and not name:
                yield f"move {move.key}: `during` is for the moves of a lane"
            if move.then and not any(lane == "" for lane, _ in flow.by_key.get(move.then, ())):
                yield f"move {move.key} makes the unknown move {move.then}"
            if move.target in lane.by_key and lane.by_key[move.target].retired:
                yield f"move {move.key} goes to the retired state {move.target}"
    for move in _moves(flow):
        if move.adds and move.adds not in flow.lanes:
            yield f"move {move.key} adds to the unknown lane {move.adds}"
    for name in set(flow.lanes) - {move.adds for move in _moves(flow)}:
        yield f"lane {name} is never added to"
    if flow.opening.source or flow.opening.target:
        yield "the opening move starts in the first state and names no other"


def _people(flow: Flow) -> Iterator[str]:
    """Every relation, role and lens is known."""
    known = RELATIONS | ROLES | set(flow.lanes)
    for move in _moves(flow):
        for word in sorted({word for words in move.by for word in words} - known):
            yield f"move {move.key} is by the unknown {word}"
        for rule in move.holder:
            found = _RULES.fullmatch(rule)
            if found is None or (found[1] and found[1] not in ROLES):
                yield f"move {move.key} names the unknown holder rule {rule}"
        if move.seen and move.seen not in LENSES:
            yield f"move {move.key} is seen through the unknown lens {move.seen}"
    for who, text in sorted(texts_of(flow)):
        if who not in known | {"mover"} or not text:
            yield f"{who}:{text} tells nobody known, or nothing"
    for who, lens in flow.sees.items():
        if who not in known | {"delegate"} or lens not in LENSES:
            yield f"sees: {who} through {lens} is unknown"


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
            if isinstance(guard, Every | Some | Fewer):
                if guard.lane not in flow.lanes:
                    yield f"move {move.key}: the guard {guard} names an unknown lane"
                else:
                    words = frozenset(guard.states.split("|"))
                    yield from _states(words, flow.lanes[guard.lane], f"move {move.key}: {guard}")
            if isinstance(guard, Outside):
                words = frozenset(guard.states.split("|"))
                yield from _states(words, flow.main, f"move {move.key}: {guard}")


def _guard_moves(guard: Guard) -> set[str]:
    if isinstance(guard, AtMost | Made | NotWithin):
        return {guard.move}
    return set(guard.moves.split("|")) if isinstance(guard, Within) else set()


def _leaving(lane: Lane, key: str) -> list[Move]:
    """The moves that leave that state."""
    state = lane.by_key[key]
    return [
        move
        for move in lane.moves
        if move.target and (key in move.source if move.source else not state.end)
        and move.target != key
    ]  # fmt: skip


def _next(lane: Lane, key: str) -> set[str]:
    """The states one move away; BACK leads to every state that leads here."""
    found: set[str] = set()
    for move in _leaving(lane, key):
        if move.target != BACK:
            found.add(move.target)
            continue
        for other in lane.by_key:
            found |= {other for one in _leaving(lane, other) if one.target == key}
    return found


def _reach(lane: Lane, start: str) -> set[str]:
    seen, todo = {start}, [start]
    while todo:
        new = _next(lane, todo.pop()) - seen
        seen |= new
        todo += new
    return seen


def _ways(flow: Flow) -> Iterator[str]:
    """One start, every state reachable, no trap, a way to an end; nothing leaves an end unasked."""
    for name, lane in _lanes(flow):
        where = f"lane {name}: " if name else ""
        ends = {state.key for state in lane.states if state.end}
        reached = _reach(lane, lane.states[0].key)
        for state in lane.states:
            if state.key not in reached and not state.retired:
                yield f"{where}state {state.key} is never reached"
            if (ends or not name) and not _reach(lane, state.key) & ends:
                yield f"{where}state {state.key} is a trap: no way leads to an end"
        for end in ends:
            for move in _leaving(lane, end):
                if move.key not in _AFTER_THE_END:
                    yield f"{where}move {move.key} leaves the end {end}"


def _waiting(flow: Flow) -> Iterator[str]:
    """Whoever is waited on can act: a person, or a clock that runs there and makes the move."""
    for name, lane in _lanes(flow):
        for state in lane.states:
            moves = _leaving(lane, state.key)
            if state.end or state.retired or not (moves or not name):
                continue
            if not any(_can_act(flow, name, lane, state.key, move) for move in moves):
                yield f"state {state.key}: nobody who is waited on can act"
        for clock in lane.clocks:
            for rung in clock.rungs:
                if rung.makes and not _makes(flow, name, clock.runs, rung.makes):
                    yield f"clock {clock.key} makes {rung.makes}, which no clock can make there"


def _can_act(flow: Flow, name: str, lane: Lane, key: str, move: Move) -> bool:
    if move.is_by(CLOCK):
        return any(
            key in clock.runs and any(rung.makes == move.key for rung in clock.rungs)
            for clock in lane.clocks
        )
    if not move.is_by(FLOW):
        return True
    # A move by the flow waits for somebody in a lane, for a request that makes it, or for a fact.
    lanes = [other for n, other in _lanes(flow) if n != name]
    return any(not one.within or key in one.within for one in lanes) or bool(move.when)


def _makes(flow: Flow, name: str, runs: frozenset[str], key: str) -> bool:
    for lane, move in flow.by_key.get(key, ()):
        if move.is_by(CLOCK) and (lane != name or not move.source or runs & move.source):
            return True
    return False


def _holders(flow: Flow) -> Iterator[str]:
    """Never ownerless: the opening names a holder, and so does an owner who gives a case up."""
    if not flow.opening.holder:
        yield "the opening move names no holder"
    for move in flow.main.moves:
        gives_up = any(word in ("owner", "holder") for words in move.by for word in words)
        target = flow.main.by_key.get(move.target)
        if not gives_up or target is None or target.end or move.holder:
            continue
        waited = {w for one in _leaving(flow.main, target.key) for words in one.by for w in words}
        if waited & ROLES and not waited & {"owner", "holder", "raiser"}:
            yield f"move {move.key} gives the case up to nobody: it needs a holder"


def _deadlines(flow: Flow) -> Iterator[str]:
    """Clocks run in known states, for a known time, with rungs that can be told from each other."""
    for name, lane in _lanes(flow):
        for clock in lane.clocks:
            where = f"clock {clock.key}"
            yield from _states(clock.runs | clock.pauses, lane, where)
            for key in sorted(clock.met - set(flow.by_key)):
                yield f"{where} is met by the unknown move {key}"
            if bool(clock.length) == bool(clock.until):
                yield f"{where} needs either a length or `until`"
            if isinstance(clock.length, tuple) is not bool(clock.of):
                yield f"{where}: `of` names the fact that chooses among several lengths"
            for text in _lengths(clock.length):
                yield from _span(text, where)
            for rung in clock.rungs:
                if not _RUNG.fullmatch(rung.at) or (clock.until and rung.at.endswith("%")):
                    yield f"{where} has a rung at {rung.at!r}"
        for move in lane.moves:
            keys = {clock.key for clock in flow.main.clocks}
            for key in sorted({*move.resets, *(key for key, _ in move.extends)} - keys):
                yield f"move {move.key} changes the unknown clock {key}"
            for _, by in move.extends:
                yield from () if by.endswith("%") else _span(by, f"move {move.key}")
    for move in _moves(flow):
        for guard in move.when:
            if isinstance(guard, Within | NotWithin):
                yield from _span(guard.span, f"move {move.key}")


def _lengths(length: str | tuple[tuple[str, str], ...]) -> list[str]:
    if isinstance(length, tuple):
        return [span for _, span in length]
    return [length] if length and not length.startswith("@") else []


def _span(text: str, where: str) -> Iterator[str]:
    try:
        spans.parse(text)
    except ValueError as no:
        yield f"{where}: {no}"


_FINDERS: tuple[Callable[[Flow], Iterator[str]], ...] = (
    _names, _places, _people, _asked, _guards, _ways, _waiting, _holders, _deadlines,
)  # fmt: skip
