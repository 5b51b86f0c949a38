"""Is a flow fit to be law? Every fault is found at import, before anybody is stuck in a case."""

from collections.abc import Iterator

from server.flows.errors import Unsound
from server.flows.structure import BACK, CLOCK, FLOW, GRANT, ROLES, Flow, Lane, Move
from server.flows.wording import lanes_of, misspelt

_AFTER_THE_END = frozenset({"reopen", "appeal", "archive"})


def check(flow: Flow) -> Flow:
    """The flow itself if it is sound; Unsound with every fault otherwise."""
    faults = list(misspelt(flow))
    if not faults:
        faults = [fault for find in (_ways, _waiting, _holders) for fault in find(flow)]
    if faults:
        raise Unsound("\n".join(f"{flow.key}: {fault}" for fault in faults))
    return flow


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
    for name, lane in lanes_of(flow):
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
    for name, lane in lanes_of(flow):
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
    if not (move.is_by(FLOW) or move.is_by(GRANT)):
        return True
    # A move by the flow waits for somebody in a lane, for a request that makes it, or for a fact.
    lanes = [other for n, other in lanes_of(flow) if n != name]
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
