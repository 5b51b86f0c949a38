"""From a form to what a move is given: the fields this move asks for, and no other.

Two moves may share one form: the resident's answer and her wish to have it done again.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from server.pages.moves import KINDS, ONLY_WHEN, needs_of
from server.views.case_shapes import MoveShape
from server.web import Form

EVERY_FIELD = (
    "text reason question call unit post assist longer category until into outcome solved rating"
).split()


def offered_move(moves: Iterable[MoveShape], key: str, row: int | None) -> MoveShape | None:
    """The move this form is for, if it is still offered."""
    theirs = [move for move in moves if move.key == key]
    named = [move for move in theirs if row is not None and move.row == row]
    return next(iter(named or theirs), None)


def fields_of(offered: MoveShape | None) -> tuple[str, ...]:
    """What the move asks for; of a move no longer offered everything there is."""
    return tuple(needs_of(offered)) if offered else (*EVERY_FIELD, "photos")


def given_of(
    form: Form, move: str, offered: MoveShape | None, photo_ids: tuple[UUID, ...]
) -> dict[str, Any]:
    """What is given with the move. What matters only after another choice is left out."""
    asked = fields_of(offered)
    given: dict[str, Any] = {
        name: form.all(name) if KINDS.get(name) == "checks" else form.first(name)
        for name in asked
        if name != "photos" and form.first(name).strip() and _matters(form, move, name)
    }
    if photo_ids and "photos" in asked:
        given["photos"] = list(photo_ids)
    return given


def _matters(form: Form, move: str, name: str) -> bool:
    condition = ONLY_WHEN.get((move, name))
    if not condition:
        return True
    field, _, value = condition.partition(":")
    return form.first(field) == value
