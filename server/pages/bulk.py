"""批量办理: choose several on a list, say once what is to be done, and see which of them went."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import cases, views
from server.base.errors import Failure, FieldError, Invalid
from server.pages.drawing import face, new_key, own_address, show, with_word
from server.pages.given import fields_of, given_of
from server.pages.moves import form_of
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.trust import ReplayKey
from server.views.list_shapes import BulkCard, BulkItem
from server.web import Form, Routes, parse, replay_key, see_other, staff, typed, viewer

routes = Routes(kind="page")
PATH = "/bulk"
UNCHOSEN = "nothing"  # ?done=nothing: a button was pressed and nothing was ticked
# The moves that may be made for many at once. One more word here is all another takes.
BULK_MOVES = ("accept", "sign", "dispatch", "reassign", "merge", "progress")
MOST = 50
_CHOSEN = re.compile(r"(\d{12}):(\d{1,9})", re.ASCII)


class BulkForm(Struct, frozen=True, kw_only=True):
    """The move, and each case as it was seen: number:version."""

    move: str
    case: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case; `why` is empty where it went."""

    number: str
    item: BulkItem | None
    why: str = ""


class NotForMany(Invalid):
    code = "not-for-many"
    sentence = "这一步不能批量办，请一件一件来。"


class TooManyChosen(Invalid):
    code = "too-many-chosen"
    sentence = "一次最多办{most}件，请少选几件。"


@routes.get(PATH, access=staff())
async def get_bulk(request: Request) -> HTTPResponse:
    """The chosen cases, which of them the move is open to, and the form to be filled in once."""
    move, numbers = request.args.get("move", ""), request.args.getlist("case", [])
    back = own_address(request.args.get("back", ""), "/desk")
    if not numbers:
        return see_other(with_word(back, done=UNCHOSEN) + "#unchosen")
    _refuse(move, numbers)
    card = await views.bulk_card(move, numbers, viewer(request))
    return await _show_form(request, move, card, back, Typed(new_key(), move=move))


@routes.post(PATH, access=staff(), body=BulkForm, rate="move", keyed=True)
async def post_bulk(request: Request) -> HTTPResponse:
    """Make the move in each case, each a unit of its own; then say which went and which did not.

    Sent twice, each case is moved once: its key follows from the form's.
    """
    sent, form = parse(request, BulkForm), typed(request) or Form()
    _refuse(sent.move, sent.case)
    chosen = (_CHOSEN.fullmatch(one) for one in sent.case)
    seen = {found[1]: int(found[2]) for found in chosen if found}
    given = given_of(form, sent.move, None, ())
    known = await views.bulk_items(list(seen), viewer(request))
    wrong: dict[str, Failure] = {}
    for number, version in seen.items():
        try:
            await _make(request, number, version, sent.move, given)
        except Failure as no:
            wrong[number] = no
    back = own_address(form.first("back"), "/desk")
    if wrong and len(wrong) == len(seen) and all(isinstance(no, Invalid) for no in wrong.values()):
        return await _again(request, sent.move, form, next(iter(wrong.values())), back)
    outcomes = [
        Outcome(number, known.get(number), wrong[number].detail if number in wrong else "")
        for number in seen
    ]
    return await _show_outcomes(request, sent.move, outcomes, back)


async def _make(
    request: Request, number: str, version: int, move: str, given: dict[str, Any]
) -> None:
    asked = replay_key(request)
    summed = hashlib.sha256(repr((number, version, move, sorted(given.items()))).encode())
    own = ReplayKey(
        actor=asked.actor,
        route=asked.route,
        key=hashlib.sha256(f"{asked.key}-{number}".encode()).hexdigest(),
        body_hash=summed.digest(),
    )
    await cases.make_move(
        number, move, by=viewer(request), given=given, seen_version=version, asked=own
    )


def _refuse(move: str, chosen: Sequence[str]) -> None:
    if move not in BULK_MOVES:
        raise NotForMany(FieldError("move", NotForMany.code, NotForMany.sentence))
    if len(chosen) > MOST:
        raise TooManyChosen(most=MOST)


async def _again(
    request: Request, move: str, form: Form, wrong: Failure, back: str
) -> HTTPResponse:
    """The form with what is wrong in it, where that is why not one of them went."""
    numbers = [one.partition(":")[0] for one in form.all("case")]
    card = await views.bulk_card(move, numbers, viewer(request))
    fields = fields_of(card.move or None)
    before = refused(request, fields, wrong, move=move)
    return await _show_form(request, move, card, back, before)


async def _show_form(
    request: Request, move: str, card: BulkCard, back: str, before: Typed
) -> HTTPResponse:
    form = form_of(card.move, face().words, before, is_main=True) if card.move else None
    return await show(
        request, "bulk.html", status=before.status, path=back,
        move=move, card=card, form=form, back=back, typed=before,
    )  # fmt: skip


async def _show_outcomes(
    request: Request, move: str, outcomes: list[Outcome], back: str
) -> HTTPResponse:
    return await show(
        request, "bulk_done.html", path=back,
        move=move, back=back,
        went=[one for one in outcomes if not one.why],
        stayed=[one for one in outcomes if one.why],
    )  # fmt: skip
