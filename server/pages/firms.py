"""换物业: from a day on another firm answers for an estate; what is open goes to it by itself."""

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import rosters, views
from server.base.errors import Failure
from server.pages.drawing import after_id, new_key, show
from server.pages.fields import read_day, read_id
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.web import Form, Routes, parse, replay_key, see_other, staff, typed, viewer

routes = Routes(kind="page")
PATH = "/desk/firms"
THEY = staff(*rosters.FIRST_DAY_ROLES)
FIELDS = ("estate", "firm", "on", "near")
OF_THESE = "请从列出的里面选一个。"


class FirmForm(Struct, frozen=True, kw_only=True):
    """Which estate, which firm, from which day on."""

    estate: str = ""
    firm: str = ""
    on: str = ""


@routes.get(PATH, access=THEY)
async def get_firms(request: Request) -> HTTPResponse:
    """Which firm is where, estate by estate, and the form for another."""
    return await _show(request, Typed(new_key()))


@routes.post(PATH, access=THEY, body=FirmForm, rate="move", keyed=True)
async def post_firm(request: Request) -> HTTPResponse:
    """Another firm from that day on; or the form again, with everything that is wrong."""
    form = typed(request) or Form()
    if form.first("find"):
        return await _show(request, refused(request, FIELDS))
    try:
        sent = parse(request, FirmForm)
        await rosters.change_firm(
            read_id(sent.estate, "estate", OF_THESE),
            read_id(sent.firm, "firm", OF_THESE),
            read_day(sent.on, "on", "写清从哪一天起，比如2026-12-01。"),
            by=viewer(request),
            asked=replay_key(request),
        )
    except Failure as wrong:
        again = refused(request, FIELDS, wrong)
        return await _show(request, again)
    return see_other(f"{PATH}?done=firm")


async def _show(request: Request, before: Typed) -> HTTPResponse:
    card = await views.firm_card(
        viewer(request),
        near=before.value("near"),
        chosen=before.value("estate"),
        after=after_id(request),
    )
    return await show(
        request,
        "firms.html",
        status=before.status,
        path=PATH,
        card=card,
        typed=before,
        notice=done_words(request),
    )
