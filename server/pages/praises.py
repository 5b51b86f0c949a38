"""我点过的赞, with what became of each; and for staff, the thanks that came to their posts."""

from uuid import UUID

from sanic import HTTPResponse, Request

from server import notices, praise, views
from server.base import clock
from server.pages.drawing import show
from server.pages.notes import done_words
from server.web import SIGNED_IN, Nothing, Routes, see_other, staff, viewer

routes = Routes(kind="page")
TO_GIVERS = ("praiser.accepted", "praiser.refused")
TO_THE_PRAISED = ("praised.accepted",)


@routes.get("/mine/praises", access=SIGNED_IN)
async def get_given(request: Request) -> HTTPResponse:
    """What the reader gave, newest first."""
    reader = viewer(request)
    praises = await views.own_praises(reader, after=request.args.get("after") or None)
    await notices.mark_texts_read(reader, TO_GIVERS, at=clock.now())
    return await show(request, "given.html", praises=praises, notice=done_words(request))


@routes.post("/mine/praises/<praise_id:uuid>/withdraw", access=SIGNED_IN, body=Nothing, rate="own")
async def post_withdraw(request: Request, praise_id: UUID) -> HTTPResponse:
    """Take one back. Twice is as good as once."""
    await praise.withdraw(praise_id, by=viewer(request))
    return see_other("/mine/praises?done=praise_withdrawn")


@routes.get("/work/praises", access=staff())
async def get_received(request: Request) -> HTTPResponse:
    """What was passed on to the reader's posts and units, newest first."""
    reader = viewer(request)
    praises = await views.received_praises(reader, after=request.args.get("after") or None)
    await notices.mark_texts_read(reader, TO_THE_PRAISED, at=clock.now())
    return await show(request, "received.html", praises=praises)
