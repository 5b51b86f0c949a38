"""Photos: put up before what they belong to is sent; seen by those who may see the case."""

from typing import Literal
from uuid import UUID

from sanic import HTTPResponse, Request

from miniapp_api.bodies import KeyQuery
from server import cases, contact, photos, views
from server.base.errors import FieldError, Invalid
from server.base.viewer import Viewer
from server.views.shapes import PhotoShape
from server.web import PARTY, Routes, answer, is_known, public, replay_key, typed, viewer

routes = Routes("/m/v1")
KEPT_BY_BROWSERS = "private, max-age=3600"


class PhotoMissing(Invalid):
    code = "photo-missing"
    sentence = "没有收到照片，请重新选一张。"


@routes.post(
    "/photos",
    access=public("sending a report never needs an account"),
    rate="photo",
    gives=PhotoShape,
    status=201,
    keyed=True,
    uploads=True,
    refuses=(507,),
)
async def post_photo(request: Request) -> HTTPResponse:
    """Put up one photo, as multipart field `photo`."""
    form = typed(request)
    files = form.files("photo") if form else []
    if len(files) != 1:
        raise PhotoMissing(FieldError("photo", PhotoMissing.code, PhotoMissing.sentence))
    source = await files[0].read()
    kept = await photos.keep(source, uploader=viewer(request), asked=replay_key(request))
    return answer(views.photo_shape(kept), 201)


@routes.get("/photos/<photo_id:uuid>", access=PARTY, query=KeyQuery, media="image/jpeg")
async def get_photo(request: Request, photo_id: UUID) -> HTTPResponse:
    """A photo, as large as it is kept."""
    return await _picture(request, photo_id, "full")


@routes.get("/photos/<photo_id:uuid>/thumb", access=PARTY, query=KeyQuery, media="image/jpeg")
async def get_thumb(request: Request, photo_id: UUID) -> HTTPResponse:
    """A photo, small."""
    return await _picture(request, photo_id, "thumb")


async def _picture(
    request: Request, photo_id: UUID, size: Literal["full", "thumb"]
) -> HTTPResponse:
    photo = await photos.find_photo(photo_id)
    if photo is None or not await _may_see(photo, viewer(request)):
        raise photos.PhotoGone
    picture = await photos.picture(photo, size)
    etag = f'"{picture.etag}"'
    headers = {"etag": etag, "cache-control": KEPT_BY_BROWSERS, "content-disposition": "inline"}
    if is_known(request, etag):
        return HTTPResponse(b"", 304, headers)
    return HTTPResponse(picture.content, 200, headers, picture.content_type)


async def _may_see(photo: photos.KeptPhoto, asking: Viewer) -> bool:
    """Unattached: its uploader, or the guest who knows its id. Attached: whom the case or
    the conversation shows it."""
    if photo.conversation_id is not None:
        return await contact.may_see_photo(photo.conversation_id, asking)
    if photo.case_id is None:
        return photo.is_usable_by(asking)
    return await cases.may_see_photo(photo.id, photo.case_id, asking)
