"""The book of flows as people read it: for every kind of case a diagram and its tables."""

from collections.abc import Iterable

from server.flows.structure import BACK, Clock, Flow, Lane, Move, Told

HEAD = """# The kinds of case

Printed from `server/flows/` by `scripts/print-flows`; do not edit. A flow is a case's own lane and
the lanes beside it; a move is a step somebody may make. "any" as a source is any open state,
"stays" as a target changes no state, "back" leads to where the row came from.
"""


def book(flows: Iterable[Flow]) -> str:
    """The whole of docs/flows.md."""
    return "\n".join([HEAD, *(_chapter(flow) for flow in flows)])


def _chapter(flow: Flow) -> str:
    parts = [
        f"## {flow.title} `{flow.key}`, version {flow.version}\n",
        f"Opened by {_by(flow.opening)}; asks {_asks(flow.opening)}; "
        f"{_consequences(flow.opening)}.\n",
    ]
    if flow.in_office:
        parts += ["Opened in office: raised by no resident, on no sign and on no desk.\n"]
    for name, lane in (("", flow.main), *flow.lanes.items()):
        parts += [f"### {'The case' if not name else f'Lane `{name}`'}\n"]
        if lane.within:
            parts += [f"Only while the case is {_list(lane, lane.within)}.\n"]
        parts += [_diagram(lane), _states(lane), _moves(lane), _clocks(lane)]
    if flow.endings:
        endings = ", ".join(f"`{key}` {title}" for key, title in flow.endings.items())
        parts += [f"Endings: {endings}.\n"]
    sees = ", ".join(f"{who}: {lens}" for who, lens in flow.sees.items())
    return "\n".join([*parts, f"Who sees it, through which lens: {sees}.\n"])


def _diagram(lane: Lane) -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {lane.states[0].key}"]
    lines += [f"    {state.key}: {state.title}" for state in lane.states]
    for move in lane.moves:
        if not move.target or (move.source and move.target in move.source):
            continue
        sources = move.source or {state.key for state in lane.states if not state.end}
        for source in _ordered(lane, sources):
            target = "[*]" if move.target == BACK else move.target
            arrow = "(back)" if move.target == BACK else ""
            lines.append(f"    {source} --> {target}: {move.title}{arrow}")
    lines += [f"    {state.key} --> [*]" for state in lane.states if state.end]
    return "\n".join([*dict.fromkeys(lines), "```\n"])


def _states(lane: Lane) -> str:
    rows = ["| state | staff read | residents read | comes next | |", "|---|---|---|---|---|"]
    for state in lane.states:
        marks = {"end": state.end, "rests": state.rests, "retired": state.retired}
        marked = ", ".join(word for word, holds in marks.items() if holds)
        said = [state.next] if state.next else []
        comes = "; ".join([*said, *(f"{lens}: {words}" for lens, words in state.next_for)])
        rows.append(f"| `{state.key}` | {state.title} | {state.public} | {comes} | {marked} |")
    return "\n".join([*rows, ""])


def _moves(lane: Lane) -> str:
    rows = ["| move | who | from → to | asks | follows |", "|---|---|---|---|---|"]
    for move in lane.moves:
        source = _list(lane, move.source) if move.source else "any"
        target = {"": "stays", BACK: "back"}.get(move.target, f"`{move.target}`")
        cells = [f"`{move.key}` {move.title}", _by(move), f"{source} → {target}", _asks(move)]
        rows.append(f"| {' | '.join([*cells, _consequences(move)])} |")
    return "\n".join([*rows, ""])


def _consequences(move: Move) -> str:
    said = [f"if {guard!s}".replace("|", " or ") for guard in move.when]
    if move.during:
        said.append(f"while the case is {' or '.join(sorted(move.during))}")
    if move.holder:
        said.append(f"held by {' or else '.join(move.holder)}")
    said += [f"{word} {value}" for word, value in (
        ("adds to", move.adds), ("makes", move.then), ("deed", move.deed),
        ("seen through", move.seen), ("remembers its maker as", move.remembers),
    ) if value]  # fmt: skip
    said += [f"{name} := {value or 'nothing'}" for name, value in move.sets]
    said += [f"clock {key} reckoned anew" for key in move.resets]
    said += [f"clock {key} + {by}" for key, by in move.extends]
    return "; ".join([*said, *_tells(move.tells)])


def _clocks(lane: Lane) -> str:
    if not lane.clocks:
        return ""
    rows = ["| clock | length | runs | rests, is met | rungs |", "|---|---|---|---|---|"]
    for clock in lane.clocks:
        rests = [f"pauses in {_list(lane, clock.pauses)}"] if clock.pauses else []
        rests += [f"met by {', '.join(sorted(clock.met))}"] if clock.met else []
        rungs = [
            f"{rung.at}: {'; '.join([*_tells(rung.tells), *([rung.makes] if rung.makes else [])])}"
            for rung in clock.rungs
        ]
        cells = [f"`{clock.key}` {clock.title}", _length(clock), _list(lane, clock.runs)]
        rows.append(f"| {' | '.join([*cells, '; '.join(rests), '; '.join(rungs)])} |")
    return "\n".join([*rows, ""])


def _length(clock: Clock) -> str:
    if clock.until:
        return f"until {clock.until}"
    if isinstance(clock.length, str):
        return clock.length
    return f"by {clock.of}: " + ", ".join(f"{key} {span}" for key, span in clock.length)


def _asks(move: Move) -> str:
    return " ".join(f"`{need}`" for need in move.needs).replace("|", "\\|")


def _by(move: Move) -> str:
    return " or ".join(" and ".join(words) for words in move.by)


def _tells(tells: tuple[Told, ...]) -> list[str]:
    if not tells:
        return []
    return ["tells " + ", ".join(f"{told.who} “{told.text}”" for told in tells)]


def _ordered(lane: Lane, keys: Iterable[str]) -> list[str]:
    known = [state.key for state in lane.states]
    return sorted(keys, key=lambda key: known.index(key) if key in known else len(known))


def _list(lane: Lane, keys: Iterable[str]) -> str:
    return ", ".join(f"`{key}`" for key in _ordered(lane, sorted(keys)))
