"""From the moves a person may make to forms: which comes first, what it asks, in whose words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from msgspec import UNSET

from server.flows import CALLS
from server.pages.rendering import Typed
from server.pages.words import Words
from server.views.case_shapes import CasePage, MoveShape
from server.views.shapes import OptionShape

MAIN_FIRST = (
    "answer",
    "confirm",
    "appeal",
    "rectify",
    "pass",
    "grant_extend",
    "grant_hang",
    "help",
    "accept",
    "sign",
    "rule_dispute",
    "resolve",
    "self_handle",
    "dispatch",
    "rate",
)
BESIDE = {  # what one may do beside carrying the case on
    "add_assist", "ask", "ask_extend", "ask_hang", "contact", "progress", "reassign", "supervise",
    "urge",
}  # fmt: skip
FAR = BESIDE | {"classify", "merge", "add_photos"}  # not on a line of the inbox while others are
NEVER_MAIN = FAR | {
    "return", "decline", "withdraw", "reopen", "refuse_extend", "refuse_hang", "decline_assist",
    "deduct", "uphold", "reverse",  # none of them is to be the nearest at hand
    *CALLS,  # their place is beside the number
}  # fmt: skip
ELSEWHERE = {"second"}  # joined from the code's page, which proves one was there
KINDS = {
    "photos": "photos",
    "until": "date",
    "into": "line",
    "outcome": "choice",
    "solved": "choice",
    "rating": "choice",
    "unit": "select",
    "post": "select",
    "longer": "choice",
    "assist": "checks",
    "category": "select",
}
# Fields that matter only after one of the choices; a script hides them until then.
ONLY_WHEN = {
    ("resolve", "until"): "outcome:planned",
    ("resolve", "unit"): "outcome:not_ours",
    ("resolve", "reason"): "outcome:not_ours",
}
_ABOUT = re.compile("[，（？]")  # 为什么退回，居民和街道都看得到
ICONS = {
    "accept": "check",
    "add_assist": "people",
    "add_photos": "photo",
    "answer": "talk",
    "answer_by_phone": "check",
    "appeal": "return",
    "ask": "talk",
    "ask_extend": "clock",
    "ask_hang": "pause",
    "call_missed": "cross",
    "classify": "list",
    "contact": "phone",
    "decline": "cross",
    "deduct": "remove",
    "decline_assist": "cross",
    "dispatch": "swap",
    "grant_extend": "check",
    "grant_hang": "check",
    "help": "check",
    "merge": "swap",
    "pass": "check",
    "progress": "bell",
    "reassign": "person",
    "rectify": "check",
    "refuse_extend": "cross",
    "refuse_hang": "cross",
    "reopen": "return",
    "reopen_by_phone": "return",
    "resolve": "check",
    "return": "return",
    "reverse": "return",
    "rule_dispute": "swap",
    "self_handle": "walk",
    "sign": "check",
    "supervise": "late",
    "uphold": "check",
    "urge": "bell",
    "withdraw": "remove",
}


@dataclass(frozen=True, slots=True)
class MoveField:
    """One thing a move asks for."""

    name: str
    kind: str  # text line date choice select checks photos
    label: str
    hint: str
    required: bool
    options: tuple[OptionShape, ...]
    only_when: str = ""  # "outcome:planned"
    first: str = ""  # of a select: what leaving it alone means
    needed: bool = False  # of photos: without one the move is not made


@dataclass(frozen=True, slots=True)
class MoveForm:
    """One move as a form on a page; `prefix` keeps ids apart where a page has several."""

    key: str
    title: str
    go: str
    icon: str
    fields: tuple[MoveField, ...]
    row: int | None
    main: bool
    prefix: str
    typed: Typed
    asked: str = ""  # what is granted or refused by it

    def named(self, name: str) -> str:
        """A field as its label calls it, without what the label says about it; "" of none."""
        label = next((field.label for field in self.fields if field.name == name), "")
        return _ABOUT.split(label, maxsplit=1)[0]


def move_forms(case: CasePage, words: Words, typed: Typed) -> tuple[MoveForm, ...]:
    """A form for every move offered; the one that matters most is `main` and comes first."""
    offered = [move for move in case.moves if move.key not in ELSEWHERE]
    main = main_move(offered)
    ordered = sorted(offered, key=lambda move: (move is not main, move.key in NEVER_MAIN))
    return tuple(
        form_of(move, words, typed, is_main=move is main, evidence=case.evidence or "")
        for move in ordered
    )


def main_move(moves: Iterable[MoveShape]) -> MoveShape | None:
    """The move that carries the case on; none where only ways out are left."""
    candidates = [move for move in moves if move.key not in NEVER_MAIN]
    rank = {key: place for place, key in enumerate(MAIN_FIRST)}
    return min(candidates, key=lambda move: rank.get(move.key, len(rank)), default=None)


def form_of(
    move: MoveShape, words: Words, typed: Typed, *, is_main: bool, evidence: str = ""
) -> MoveForm:
    """The form of one move; `evidence` is what the end of this case is to be shown with."""
    row = None if move.row is UNSET else move.row
    prefix = move.key if row is None else f"{move.key}-{row}"
    return MoveForm(
        key=move.key,
        title=move.title,
        go=_go(move, words),
        icon=ICONS.get(move.key, "list"),
        fields=tuple(
            _field(name, required, move, words, evidence)
            for name, required in needs_of(move).items()
        ),
        row=row,
        main=is_main,
        prefix=prefix,
        typed=typed if typed.move == move.key else Typed(typed.key),
        asked="" if move.asked is UNSET else move.asked,
    )


def needs_of(move: MoveShape) -> dict[str, bool]:
    """Name by name, whether it must be given; of "a|b" neither must, the law says which."""
    found: dict[str, bool] = {}
    for need in move.needs:
        names = need.rstrip("?").split("|")
        must = not need.endswith("?") and len(names) == 1
        for name in names:
            found[name] = found.get(name, False) or must
    return found


def _field(name: str, required: bool, offered: MoveShape, words: Words, evidence: str) -> MoveField:
    move, kind = offered.key, KINDS.get(name, "text")
    options = {} if offered.options is UNSET else offered.options
    if kind in ("choice", "select", "checks") and name not in options:
        kind = "line"
    return MoveField(
        name=name,
        kind=kind,
        label=_said(words, "label", move, name) or name,
        hint=_said(words, f"expected.{evidence}", move, name) or _said(words, "hint", move, name),
        needed=required and kind == "photos",
        required=required and kind != "photos",
        options=tuple(options.get(name, ())),
        only_when=ONLY_WHEN.get((move, name), ""),
        first=_said(words, "first", move, name),
    )


def _said(words: Words, what: str, move: str, name: str) -> str:
    keys = (f"field.{move}.{name}.{what}", f"field.{name}.{what}")
    return next((words.entries[key] for key in keys if key in words.entries), "")


@dataclass(frozen=True, slots=True)
class Button:
    """A move on a line of the inbox: pressed at once, or a way to its form on the case page."""

    key: str
    title: str
    icon: str
    main: bool
    at_once: bool
    row: int | None


def buttons(moves: Iterable[MoveShape], words: Words, most: int = 2) -> tuple[Button, ...]:
    """The main move and one other, enough for a phone held in one hand."""
    offered = list(moves)
    main = main_move(offered)
    ordered = sorted(offered, key=lambda move: (move is not main, move.key in FAR))[:most]
    return tuple(
        Button(
            key=move.key,
            title=_go(move, words),
            icon=ICONS.get(move.key, "list"),
            main=move is main,
            at_once=all(need.endswith("?") for need in move.needs),
            row=None if move.row is UNSET else move.row,
        )
        for move in ordered
    )


def _go(move: MoveShape, words: Words) -> str:
    key = f"move.{move.key}.go"
    return words.entries.get(key, move.title)
