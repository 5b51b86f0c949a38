"""The page of a code: what everyone sees who scans the sign on the wall."""

from sanic import HTTPResponse, Request

from server import codes, views
from server.pages.drawing import new_key, show
from server.web import Routes, public, viewer

routes = Routes(kind="page")


@routes.get("/c/<token>", access=public("a sign is for everyone"), rate="scan")
async def get_code(request: Request, token: str) -> HTTPResponse:
    """The place, who answers for it, what can be done here."""
    card = await views.scan_card(token, viewer(request))
    codes.count_scan((await codes.read(token)).id)
    joined = request.args.get("joined", "")
    joined = joined if any(one.number == joined for one in card.mine) else ""
    return await show(request, "scan.html", kept=True, card=card, key=new_key(), joined=joined)
