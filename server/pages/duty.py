"""我的值班, on a phone: when I am on duty, leave and who stands in, my number on the sign."""

from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import notices, rosters, views
from server.base import clock
from server.base.errors import Failure
from server.pages.drawing import new_key, show
from server.pages.fields import read_id, read_instant
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.web import (
    Nothing,
    Routes,
    parse,
    replay_key,
    see_other,
    staff,
    viewer,
)

routes = Routes(kind="page")
PATH = "/work/duty"
TOLD_HERE = (
    "deputy.asked",
    "deputy.over",
    "post.given",
    "post.handed_over",
    "post.ended",
    "firm.comes",
    "firm.leaves",
)
LEAVE_FIELDS = ("since", "until", "deputy")
PHONE_FIELDS = ("phone", "agreed")


class LeaveForm(Struct, frozen=True, kw_only=True):
    """From when (nothing: now) to when in town time, and who stands in."""

    since: str = ""
    until: str = ""
    deputy: str = ""


class NumberForm(Struct, frozen=True, kw_only=True):
    """One's own number, and that it may stand on the sign."""

    phone: str = ""
    agreed: str = ""


@routes.get(PATH, access=staff())
async def get_duty(request: Request) -> HTTPResponse:
    """One's own duty; whoever looks has read what it tells."""
    reader = viewer(request)
    await notices.mark_texts_read(reader, TOLD_HERE, at=clock.now())
    return await _show(request, Typed(new_key()))


@routes.post(f"{PATH}/leave", access=staff(), body=LeaveForm, rate="move", keyed=True)
async def post_leave(request: Request) -> HTTPResponse:
    """Take leave; or the form again, with everything that is wrong."""
    try:
        sent = parse(request, LeaveForm)
        await rosters.take_leave(
            read_instant(sent.since, "since") if sent.since.strip() else None,
            read_instant(sent.until, "until") if sent.until.strip() else None,
            _deputy(sent.deputy),
            by=viewer(request),
            asked=replay_key(request),
        )
    except Failure as wrong:
        again = refused(request, LEAVE_FIELDS, wrong, move="leave")
        return await _show(request, again)
    return see_other(f"{PATH}?done=leave")


@routes.post(f"{PATH}/leave/<leave_id:uuid>/back", access=staff(), body=Nothing, rate="move")
async def post_back(request: Request, leave_id: UUID) -> HTTPResponse:
    """Back again, or not going."""
    await rosters.take_back(leave_id, by=viewer(request))
    return see_other(f"{PATH}?done=leave_back")


@routes.post(f"{PATH}/number", access=staff(), body=NumberForm, rate="move")
async def post_number(request: Request) -> HTTPResponse:
    """This number may stand on my signs."""
    sent = parse(request, NumberForm)
    try:
        await rosters.show_number(sent.phone, bool(sent.agreed), by=viewer(request))
    except Failure as wrong:
        again = refused(request, PHONE_FIELDS, wrong, move="number")
        return await _show(request, again)
    return see_other(f"{PATH}?done=number")


@routes.post(f"{PATH}/number/off", access=staff(), body=Nothing, rate="move")
async def post_number_off(request: Request) -> HTTPResponse:
    """The office's number again."""
    await rosters.hide_number(by=viewer(request))
    return see_other(f"{PATH}?done=number_off")


async def _show(request: Request, before: Typed) -> HTTPResponse:
    return await show(
        request,
        "duty.html",
        status=before.status,
        path=PATH,
        card=await views.duty_card(viewer(request)),
        typed=before,
        untouched=Typed(before.key),
        notice=done_words(request),
    )


def _deputy(text: str) -> UUID | None:
    """Who stands in, where somebody does."""
    detail = "请从列出的同事里选。"
    return read_id(text, "deputy", detail, code="not-a-colleague") if text else None
