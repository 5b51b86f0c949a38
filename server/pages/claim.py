"""归到您名下: cases this phone holds as a guest's become the account's, if their owner says so."""

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import cases, views
from server.pages.drawing import own_address, show, with_word
from server.web import SIGNED_IN, Routes, parse, see_other, viewer

routes = Routes(kind="page")


class ClaimForm(Struct, frozen=True, kw_only=True):
    """Where to go on afterwards."""

    back: str = ""


@routes.get("/mine/claim", access=SIGNED_IN)
async def get_claim(request: Request) -> HTTPResponse:
    """Which cases these are; yes, or later."""
    back = own_address(request.args.get("back", ""), "/mine")
    items = await views.claimable(viewer(request))
    if not items:
        return see_other(back)
    return await show(request, "claim.html", items=items, back=back)


@routes.post("/mine/claim", access=SIGNED_IN, body=ClaimForm, rate="own")
async def post_claim(request: Request) -> HTTPResponse:
    """All of them, at once."""
    back = own_address(parse(request, ClaimForm).back, "/mine")
    await cases.claim(by=viewer(request))
    return see_other(with_word(back, done="claim"))
