"""牌子上的图样: the town's own line and mark, looked at on a plaque before they are printed."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import codes
from server.base.errors import Failure, FieldError, Invalid
from server.pages.drawing import new_key, show
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.pages.town import PATH as TOWN
from server.pages.town import THE_ADMINS
from server.views.shapes import OptionShape
from server.web import Form, Routes, parse, see_other, typed, viewer

routes = Routes(kind="page")
PATH = f"{TOWN}/art"
Kind = Literal["line", "logo"]
KINDS = [OptionShape(value=key, title=title) for key, (title, *_) in codes.art.KINDS.items()]


class KindForm(Struct, frozen=True, kw_only=True):
    """Which of the two; a file may come beside."""

    kind: Kind


class PutForm(Struct, frozen=True, kw_only=True):
    """The drawing that was looked at, as it was sent."""

    kind: Kind
    svg: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """A plaque as it would be: the picture in the page, and the file to be sent on."""

    kind: Kind
    title: str
    svg: str
    picture: str


@routes.get(PATH, access=THE_ADMINS)
async def get_art(request: Request) -> HTTPResponse:
    """What is on the plaques now, and the form for another."""
    return await _show(request, Typed(new_key()))


@routes.post(PATH, access=THE_ADMINS, body=KindForm, rate="submit", uploads=True)
async def post_look(request: Request) -> HTTPResponse:
    """A plaque with what was sent, and nothing changed; or the form again, with what is wrong."""
    form = typed(request) or Form()
    try:
        sent = parse(request, KindForm)
        files = form.files("file")
        if not files:
            raise Invalid(FieldError("file", "required", "请选一个SVG文件。"))
        content = await files[0].read()
        drawing = await codes.art.read(sent.kind, content)
    except Failure as wrong:
        again = refused(request, ("kind", "file"), wrong)
        return await _show(request, again)
    picture = b64encode(await codes.art.look(sent.kind, drawing, "png")).decode()
    look = Look(sent.kind, files[0].filename, content.decode("utf-8-sig"), picture)
    return await _show(request, Typed(new_key(), values={"kind": sent.kind}), look)


@routes.post(f"{PATH}/put", access=THE_ADMINS, body=PutForm, rate="move", uploads=True)
async def post_put(request: Request) -> HTTPResponse:
    """Print it from now on."""
    try:
        sent = parse(request, PutForm)
        drawing = await codes.art.read(sent.kind, sent.svg.encode())
    except Failure as wrong:
        return await _show(request, refused(request, ("kind",), wrong))
    await codes.art.put_art(sent.kind, sent.title, drawing, doer=codes.Doer(by=viewer(request)))
    return see_other(f"{PATH}?done=art_put")


@routes.post(f"{PATH}/drop", access=THE_ADMINS, body=KindForm, rate="move")
async def post_drop(request: Request) -> HTTPResponse:
    """Print it no more."""
    sent = parse(request, KindForm)
    await codes.art.drop_art(sent.kind, doer=codes.Doer(by=viewer(request)))
    return see_other(f"{PATH}?done=art_dropped")


async def _show(request: Request, before: Typed, look: Look | None = None) -> HTTPResponse:
    return await show(
        request,
        "art.html",
        status=before.status,
        path=PATH,
        arts=[one for _, one in sorted((await codes.art.arts()).items())],
        titles={one.value: one.title for one in KINDS},
        kinds=KINDS,
        look=look,
        typed=before,
        notice=done_words(request),
    )
