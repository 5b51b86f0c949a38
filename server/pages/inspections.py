"""商户巡查: take down what is found at a shop's door; what is under way at the shops one minds."""

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import codes, merchants, views
from server.base.errors import Failure, Invalid
from server.flows import FINDERS
from server.pages.drawing import new_key, show
from server.pages.notes import done_words
from server.pages.pictures import Pictures, take_pictures
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.web import (
    Form,
    Routes,
    parse,
    replay_key,
    see_other,
    staff,
    typed,
    viewer,
)

routes = Routes(kind="page")
PATH = "/work/inspections"
THE_FINDERS = staff(*FINDERS)
FIELDS = ("item", "text", "photos")


class InspectForm(Struct, frozen=True, kw_only=True):
    """Which item of the checklist, and a line; the photos come beside."""

    item: str = ""
    text: str = ""


@routes.get("/c/<token>/inspect", access=THE_FINDERS, rate="scan")
async def get_inspect(request: Request, token: str) -> HTTPResponse:
    """The checklist of this shop."""
    return await _show(request, token, Typed(new_key()))


@routes.post(
    "/c/<token>/inspect",
    access=THE_FINDERS,
    body=InspectForm,
    rate="move",
    keyed=True,
    uploads=True,
)
async def post_inspect(request: Request, token: str) -> HTTPResponse:
    """The shop is told; or the form again, with what is wrong."""
    card = await views.inspect_card(token, viewer(request))
    form = typed(request) or Form()
    sent, pictures = parse(request, InspectForm), Pictures()
    try:
        pictures = await take_pictures(request, form, needed=True)
        if pictures.error or form.first("remove"):
            return await _show(request, token, refused(request, FIELDS, pictures=pictures))
        number = await merchants.inspect(
            card.merchant_id,
            sent.item,
            pictures.ids,
            text=sent.text,
            by=viewer(request),
            asked=replay_key(request),
        )
    except (Invalid, merchants.FoundAlready) as wrong:
        again = refused(request, FIELDS, wrong, pictures=pictures)
        return await _show(request, token, again, known=await _known(request, wrong))
    return see_other(f"/cases/{number}?done=inspected")


@routes.get(PATH, access=staff(*merchants.LOOKING_ROLES))
async def get_inspections(request: Request) -> HTTPResponse:
    """What is under way, newest first."""
    after = request.args.get("after") or None
    found = await views.open_inspections(viewer(request), after=after)
    return await show(request, "inspections.html", list=found, notice=done_words(request))


async def _known(request: Request, wrong: Failure) -> str:
    """The number of the finding that is open already, if it is theirs to open."""
    if not isinstance(wrong, merchants.FoundAlready):
        return ""
    number = str(wrong.values["number"])
    return number if await views.may_read(number, viewer(request)) else ""


async def _show(request: Request, token: str, before: Typed, *, known: str = "") -> HTTPResponse:
    card = await views.inspect_card(token, viewer(request))
    return await show(
        request,
        "inspect.html",
        status=before.status,
        path=f"/c/{codes.tidy(token)}/inspect",
        card=card,
        typed=before,
        known=known,
    )
