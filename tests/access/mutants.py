"""Every rule of access with one grant or one clause of it left out, made from the rules as written.

A rule that is added is spoilt here as well, and has to be noticed by the matrix; or it stands in
`no_difference.py`, with the reason.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from types import FunctionType, ModuleType

from server.base.viewer import OUTSIDE_ROLES
from server.flows import FLOWS
from server.flows.guards import AnotherThan
from server.flows.structure import ANYONE, Move
from tests.access.deciding import CASE, DECIDING, MOVE
from tests.access.knocking import declared
from tests.access.spoiling import functions_of, set_to, spoilt


@dataclass(frozen=True, slots=True)
class Mutant:
    """One rule spoilt. What has to be asked to notice it is narrowed where that is known: to some
    addresses, to the calls about one move, to those of one question; some people are asked first.
    """

    name: str
    spoil: Callable[[], AbstractContextManager[None]]
    where: tuple[str, ...] = ()
    about: str = ""
    question: str = ""
    first: str = ""


def of_addresses() -> Iterator[Mutant]:
    """Each declaration of who may call, wider by one thing, or without one of its roles."""
    for route, said in declared().items():
        whole = said.access
        wider = {
            "an account": whole.account and replace(whole, account=False, posts=False, roles=()),
            "a post": whole.posts and replace(whole, posts=False, roles=()),
            "a role": whole.roles and replace(whole, roles=()),
            "a second factor": whole.stepped_up and replace(whole, stepped_up=False),
            "hiding": whole.hides and replace(whole, hides=False),
        } | {
            f"the {role}": replace(whole, roles=tuple(one for one in whole.roles if one != role))
            for role in whole.roles
        }
        for lacks, spoilt_access in wider.items():
            if spoilt_access:
                yield Mutant(
                    f"{route} without {lacks}",
                    lambda d=said, a=spoilt_access: set_to(d, "access", a),
                    (route,),
                )


def of_the_law() -> Iterator[Mutant]:
    """Each move open to anyone, or closed to one of those it is for, or made by whom it names as
    another; each word that sees, and those that keep a shop seeing what is reported at its door.
    """
    for flow in FLOWS.values():
        lanes = (flow.main, *flow.lanes.values())
        moves = [one for lane in lanes for one in lane.moves]
        for move in (one for one in moves if not _only_by_itself(one)):
            for name, by in _ways(move):
                name += _where(move, moves)
                yield Mutant(name, lambda m=move, b=by: set_to(m, "by", b), (MOVE,), move.key)
            for other in (one for one in move.when if isinstance(one, AnotherThan)):
                rest = tuple(one for one in move.when if one is not other)
                name = f"{move.key} is for the {other.fact} as well"
                yield Mutant(name, lambda m=move, r=rest: set_to(m, "when", r), (CASE,), "offers")
        for word in flow.sees:
            name = f"{word} sees nothing" + (f" of a {flow.key}" if flow.in_office else "")
            fewer = {one: lens for one, lens in flow.sees.items() if one != word}
            yield Mutant(name, lambda f=flow, s=fewer: set_to(f, "sees", s), (CASE, MOVE), "offers")
        for role in () if flow.in_office else OUTSIDE_ROLES:
            more = {**flow.sees, role: "work"}
            name = f"{role} sees every {flow.key} of the area"
            yield Mutant(name, lambda f=flow, s=more: set_to(f, "sees", s), (CASE,))


def _ways(move: Move) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    """Whom else the move might be for."""
    yield f"{move.key} is for anyone", ((ANYONE,),)
    for by in move.by if len(move.by) > 1 else ():
        if by != ("clock",):
            yield f"{move.key} is not for {'&'.join(by)}", tuple(b for b in move.by if b != by)


def _where(move: Move, moves: list[Move]) -> str:
    """What tells it from another way of the same move, for the same, under fewer conditions."""
    ways = [set(one.when) for one in moves if (one.key, one.by) == (move.key, move.by)]
    fewer = next((when for when in ways if when < set(move.when)), None)
    more = [str(guard) for guard in move.when if fewer is not None and guard not in fewer]
    return f" where {' and '.join(more)}" if more else ""


def of_the_code() -> Iterator[Mutant]:
    """Each function that decides, without one of its clauses."""
    for rule in DECIDING:
        for function in _named(rule.module, rule.names.split()):
            for one in spoilt(function):
                yield Mutant(
                    one.name, one.in_place, rule.where, rule.about, rule.question, rule.first
                )


def _named(module: ModuleType, names: list[str]) -> list[FunctionType]:
    found = [one for one in functions_of(module) if not names or one.__qualname__ in names]
    assert not names or len(found) == len(names), f"{module.__name__} has not all of {names}"
    return found


def _only_by_itself(move: Move) -> bool:
    """Made by the flow, a clock, or an action of its own: nobody can ask for it by name."""
    return all(by in (("flow",), ("clock",), ("grant",)) for by in move.by)
