"""Scanning: what a code shows to whoever stands before it."""

from sanic import HTTPResponse, Request

from server import codes, views
from server.views.shapes import ScanCard
from server.web import Routes, answer, public, viewer

routes = Routes("/m/v1")


@routes.get("/codes/<token>", access=public("a sign is for everyone"), rate="scan", gives=ScanCard)
async def get_code(request: Request, token: str) -> HTTPResponse:
    """The place, who answers for it, what can be done, what is known."""
    card = await views.scan_card(token, viewer(request))
    codes.count_scan((await codes.read(token)).id)
    return answer(card)
