"""One merchant at the desk: put right what is written, its code, its owner; close it."""

from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import merchants, views
from server.base.errors import Failure, NotFound
from server.pages.drawing import new_key, show
from server.pages.merchants import CHOICES, FIELDS, PATH, THE_KEEPERS, MerchantForm, kept, written
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.views.merchant_shapes import MerchantPage
from server.web import (
    Count,
    Nothing,
    Routes,
    parse,
    replay_key,
    see_other,
    viewer,
)

routes = Routes(kind="page")
ONE = f"{PATH}/<merchant_id:uuid>"


class CorrectForm(MerchantForm, frozen=True, kw_only=True):
    """The same form again, and which state of things it was filled in on."""

    seen_version: Count


class InviteForm(Struct, frozen=True, kw_only=True):
    """The number the owner signs in with."""

    phone: str = ""


@routes.get(ONE, access=THE_KEEPERS)
async def get_merchant(request: Request, merchant_id: UUID) -> HTTPResponse:
    """Everything about it."""
    return await _show(request, merchant_id)


@routes.post(ONE, access=THE_KEEPERS, body=CorrectForm, rate="move", keyed=True)
async def post_correct(request: Request, merchant_id: UUID) -> HTTPResponse:
    """Put it right; or the form again, with everything that is wrong."""
    sent = parse(request, CorrectForm)
    try:
        await merchants.correct(
            merchant_id,
            written(sent),
            seen_version=sent.seen_version,
            by=viewer(request),
            asked=replay_key(request),
        )
    except NotFound:
        raise
    except Failure as wrong:
        return await _again(request, merchant_id, wrong, FIELDS, "correct")
    return see_other(f"{PATH}/{merchant_id}?done=merchant_corrected")


@routes.post(f"{ONE}/close", access=THE_KEEPERS, body=Nothing, rate="move", keyed=True)
async def post_close(request: Request, merchant_id: UUID) -> HTTPResponse:
    """It trades no longer. Twice is as good as once."""
    try:
        await merchants.close(merchant_id, by=viewer(request), asked=replay_key(request))
    except merchants.AppealOpen as wrong:
        return await _again(request, merchant_id, wrong, (), "close")
    return see_other(f"{PATH}/{merchant_id}?done=merchant_closed")


@routes.post(f"{ONE}/code", access=THE_KEEPERS, body=Nothing, rate="move", keyed=True)
async def post_code(request: Request, merchant_id: UUID) -> HTTPResponse:
    """Make the code for its door or stall, to be printed."""
    made = await merchants.make_code(merchant_id, by=viewer(request), asked=replay_key(request))
    return see_other(f"/desk/codes/batches/{made.id}?done=codes_made")


@routes.post(f"{ONE}/owners", access=THE_KEEPERS, body=InviteForm, rate="move", keyed=True)
async def post_invite(request: Request, merchant_id: UUID) -> HTTPResponse:
    """Whoever signs in by this number has the shop from now on."""
    sent = parse(request, InviteForm)
    try:
        await merchants.invite(
            merchant_id, sent.phone, by=viewer(request), asked=replay_key(request)
        )
    except NotFound:
        raise
    except Failure as wrong:
        return await _again(request, merchant_id, wrong, ("phone",), "invite")
    return see_other(f"{PATH}/{merchant_id}?done=merchant_invited")


@routes.post(
    f"{ONE}/owners/<appointment_id:uuid>/end",
    access=THE_KEEPERS,
    body=Nothing,
    rate="move",
    keyed=True,
)
async def post_dismiss(request: Request, merchant_id: UUID, appointment_id: UUID) -> HTTPResponse:
    """This owner has it no longer. Twice is as good as once."""
    await merchants.dismiss(
        merchant_id, appointment_id, by=viewer(request), asked=replay_key(request)
    )
    return see_other(f"{PATH}/{merchant_id}?done=merchant_dismissed")


async def _again(
    request: Request, merchant_id: UUID, wrong: Failure, fields: tuple[str, ...], move: str
) -> HTTPResponse:
    before = refused(request, fields, wrong, move=move)
    return await _show(request, merchant_id, before)


async def _show(request: Request, merchant_id: UUID, before: Typed | None = None) -> HTTPResponse:
    page = await views.merchant_page(merchant_id, viewer(request))
    before = before or Typed(new_key())
    as_kept = Typed(before.key, values=_values(page), move="correct")
    return await show(
        request,
        "merchant.html",
        status=before.status,
        path=f"{PATH}/{merchant_id}",
        page=page,
        typed=before,
        correcting=before if before.move == "correct" else as_kept,
        inviting=before if before.move == "invite" else Typed(before.key),
        notice=done_words(request),
        choices=CHOICES,
    )


def _values(page: MerchantPage) -> dict[str, str]:
    """What is written now, as the form would have it typed."""
    return {
        "kind": page.kind,
        "name": page.line.name,
        "uscc": kept(page.uscc),
        "license_short": page.license_short,
        "trade": page.trade,
        "phone": kept(page.phone),
        "duties": " ".join(page.duties),
        "signed_on": kept(page.duties_signed_on),
    }
