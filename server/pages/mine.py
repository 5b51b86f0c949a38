"""我报过的: by account, or by the keys this phone keeps."""

from sanic import HTTPResponse, Request

from server import views
from server.pages.drawing import show
from server.web import PARTY, Routes, viewer

routes = Routes(kind="page")


@routes.get("/mine", access=PARTY)
async def get_mine(request: Request) -> HTTPResponse:
    """What the reader raised or joined, newest first."""
    found = await views.my_cases(viewer(request), after=request.args.get("after") or None)
    return await show(request, "mine.html", items=found.items, next=found.next or None)
