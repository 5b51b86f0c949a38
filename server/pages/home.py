"""The front page: what this is, a short number to type, and in a demo its people and its code."""

from sanic import HTTPResponse, Request

from server import codes
from server.base.ids import reads_as_number
from server.pages.drawing import new_key, show
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.signin import personas
from server.web import Routes, public, see_other, viewer
from server.web.limits import count

routes = Routes(kind="page")
LONGEST_SHORT = 40


@routes.get("/", access=public("the front page is for everyone"))
async def get_home(request: Request) -> HTTPResponse:
    """The front page; with ?short=… on to the sign of that number."""
    short = request.args.get("short", "").strip()[:LONGEST_SHORT]
    if short:
        return await _find(request, short)
    offered = await personas(request)
    sign = await codes.first_sign() if offered else None
    demo_codes = [{"token": sign.token, "place": sign.ground.full_name}] if sign else []
    return await show(
        request,
        "home.html",
        kept=True,
        personas=offered,
        demo_codes=demo_codes,
        typed=Typed(new_key()),
        notice=done_words(request),
    )


async def _find(request: Request, short: str) -> HTTPResponse:
    """To the sign with this number. Asked seldom enough that nobody can try them all.

    The number of a receipt is answered with where to ask, whether there is such a case or not.
    """
    if reads_as_number(short):
        return await show(request, "receipt_typed.html", path="/", typed=Typed(""))
    count(request, "short-code", viewer(request))
    try:
        found = await codes.find_short(short)
    except codes.CodeUnknown:
        typed = Typed("", values={"short": short})
        return await show(request, "code_unknown.html", status=404, path="/", typed=typed, said="")
    return see_other(f"/c/{found.token}")
