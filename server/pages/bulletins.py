"""公告, read: what hangs at a sign, one of them whole; staff their own; and the photos in them."""

from uuid import UUID

from sanic import HTTPResponse, Request

from server import bulletins, photos, places, views
from server.bulletins import audiences_of
from server.pages.drawing import after_id, own_address, show
from server.web import PARTY, Routes, is_known, public, staff, viewer

routes = Routes(kind="page")
FOR_EVERYBODY = public("what hangs on a wall is for whoever stands before it")
WORK = "/work/bulletins"
# Asked again each time: whose photo it was may be read no more once it was taken down.
ASKED_AGAIN = "private, no-cache"


@routes.get("/c/<token>/bulletins", access=FOR_EVERYBODY, rate="scan")
async def get_bulletins(request: Request, token: str) -> HTTPResponse:
    """Everything that is out at this sign."""
    board = await views.board(token)
    card = board.card
    readers = audiences_of(card.code.kind)
    found = await bulletins.list_posted(board.shown, readers, after=after_id(request))
    return await show(
        request,
        "bulletins.html",
        kept=True,
        at=f"/c/{card.code.token}/bulletins",
        back=f"/c/{card.code.token}",
        place=card.place,
        list=views.bulletin_list(found),
    )


@routes.get("/c/<token>/bulletins/<bulletin_id:uuid>", access=FOR_EVERYBODY, rate="scan")
async def get_bulletin_here(request: Request, token: str, bulletin_id: UUID) -> HTTPResponse:
    """One of them. That it was opened is counted for the community, and nothing else."""
    board = await views.board(token)
    card = board.card
    found = await bulletins.find_posted(bulletin_id, board.shown, audiences_of(card.code.kind))
    bulletins.count_read(found.id, board.shown)
    return await show(
        request,
        "bulletin.html",
        kept=True,
        every=f"/c/{card.code.token}/bulletins",
        back=f"/c/{card.code.token}",
        place=card.place,
        bulletin=await views.bulletin_shape(found),
    )


@routes.get("/bulletins/<bulletin_id:uuid>", access=FOR_EVERYBODY, rate="scan")
async def get_bulletin(request: Request, bulletin_id: UUID) -> HTTPResponse:
    """One that is for everybody, without a sign: counted for the community it is written for."""
    found = await bulletins.find_public(bulletin_id)
    bulletins.count_read(found.id, await places.find(found.place_id))
    return await show(
        request,
        "bulletin.html",
        kept=True,
        every="",
        back=own_address(request.args.get("back", ""), "/"),
        place=None,
        bulletin=await views.bulletin_shape(found),
    )


@routes.get(WORK, access=staff())
async def get_for_staff(request: Request) -> HTTPResponse:
    """What is out for the staff here."""
    found = await bulletins.list_for_staff(viewer(request), after=after_id(request))
    return await show(
        request,
        "bulletins.html",
        at=WORK,
        back="/work",
        place=None,
        list=views.bulletin_list(found),
    )


@routes.get(f"{WORK}/<bulletin_id:uuid>", access=staff())
async def get_one_for_staff(request: Request, bulletin_id: UUID) -> HTTPResponse:
    """One of them."""
    found = await bulletins.find_for_staff(bulletin_id, viewer(request))
    return await show(
        request,
        "bulletin.html",
        every=WORK,
        back="/work",
        place=None,
        bulletin=await views.bulletin_shape(found),
    )


@routes.get("/bulletins/<bulletin_id:uuid>/photos/<photo_id:uuid>", access=PARTY, rate="scan")
async def get_photo(request: Request, bulletin_id: UUID, photo_id: UUID) -> HTTPResponse:
    """A photo of a bulletin, for whoever may read it; with ?size=thumb a small one."""
    await bulletins.find_with_photo(bulletin_id, photo_id, viewer(request))
    picture = await photos.read(
        photo_id, "thumb" if request.args.get("size") == "thumb" else "full"
    )
    etag = f'"{picture.etag}"'
    headers = {"etag": etag, "cache-control": ASKED_AGAIN, "content-disposition": "inline"}
    if is_known(request, etag):
        return HTTPResponse(b"", 304, headers)
    return HTTPResponse(picture.content, 200, headers, picture.content_type)
