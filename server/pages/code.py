"""One code at the desk: its history and its days; end it, or put another in its place."""

from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import codes, views
from server.base.errors import Invalid
from server.pages.codes import PATH, REASONS, THE_MAKERS
from server.pages.drawing import new_key, show
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.web import Routes, parse, replay_key, see_other, viewer

routes = Routes(kind="page")


class EndForm(Struct, frozen=True, kw_only=True):
    """Why."""

    ended_for: str = ""


@routes.get(f"{PATH}/<code_id:uuid>", access=THE_MAKERS)
async def get_code(request: Request, code_id: UUID) -> HTTPResponse:
    """Everything about it."""
    return await _show(request, code_id, Typed(new_key()))


@routes.post(
    f"{PATH}/<code_id:uuid>/retire", access=THE_MAKERS, body=EndForm, rate="move", keyed=True
)
async def post_retire(request: Request, code_id: UUID) -> HTTPResponse:
    """Take it out of use; who scans it from now on is told whom to ask."""
    card = await views.code_page(code_id, viewer(request))
    doer = codes.Doer(by=viewer(request), asked=replay_key(request))
    try:
        await codes.retire(card.token, parse(request, EndForm).ended_for, doer=doer)
    except Invalid as wrong:
        return await _again(request, code_id, wrong, "retire")
    return see_other(f"{PATH}/{code_id}?done=code_retired")


@routes.post(
    f"{PATH}/<code_id:uuid>/replace", access=THE_MAKERS, body=EndForm, rate="move", keyed=True
)
async def post_replace(request: Request, code_id: UUID) -> HTTPResponse:
    """Take it out of use and go on to its successor."""
    card = await views.code_page(code_id, viewer(request))
    doer = codes.Doer(by=viewer(request), asked=replay_key(request))
    try:
        token = await codes.replace_code(card.token, parse(request, EndForm).ended_for, doer=doer)
    except Invalid as wrong:
        return await _again(request, code_id, wrong, "replace")
    new = await codes.read(token)
    return see_other(f"{PATH}/{new.id}?done=code_replaced")


async def _again(request: Request, code_id: UUID, wrong: Invalid, move: str) -> HTTPResponse:
    before = refused(request, ("ended_for",), wrong, move=move)
    return await _show(request, code_id, before)


async def _show(request: Request, code_id: UUID, before: Typed) -> HTTPResponse:
    return await show(
        request,
        "code.html",
        status=before.status,
        path=f"{PATH}/{code_id}",
        code=await views.code_page(code_id, viewer(request)),
        reasons=REASONS,
        typed=before,
        untouched=Typed(""),
        notice=done_words(request),
    )
