"""The photos of a form sent without a script: kept at once, shown again when something is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sanic import Request

from server import photos, trust, views
from server.base.errors import Failure, Unavailable
from server.base.ids import id_in
from server.pages.drawing import face
from server.views.shapes import PhotoShape
from server.web import Form, Upload, replay_key, status_of, viewer

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Pictures:
    """What came of them: every photo by id, those to show again, and the first that was refused."""

    ids: tuple[UUID, ...] = ()
    shown: tuple[PhotoShape, ...] = ()
    error: str = ""
    status: int = 422


async def take_pictures(request: Request, form: Form, *, needed: bool = False) -> Pictures:
    """Keep the photos of a form beside those it kept before. Nothing is refused by an exception.

    Where a photo is `needed`, nobody is told to go on without one. A form that was carried out
    before is not looked at again.
    """
    earlier = _earlier(form)
    if await trust.find_replay(replay_key(request)) is not None:
        return Pictures(ids=earlier)
    found = await photos.find_photos(earlier)
    usable = [found[one] for one in earlier if one in found]
    usable = [one for one in usable if one.is_usable_by(viewer(request))]
    said = photos.said_where_needed if needed else _detail
    fresh, error, status = await _keep(request, form.files("photos"), _room(usable), said)
    return Pictures(
        ids=(*earlier, *(one.id for one in fresh)),
        shown=tuple(views.photo_shape(one) for one in (*usable, *fresh)),
        error=error,
        status=status,
    )


def _earlier(form: Form) -> tuple[UUID, ...]:
    """The ids of photos this form carries, without the one to be removed."""
    removed = form.first("remove")
    kept = (id_in(one) for one in form.all("photo_ids") if one != removed)
    return tuple(one for one in kept if one is not None)


def _room(usable: list[photos.KeptPhoto]) -> int:
    return max(0, photos.MAX_PHOTOS - len(usable))


async def _keep(
    request: Request, uploads: list[Upload], room: int, said: Callable[[Failure], str]
) -> tuple[list[photos.KeptPhoto], str, int]:
    """Those that could be kept, and why the others were not."""
    kept: list[photos.KeptPhoto] = []
    error, status = "", 422
    for upload in uploads[:room]:
        try:
            if upload.too_large:
                raise photos.PhotoTooLarge(limit=f"{photos.MAX_BYTES // 1_000_000}MB")
            kept.append(await photos.keep(await upload.read(), uploader=viewer(request)))
        except Failure as no:
            error, status = error or _named(upload, said(no), len(uploads)), status_of(no)
            if isinstance(no, Unavailable):
                break
    if len(uploads) > room and not error:
        error = face().words.plain("photo.many", most=photos.MAX_PHOTOS)
    return kept, error, status


def _detail(no: Failure) -> str:
    return no.detail


def _named(upload: Upload, said: str, how_many: int) -> str:
    """Which of several it was."""
    if how_many == 1:
        return said
    return face().words.plain("photo.which", name=upload.filename[:LONGEST_NAME], detail=said)
