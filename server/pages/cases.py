"""One case, one address for everyone: what happened, who has it, what the reader may do."""

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import cases, views
from server.base.errors import Failure
from server.pages import desk
from server.pages.drawing import face, new_key, own_address, show, with_word
from server.pages.given import fields_of, given_of, offered_move
from server.pages.moves import move_forms, needs_of
from server.pages.notes import Notice, done_words, mark_read
from server.pages.pictures import Pictures, take_pictures
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.views.case_shapes import CasePage, Receipt, Unmasked
from server.web import (
    PARTY,
    Count,
    Form,
    Routes,
    count_guest,
    parse,
    public,
    remember_key,
    replay_key,
    see_other,
    typed,
    viewer,
)
from server.web.cookies import is_key

routes = Routes(kind="page")
UNMASK = "unmask"  # which form of the page was typed in, beside those of moves


class MoveForm(Struct, frozen=True, kw_only=True):
    """What every move's form carries beside its fields."""

    seen_version: Count
    row: Count | None = None


class SecondForm(Struct, frozen=True, kw_only=True):
    """The code the person stands before."""

    code: str


@routes.get("/cases/<number>", access=PARTY)
async def get_case(request: Request, number: str) -> HTTPResponse:
    """The case as this reader may see it; a key in the address is kept in the browser."""
    case = await views.case_page(number, viewer(request))
    receipt = await _receipt(request, case)
    response = await show_case(
        request,
        case,
        Typed(new_key(), move=request.args.get("move", "")),
        receipt=receipt,
        notice=_done(request),
    )
    if is_key(key := request.args.get("key", "")):
        remember_key(request, response, key)
    await mark_read(request, number)
    return response


@routes.post(
    "/cases/<number>/moves/<move>",
    access=PARTY,
    body=MoveForm,
    rate="move",
    keyed=True,
    uploads=True,
)
async def post_move(request: Request, number: str, move: str) -> HTTPResponse:
    """Make a move and go on; or the page again, with what is wrong."""
    form = typed(request) or Form()
    case, pictures = await views.case_page(number, viewer(request)), Pictures()
    try:
        sent = parse(request, MoveForm)
        offered = offered_move(case.moves, move, sent.row)
        if "photos" in fields_of(offered):
            needed = needs_of(offered)["photos"] if offered else False
            pictures = await take_pictures(request, form, needed=needed)
        if pictures.error or form.first("remove"):
            return await _again(request, move, form, pictures)
        given = given_of(form, move, offered, pictures.ids)
        made = await cases.make_move(
            number,
            move,
            by=viewer(request),
            given=given,
            seen_version=sent.seen_version,
            row=sent.row,
            asked=replay_key(request),
        )
    except Failure as wrong:
        return await _again(request, move, form, pictures, wrong)
    done = "resolve_bare" if move == "resolve" and cases.lacks_proof(made.case) else move
    return see_other(with_word(own_address(form.first("back"), f"/cases/{number}"), done=done))


@routes.post(
    "/cases/<number>/second",
    access=public("joining never needs an account"),
    body=SecondForm,
    rate="submit",
    keyed=True,
)
async def post_second(request: Request, number: str) -> HTTPResponse:
    """我也遇到了: join an open case and go back to the code's page."""
    code = parse(request, SecondForm).code
    count_guest(request, "second", number, viewer(request))
    joined = await cases.second(number, code, by=viewer(request), asked=replay_key(request))
    response = see_other(own_address(f"/c/{code}?joined={joined.number}", "/mine"))
    if joined.key:
        remember_key(request, response, joined.key)
    return response


async def show_case(
    request: Request,
    case: CasePage,
    typed_before: Typed,
    *,
    receipt: Receipt | None = None,
    notice: Notice | None = None,
    opened: Unmasked | None = None,
) -> HTTPResponse:
    """The page of a case. What was just typed or opened stands where it belongs."""
    raiser = case.raiser or None
    return await show(
        request,
        "case.html",
        status=typed_before.status,
        path=f"/cases/{case.number}",
        case=case,
        forms=move_forms(case, face().words, typed_before),
        receipt=receipt,
        phone_left=raiser is not None and bool(raiser.phone),
        notice=notice,
        opened=opened,
        opening=typed_before if typed_before.move == UNMASK else Typed(typed_before.key),
    )


async def _again(
    request: Request,
    move: str,
    form: Form,
    pictures: Pictures,
    wrong: Failure | None = None,
) -> HTTPResponse:
    """Where the form was, filled in; if its move is gone, what was typed stands on top."""
    number = request.match_info["number"]
    case = await views.case_page(number, viewer(request))
    offered = offered_move(case.moves, move, None)
    before = refused(request, fields_of(offered), wrong, pictures=pictures, move=move)
    if desk.is_desk(form.first("back")) and offered:
        return await desk.show_again(request, form.first("back"), number, before)
    notice = None if offered or not wrong else _lost(wrong, form)
    return await show_case(request, case, before, notice=notice)


def _lost(wrong: Failure, form: Form) -> Notice:
    said = "\n".join(form.first(name) for name in ("text", "reason", "call") if form.first(name))
    return Notice("warn", "alert", wrong.detail, said)


def _done(request: Request) -> Notice | None:
    text = done_words(request)
    return Notice("ok", "check", text) if text else None


async def _receipt(request: Request, case: CasePage) -> Receipt | None:
    """Right after sending, for the raiser alone."""
    if "sent" not in request.args or not case.raiser or not case.raiser.me:
        return None
    return await views.receipt_of(case.number, viewer(request))
