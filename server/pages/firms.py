"""换物业: from a day on another firm answers for an estate; what is open goes to it by itself."""

from datetime import date
from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import rosters, views
from server.base.errors import Failure
from server.pages.drawing import new_key, show
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import typed_again
from server.web import Form, Routes, parse, replay_key, see_other, staff, status_of, typed, viewer

routes = Routes(kind="page")
PATH = "/desk/firms"
THEY = staff(*rosters.FIRST_DAY_ROLES)
FIELDS = ("estate", "firm", "on")


class FirmForm(Struct, frozen=True, kw_only=True):
    """Which estate, which firm, from which day on."""

    estate: str = ""
    firm: str = ""
    on: str = ""


@routes.get(PATH, access=THEY)
async def get_firms(request: Request) -> HTTPResponse:
    """Which firm is where, and the form for another."""
    return await _show(request, Typed(new_key()))


@routes.post(PATH, access=THEY, body=FirmForm, rate="move", keyed=True)
async def post_firm(request: Request) -> HTTPResponse:
    """Another firm from that day on; or the form again, with everything that is wrong."""
    try:
        sent = parse(request, FirmForm)
        await rosters.change_firm(
            _id(sent.estate, "estate"),
            _id(sent.firm, "firm"),
            _day(sent.on),
            by=viewer(request),
            asked=replay_key(request),
        )
    except Failure as wrong:
        again = typed_again(typed(request) or Form(), FIELDS, wrong=wrong, key=request.ctx.key)
        return await _show(request, again, status_of(wrong))
    return see_other(f"{PATH}?done=firm")


async def _show(request: Request, before: Typed, status: int = 200) -> HTTPResponse:
    card = await views.firm_card(viewer(request))
    return await show(
        request,
        "firms.html",
        status=status,
        path=PATH,
        card=card,
        typed=before,
        notice=done_words(request),
    )


def _id(text: str, field: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise rosters.wrong(field, "required", "请从列出的里面选一个。") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise rosters.wrong("on", "not-a-day", "写清从哪一天起，比如2026-12-01。") from None
