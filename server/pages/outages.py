"""停供信息: say what is out of order and until when, and take it down when it works again."""

from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import catalogue, views
from server.base.errors import Failure
from server.base.ids import id_in
from server.pages.drawing import after_id, new_key, show
from server.pages.fields import instant_in
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.web import (
    Form,
    Nothing,
    Routes,
    parse,
    replay_key,
    see_other,
    staff,
    typed,
    viewer,
)

routes = Routes(kind="page")
PATH = "/desk/outages"
THE_ANNOUNCERS = staff(*catalogue.ANNOUNCING_ROLES)
FIELDS = ("place", "text", "until")


class OutageForm(Struct, frozen=True, kw_only=True):
    """Where, what, and until when in town time: 2026-12-01T18:00."""

    place: str = ""
    text: str = ""
    until: str = ""


@routes.get(PATH, access=THE_ANNOUNCERS)
async def get_outages(request: Request) -> HTTPResponse:
    """What is announced now, the newest first, and the form for one more."""
    return await _show(request, Typed(new_key()))


@routes.post(PATH, access=THE_ANNOUNCERS, body=OutageForm, rate="move", keyed=True)
async def post_outage(request: Request) -> HTTPResponse:
    """Announce it; or the form again, with everything that is wrong."""
    form = typed(request) or Form()
    if form.first("find"):
        return await _show(request, refused(request, FIELDS))
    try:
        sent = parse(request, OutageForm)
        place_id, until = id_in(sent.place), instant_in(sent.until)
        await catalogue.announce(
            place_id, sent.text, until, by=viewer(request), asked=replay_key(request)
        )
    except Failure as wrong:
        return await _show(request, refused(request, FIELDS, wrong))
    return see_other(f"{PATH}?done=outage")


@routes.post(f"{PATH}/<outage_id:uuid>/end", access=THE_ANNOUNCERS, body=Nothing, rate="move")
async def post_end(request: Request, outage_id: UUID) -> HTTPResponse:
    """It works again. Twice is as good as once."""
    await catalogue.end(outage_id, by=viewer(request))
    return see_other(f"{PATH}?done=outage_over")


async def _show(request: Request, before: Typed) -> HTTPResponse:
    card = await views.outage_card(
        viewer(request),
        near=before.value("near"),
        chosen=before.value("place"),
        after=after_id(request),
    )
    return await show(
        request,
        "outages.html",
        status=before.status,
        path=PATH,
        card=card,
        typed=before,
        notice=done_words(request),
    )
