"""Every rule of access with one grant or one clause of it left out, made from the rules as written.

A rule that is added is spoilt here as well, and has to be noticed by the matrix.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from types import FunctionType, ModuleType

from miniapp_api import cases as phone_cases
from miniapp_api import photos as phone_photos
from server.cases import moving, queries, unmasking
from server.cases.clerks import callback
from server.cases.sight import lenses, pictures, receipts, relations, scope
from server.catalogue import outages
from server.flows import FLOWS, standing
from server.flows.notation import ANYONE
from server.views import callbacks as calls
from server.views import export, items, people, timeline
from server.web import access
from tests.access.knocking import declared
from tests.access.spoiling import functions_of, spoilt

CASE, PHOTO = "GET /m/v1/cases/<number>", "GET /m/v1/photos/<photo_id:uuid>"
MOVE, SECOND = "POST /m/v1/cases/<number>/moves/<move>", "POST /m/v1/cases/<number>/second"
UNMASK, RECEIPT = "POST /m/v1/cases/<number>/unmask", "GET /cases/<number>/receipt"
DESK, EXPORT, CALLS, CALL = (
    "GET /desk", "POST /desk/export", "GET /callbacks", "POST /callbacks/<number>",
)  # fmt: skip
LISTS = ("GET /m/v1/cases", "GET /c/<token>", "GET /bulk", DESK)
OUTAGE = "POST /desk/outages/<outage_id:uuid>/end"

# Where it is decided how somebody stands to a row and how much of it that shows: the functions of
# each module ("" all of them), and the addresses that have to notice when one is spoilt.
DECIDING: tuple[tuple[ModuleType, str, tuple[str, ...]], ...] = (
    (relations, "", (CASE, UNMASK, PHOTO, CALL, SECOND, RECEIPT)),
    (lenses, "", (CASE, PHOTO, *LISTS)),
    (scope, "area may_see _held not_about", (DESK, EXPORT)),
    (pictures, "may_see_photo said_by_resident", (PHOTO, CASE)),
    (receipts, "", (RECEIPT,)),
    (unmasking, "", (CASE, UNMASK)),
    (callback, "find_to_call _where", (CALLS, CALL)),
    (queries, "find_case find_cases find_number", (CASE, *LISTS)),
    (queries, "list_mine list_mine_here list_here list_before", (*LISTS, "GET /mine", CASE)),
    (queries, "_todo_ways _as_resident", LISTS),
    (outages, "end _announcing", (OUTAGE,)),
    (people, "raiser_shape _masked", (CASE,)),
    (items, "case_item", LISTS),
    (export, "export_list _line _raiser", (EXPORT,)),
    (timeline, "_line _shows_words _may_see", (CASE,)),
    (calls, "_item", (CALLS,)),
    (access, "Access.check", ("GET /m/v1/me", "GET /callbacks", "POST /me/otp/paper", DESK)),
    (phone_photos, "_picture _may_see", (PHOTO,)),
    (phone_cases, "_staff_only", ("GET /m/v1/cases",)),
)

# The same of moves, which leave their traces in every list.
DECIDING_MOVES: tuple[tuple[ModuleType, str, tuple[str, ...]], ...] = (
    (moving, "move_once join_once", (SECOND, MOVE)),
    (standing, "standing _as _holding", (MOVE,)),
    (standing, "without_accused is_accused", (CASE, MOVE)),
)

# Left out, these change nothing for anybody: each with the reason.
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
    "server.views.export.export_list without not viewer.holds(*EXPORT_ROLES)": "so does the address",
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
        for lane in (flow.main, *flow.lanes.values()):
            for move in lane.moves:
                if _only_by_itself(move):
                    continue
                ways = [(f"{move.key} is for anyone", ((ANYONE,),))]
                if len(move.by) > 1:
                    ways += [
                        (
                            f"{move.key} is not for {'&'.join(by)}",
                            tuple(b for b in move.by if b != by),
                        )
                        for by in move.by
                        if by != ("clock",)
                    ]
                for name, by in ways:
                    yield Mutant(name, lambda m=move, b=by: set_to(m, "by", b), (MOVE,), move.key)
        for word in flow.sees:
            if f"{word} sees nothing" in NO_DIFFERENCE:
                continue
            fewer = {one: lens for one, lens in flow.sees.items() if one != word}
            yield Mutant(
                f"{word} sees nothing",
                lambda f=flow, s=fewer: set_to(f, "sees", s),
                (CASE, MOVE),
                "offers",
            )


def of_the_code() -> Iterator[Mutant]:
    """Each function that decides, without one of its clauses."""
    yield from _without_clauses(DECIDING)


def of_the_moves() -> Iterator[Mutant]:
    """The same of those by which a move is let in."""
    yield from _without_clauses(DECIDING_MOVES)


def _without_clauses(
    deciding: tuple[tuple[ModuleType, str, tuple[str, ...]], ...],
) -> Iterator[Mutant]:
    for module, names, where in deciding:
        for function in _named(module, names.split()):
            for one in spoilt(function):
                if one.name not in NO_DIFFERENCE:
                    yield Mutant(one.name, one.in_place, where)


def _named(module: ModuleType, names: list[str]) -> list[FunctionType]:
    found = [one for one in functions_of(module) if not names or one.__qualname__ in names]
    assert not names or len(found) == len(names), f"{module.__name__} has not all of {names}"
    return found


def _only_by_itself(move) -> bool:
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
