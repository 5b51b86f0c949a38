"""我的店: how one's shops stand, what is asked of them and by when, what was, what comes back."""

from sanic import HTTPResponse, Request

from server import views
from server.pages.drawing import face, show
from server.pages.moves import buttons
from server.web import SIGNED_IN, Routes, viewer

routes = Routes(kind="page")


@routes.get("/shop", access=SIGNED_IN)
async def get_shop(request: Request) -> HTTPResponse:
    """Every shop the reader has, each with what waits for them first."""
    after = request.args.get("after") or None
    return await show(
        request,
        "shop.html",
        shops=await views.own_shops(viewer(request), after=after),
        buttons=lambda item: buttons(item.moves or (), face().words),
    )
