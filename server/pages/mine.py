"""我报过的: by account, or by the keys this phone keeps."""

from sanic import HTTPResponse, Request

from server import cases, contact, notices, views
from server.pages.drawing import show
from server.pages.homes import TO_RESIDENTS
from server.pages.notes import done_words
from server.pages.praises import TO_GIVERS
from server.web import PARTY, Routes, viewer

routes = Routes(kind="page")


@routes.get("/mine", access=PARTY)
async def get_mine(request: Request) -> HTTPResponse:
    """What the reader raised or joined, newest first."""
    reader = viewer(request)
    found = await views.my_cases(reader, after=request.args.get("after") or None)
    is_resident = reader.account_id is not None and not reader.is_staff
    return await show(
        request,
        "mine.html",
        items=found.items,
        next=found.next or None,
        consent=await views.consent(reader) if is_resident else None,
        praise_news=await notices.unread_texts(reader, TO_GIVERS) if reader.account_id else 0,
        home_news=await notices.unread_texts(reader, TO_RESIDENTS) if reader.account_id else 0,
        talk_news=await contact.unread_of_own(reader),
        claimable=len(await cases.list_claimable(reader)),
        notice=done_words(request),
    )
