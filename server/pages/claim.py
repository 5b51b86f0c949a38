"""归到您名下: what this phone holds as a guest's becomes the account's, if its owner says so."""

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import views
from server.pages.drawing import own_address, show, with_word
from server.web import AGREED, SIGNED_IN, Routes, parse, see_other, viewer

routes = Routes(kind="page")


class ClaimForm(Struct, frozen=True, kw_only=True):
    """Where to go on afterwards."""

    back: str = ""


@routes.get("/mine/claim", access=SIGNED_IN)
async def get_claim(request: Request) -> HTTPResponse:
    """Which cases and conversations these are; yes, or later."""
    back = own_address(request.args.get("back", ""), "/mine")
    items, talks = await views.claimable(viewer(request))
    if not items and not talks:
        return see_other(back)
    return await show(request, "claim.html", items=items, talks=talks, back=back)


@routes.post("/mine/claim", access=AGREED, body=ClaimForm, rate="own")
async def post_claim(request: Request) -> HTTPResponse:
    """All of them, at once."""
    back = own_address(parse(request, ClaimForm).back, "/mine")
    await views.claim(viewer(request))
    return see_other(with_word(back, done="claim"))
