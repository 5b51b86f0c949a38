"""Every rule of access with one grant or one clause of it left out, made from the rules as written.

A rule that is added is spoilt here as well, and has to be noticed by the matrix.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from types import FunctionType, ModuleType

from server.cases.sight import lenses, relations, scope
from server.flows import FLOWS
from server.flows.notation import ANYONE, Move
from tests.access.knocking import declared
from tests.access.spoiling import functions_of, spoilt

CASE, DESK = "GET /m/v1/cases/<number>", "GET /desk"
MOVE, UNMASK = "POST /m/v1/cases/<number>/moves/<move>", "POST /m/v1/cases/<number>/unmask"

# Where it is decided how somebody stands to a case and how much of it that shows: the functions of
# each module ("" all of them), and the addresses that have to notice when one is spoilt.
DECIDING: tuple[tuple[ModuleType, str, tuple[str, ...]], ...] = (
    (relations, "accused posts_in reaches is_raiser is_filer relations unit_ids", (CASE, DESK)),
    (relations, "_rows_of _is_person_of _is_post_of _among", (CASE,)),
    (relations, "holds_case", (UNMASK,)),
    (lenses, "", (CASE,)),
    (scope, "area may_see _held not_about", (DESK,)),
)

# Left out, these change nothing for anybody who asks here: each with the reason.
_A_PARTY = "whoever holds a row is a party of the case, and sees as much"
NO_DIFFERENCE = {
    "owner sees nothing": _A_PARTY,
    "holder sees nothing": _A_PARTY,
    "assist sees nothing": _A_PARTY,
    "extend_ask sees nothing": _A_PARTY,
    "hang_ask sees nothing": _A_PARTY,
    "visitor sees nothing": "nobody sees a case by visiting its sign, only that it is there",
    "GET /mine without hiding": "nothing on it could be missing",
    "POST /desk/export without a post": "whoever makes the list asks for the role again",
    "POST /desk/export without a role": "whoever makes the list asks for the role again",
    "server.cases.sight.relations.accused without post.id == case.about_post_id": (
        "a complaint about a post is one about its unit"
    ),
    "server.cases.sight.relations.relations without _among(case.parties, 'caller', posts)": (
        "who rang may still ring"
    ),
    "server.cases.sight.relations._is_post_of without row.post_id is not None": (
        "a post always has an id"
    ),
    "server.cases.sight.relations._is_post_of without row.post_id is not None"
    " and post.id == row.post_id": ("who holds alone watches over the place"),
    "server.cases.sight.relations._rows_of without _is_post_of(row, posts)": _A_PARTY,
    "server.cases.sight.relations._among without one.relation == relation": (
        "a party by post sees the same in any relation"
    ),
    "server.cases.sight.relations._is_person_of without row.key_hash is not None": (
        "no key has an empty hash"
    ),
    "server.cases.sight.lenses.sees_raiser without lens == 'work'": ("asked of own and work alone"),
    "server.cases.sight.lenses.sees_raiser without lens == 'own'": ("her own page does not ask"),
    "server.cases.sight.scope._held without p.relation IN ('holder', 'filer', 'caller')": (
        "in any other relation nobody stands by a post"
    ),
    "server.cases.sight.scope.may_see without not viewer.posts": (
        "no post, no area, no unit: nothing is listed"
    ),
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One rule spoilt; `where` narrows what has to be asked to notice, where that is known."""

    name: str
    spoil: Callable[[], AbstractContextManager[None]]
    where: tuple[str, ...] = ()
    about: str = ""


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
            name = f"{route} without {lacks}"
            if spoilt_access and name not in NO_DIFFERENCE:
                yield Mutant(
                    name, lambda d=said, a=spoilt_access: set_to(d, "access", a),
                    (route,),
                )  # fmt: skip


def of_the_law() -> Iterator[Mutant]:
    """Each move open to anyone, or closed to one of those it is for; each word that sees."""
    for flow in FLOWS.values():
        lanes = (flow.main, *flow.lanes.values())
        for move in (one for lane in lanes for one in lane.moves if not _only_by_itself(one)):
            for name, by in _ways(move):
                yield Mutant(name, lambda m=move, b=by: set_to(m, "by", b), (MOVE,), move.key)
        for word in flow.sees:
            name = f"{word} sees nothing"
            fewer = {one: lens for one, lens in flow.sees.items() if one != word}
            if name not in NO_DIFFERENCE:
                yield Mutant(
                    name, lambda f=flow, s=fewer: set_to(f, "sees", s), (CASE, MOVE), "offers"
                )


def _ways(move: Move) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    """Whom else the move might be for."""
    yield f"{move.key} is for anyone", ((ANYONE,),)
    for by in move.by if len(move.by) > 1 else ():
        if by != ("clock",):
            yield f"{move.key} is not for {'&'.join(by)}", tuple(b for b in move.by if b != by)


def of_the_code() -> Iterator[Mutant]:
    """Each function that decides, without one of its clauses."""
    for module, names, where in DECIDING:
        for function in _named(module, names.split()):
            for one in spoilt(function):
                if one.name not in NO_DIFFERENCE:
                    yield Mutant(one.name, one.in_place, where)


def _named(module: ModuleType, names: list[str]) -> list[FunctionType]:
    found = [one for one in functions_of(module) if not names or one.__qualname__ in names]
    assert not names or len(found) == len(names), f"{module.__name__} has not all of {names}"
    return found


def _only_by_itself(move: Move) -> bool:
    """Made by the flow, a clock, or an action of its own: nobody can ask for it by name."""
    return all(by in (("flow",), ("clock",), ("grant",)) for by in move.by)


@contextmanager
def set_to(thing: object, name: str, value: object) -> Iterator[None]:
    """This field of a frozen thing is another, until the block ends."""
    sound = getattr(thing, name)
    object.__setattr__(thing, name, value)
    try:
        yield
    finally:
        object.__setattr__(thing, name, sound)
