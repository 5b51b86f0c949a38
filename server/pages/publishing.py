"""办理结果: what became of a community's cases; photos drawn over and published by its clerks."""

from typing import Literal
from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import photos, results, views
from server.base.errors import Invalid
from server.pages.drawing import new_key, show
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.web import (
    Nothing,
    Routes,
    is_known,
    parse,
    public,
    replay_key,
    see_other,
    staff,
    viewer,
)

routes = Routes(kind="page")
PATH = "/cases/<number>/publish"
ONE = f"{PATH}/<photo_id:uuid>"
PICTURE = "/results/photos/<public_id:uuid>"
THE_PUBLISHERS = staff(*results.PUBLISHING_ROLES)
FOR_ALL = public("a clerk has blotted out who is in it, and published it")
ASKED_AGAIN = "private, no-cache"  # withdrawn, it is gone with the next look


class GoForm(Struct, frozen=True, kw_only=True):
    """The copy that was looked at."""

    copy: UUID | None = None


class DrawForm(Struct, frozen=True, kw_only=True):
    """The areas as the script draws them, cells chosen without one, or that there is nothing."""

    areas: str = ""
    cells: list[str] = []
    plain: str = ""


@routes.get(
    "/community/<community_id:uuid>/results",
    access=public("what became of public cases is for everyone"),
    rate="scan",
)
async def get_results(request: Request, community_id: UUID) -> HTTPResponse:
    """Every ending, newest first."""
    after, code = request.args.get("after") or None, request.args.get("code", "")
    found = await views.community_results(community_id, after)
    board = await views.community_board(community_id, code)
    return await show(request, "results.html", kept=True, board=board, results=found)


@routes.get(PICTURE, access=FOR_ALL)
async def get_picture(request: Request, public_id: UUID) -> HTTPResponse:
    """A published photo."""
    return await _sent(request, await results.shown_copy(public_id), "full")


@routes.get(f"{PICTURE}/thumb", access=FOR_ALL)
async def get_thumb(request: Request, public_id: UUID) -> HTTPResponse:
    """The same, small."""
    return await _sent(request, await results.shown_copy(public_id), "thumb")


@routes.get(PATH, access=THE_PUBLISHERS)
async def get_publish(request: Request, number: str) -> HTTPResponse:
    """The photos of a case, and which of them everybody sees."""
    return await show(
        request,
        "publish.html",
        card=await views.publish_card(number, viewer(request)),
        notice=done_words(request),
    )


@routes.get(ONE, access=THE_PUBLISHERS)
async def get_photo(request: Request, number: str, photo_id: UUID) -> HTTPResponse:
    """Draw over one of them."""
    return await _show(request, number, photo_id, Typed(new_key()))


@routes.post(ONE, access=THE_PUBLISHERS, body=DrawForm, rate="photo", keyed=True)
async def post_photo(request: Request, number: str, photo_id: UUID) -> HTTPResponse:
    """Make the copy and look at it; or the photo again, with what is wrong."""
    try:
        sent = parse(request, DrawForm)
        areas = [*results.read_areas(sent.areas), *results.areas_of_cells(sent.cells)]
        by, asked = viewer(request), replay_key(request)
        await results.draw(number, photo_id, areas, plain=bool(sent.plain), by=by, asked=asked)
    except Invalid as wrong:
        again = refused(request, ("areas",), wrong)
        return await _show(request, number, photo_id, again)
    return see_other(f"/cases/{number}/publish/{photo_id}?done=photo_drawn")


@routes.post(f"{ONE}/go", access=THE_PUBLISHERS, body=GoForm, rate="move")
async def post_go(request: Request, number: str, photo_id: UUID) -> HTTPResponse:
    """Everybody may see the copy that was looked at."""
    seen = parse(request, GoForm).copy
    await results.publish(number, photo_id, seen=seen, by=viewer(request))
    return see_other(f"/cases/{number}/publish?done=photo_published")


@routes.post(f"{ONE}/withdraw", access=THE_PUBLISHERS, body=Nothing, rate="move")
async def post_withdraw(request: Request, number: str, photo_id: UUID) -> HTTPResponse:
    """Nobody sees it any more."""
    await results.withdraw(number, photo_id, by=viewer(request))
    return see_other(f"/cases/{number}/publish?done=photo_withdrawn")


@routes.get(f"{ONE}/copy", access=THE_PUBLISHERS)
async def get_copy(request: Request, number: str, photo_id: UUID) -> HTTPResponse:
    """The copy as everybody would see it, for staff to look at."""
    one = (await results.publishing(number, viewer(request))).photo(photo_id)
    if one.copy_id is None:
        raise results.PublicPhotoUnknown
    return await _sent(request, one.copy_id, "full")


async def _sent(request: Request, photo_id: UUID, size: Literal["full", "thumb"]) -> HTTPResponse:
    picture = await photos.read(photo_id, size)
    etag = f'"{picture.etag}"'
    headers = {"etag": etag, "cache-control": ASKED_AGAIN, "content-disposition": "inline"}
    if is_known(request, etag):
        return HTTPResponse(b"", 304, headers)
    return HTTPResponse(picture.content, 200, headers, picture.content_type)


async def _show(request: Request, number: str, photo_id: UUID, before: Typed) -> HTTPResponse:
    card = await views.publish_card(number, viewer(request))
    one = next((each for each in card.photos if each.photo.id == photo_id), None)
    if one is None:
        raise results.PublicPhotoUnknown
    return await show(
        request,
        "publish_photo.html",
        status=before.status,
        path=f"/cases/{number}/publish/{photo_id}",
        card=card,
        one=one,
        rows=results.ROWS,
        columns=results.COLUMNS,
        typed=before,
        notice=done_words(request),
    )
