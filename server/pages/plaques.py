"""牌子: put one up and photograph it; say what is wrong with one; see to what was said."""

from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import codes, notices, photos, plaques, views
from server.base import clock
from server.base.errors import Invalid
from server.pages.drawing import new_key, show
from server.pages.notes import done_words
from server.pages.pictures import Pictures, take_pictures
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.views.shapes import OptionShape
from server.web import (
    Form,
    Routes,
    parse,
    public,
    replay_key,
    see_other,
    staff,
    typed,
    viewer,
)

routes = Routes(kind="page")
PATH = "/work/plaques"
ANYBODY = public("whoever stands before a plaque sees what is wrong with it")
THE_MOUNTERS = staff(*plaques.MOUNTING_ROLES)
LOOK_AFTER = staff(*dict.fromkeys((*plaques.MOUNTING_ROLES, *codes.MAKING_ROLES)))
FAULTS = [OptionShape(value=key, title=title) for key, title in plaques.FAULTS.items()]
OUTCOMES = [OptionShape(value=key, title=title) for key, title in plaques.OUTCOMES.items()]


class FaultForm(Struct, frozen=True, kw_only=True):
    """What is wrong; where the phone stands, if it was asked."""

    kind: str = ""
    lng: str = ""
    lat: str = ""


class MountForm(Struct, frozen=True, kw_only=True):
    """Where the phone stands, if it was asked; the photo comes beside."""

    lng: str = ""
    lat: str = ""


class CloseForm(Struct, frozen=True, kw_only=True):
    """What was done."""

    outcome: str = ""


@routes.get("/c/<token>/fault", access=ANYBODY, rate="scan")
async def get_fault(request: Request, token: str) -> HTTPResponse:
    """What is wrong with this plaque?"""
    return await _show_fault(request, token, Typed(new_key()))


@routes.post("/c/<token>/fault", access=ANYBODY, body=FaultForm, rate="submit", keyed=True)
async def post_fault(request: Request, token: str) -> HTTPResponse:
    """Take it down and go back to the sign; or the form again."""
    sent = parse(request, FaultForm)
    at = plaques.read_phone(sent.lng, sent.lat)
    try:
        await plaques.report_fault(token, sent.kind, at=at, asked=replay_key(request))
    except Invalid as wrong:
        return await _show_fault(request, token, refused(request, ("kind",), wrong))
    return see_other(f"/c/{codes.tidy(token)}/fault?done=fault_told")


@routes.get("/c/<token>/mount", access=THE_MOUNTERS, rate="scan")
async def get_mount(request: Request, token: str) -> HTTPResponse:
    """Where it belongs, and the form for the photo."""
    return await _show_mount(request, token, Typed(new_key()))


@routes.post(
    "/c/<token>/mount",
    access=THE_MOUNTERS,
    body=MountForm,
    rate="move",
    keyed=True,
    uploads=True,
)
async def post_mount(request: Request, token: str) -> HTTPResponse:
    """It hangs; or the form again, with what is wrong."""
    form = typed(request) or Form()
    sent, pictures = parse(request, MountForm), Pictures()
    try:
        pictures = await take_pictures(request, form, needed=True)
        if pictures.error or form.first("remove"):
            again = refused(request, ("photos",), pictures=pictures)
            return await _show_mount(request, token, again)
        at = plaques.read_phone(sent.lng, sent.lat)
        asked = replay_key(request)
        await plaques.mount(token, pictures.ids, at=at, by=viewer(request), asked=asked)
    except Invalid as wrong:
        again = refused(request, ("photos",), wrong, pictures=pictures)
        return await _show_mount(request, token, again)
    return see_other(f"{PATH}?done=mounted")


@routes.get(PATH, access=LOOK_AFTER)
async def get_plaques(request: Request) -> HTTPResponse:
    """What waits to be looked after, and what is scanned far from where it hangs."""
    await notices.mark_texts_read(viewer(request), (plaques.REPORTED,), at=clock.now())
    return await _show_list(request, Typed(new_key()))


@routes.post(
    f"{PATH}/<fault_id:uuid>/close", access=THE_MOUNTERS, body=CloseForm, rate="move", keyed=True
)
async def post_close(request: Request, fault_id: UUID) -> HTTPResponse:
    """Say what was done about it."""
    sent = parse(request, CloseForm)
    try:
        asked = replay_key(request)
        await plaques.close_fault(fault_id, sent.outcome, by=viewer(request), asked=asked)
    except Invalid as wrong:
        again = refused(request, ("outcome",), wrong, move=str(fault_id))
        return await _show_list(request, again)
    return see_other(f"{PATH}?done=fault_closed")


@routes.get(f"{PATH}/photos/<mounting_id:uuid>", access=LOOK_AFTER)
async def get_photo(request: Request, mounting_id: UUID) -> HTTPResponse:
    """The plaque as it hung."""
    picture = await photos.read(await plaques.mounting_photo(mounting_id, viewer(request)))
    headers = {"cache-control": "private, max-age=3600", "content-disposition": "inline"}
    return HTTPResponse(picture.content, 200, headers, picture.content_type)


async def _show_fault(request: Request, token: str, before: Typed) -> HTTPResponse:
    card = (await views.board(token)).card
    return await show(
        request,
        "fault.html",
        status=before.status,
        path=f"/c/{card.code.token}/fault",
        place=card.place,
        token=card.code.token,
        kinds=FAULTS,
        typed=before,
        notice=done_words(request),
    )


async def _show_mount(request: Request, token: str, before: Typed) -> HTTPResponse:
    code = await codes.read(token)
    if not plaques.mounts_at(viewer(request), code.ground.path):
        raise plaques.NotYoursToMount
    return await show(
        request,
        "mount.html",
        status=before.status,
        path=f"/c/{code.token}/mount",
        place=await views.place_of(code.place_id, inside=True),
        token=code.token,
        far_m=round(plaques.FAR_M),
        typed=before,
    )


async def _show_list(request: Request, before: Typed) -> HTTPResponse:
    reader = viewer(request)
    return await show(
        request,
        "plaques.html",
        status=before.status,
        path=PATH,
        faults=await views.faults(reader, after=request.args.get("after") or None),
        far=await views.far_plaques(reader),
        closes=reader.holds(*plaques.MOUNTING_ROLES),
        outcomes=OUTCOMES,
        typed=before,
        untouched=Typed(""),
        notice=done_words(request),
    )
