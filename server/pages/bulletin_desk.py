"""公告 at the desk: which there are, how one stands there, letting it out, pinning, taking down."""

from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import bulletins, views
from server.base import clock
from server.base.errors import Failure, NotFound
from server.pages.bulletin_writing import PATH, THE_WRITERS
from server.pages.drawing import after_id, new_key, show
from server.pages.fields import read_instant
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.views.bulletin_shapes import MindedBulletin
from server.web import (
    Count,
    Routes,
    parse,
    replay_key,
    see_other,
    viewer,
)

routes = Routes(kind="page")
ONE = f"{PATH}/<bulletin_id:uuid>"


class PublishForm(Struct, frozen=True, kw_only=True):
    """When it comes out, if not now, and until when it stands, in town time; as it was read."""

    out: str = ""
    until: str = ""
    seen_version: Count = 0


class ThrowForm(Struct, frozen=True, kw_only=True):
    """The draft as it was read."""

    seen_version: Count = 0


class PinForm(Struct, frozen=True, kw_only=True):
    """Above the others, or not any more."""

    pinned: str = ""


class WithdrawForm(Struct, frozen=True, kw_only=True):
    """Why it is taken down."""

    reason: str = ""


@routes.get(PATH, access=THE_WRITERS)
async def get_bulletins(request: Request) -> HTTPResponse:
    """What one looks after, tab by tab, a page at a time."""
    asked = request.args.get("tab", "")
    tab = asked if asked in bulletins.TABS else bulletins.TABS[0]
    return await show(
        request,
        "bulletin_desk.html",
        tab=tab,
        tabs=bulletins.TABS,
        list=await views.minded_bulletins(viewer(request), tab, after=after_id(request)),
        notice=done_words(request),
    )


@routes.get(ONE, access=THE_WRITERS)
async def get_one(request: Request, bulletin_id: UUID) -> HTTPResponse:
    """How it reads, where it stands, how often it was opened, and what can be done with it."""
    return await _show(request, bulletin_id, Typed(new_key()))


@routes.get(f"{ONE}/sheet", access=THE_WRITERS)
async def get_sheet(request: Request, bulletin_id: UUID) -> HTTPResponse:
    """The same on one A4 page, to be pinned to a board."""
    page = await views.minded_bulletin(bulletin_id, viewer(request))
    return await show(
        request,
        "bulletin_sheet.html",
        back=f"{PATH}/{bulletin_id}",
        bulletin=page.shown,
        printed_at=clock.now(),
    )


@routes.post(f"{ONE}/publish", access=THE_WRITERS, body=PublishForm, rate="move", keyed=True)
async def post_publish(request: Request, bulletin_id: UUID) -> HTTPResponse:
    """Let it out, or change from when until when it stands there."""
    try:
        sent = parse(request, PublishForm)
        await bulletins.publish(
            bulletin_id,
            out_at=read_instant(sent.out, "out") if sent.out else None,
            until_at=read_instant(sent.until, "until") if sent.until else None,
            seen_version=sent.seen_version,
            by=viewer(request),
            asked=replay_key(request),
        )
    except NotFound:
        raise
    except Failure as wrong:
        return await _again(request, bulletin_id, wrong, "publish", ("out", "until"))
    state = (await views.minded_bulletin(bulletin_id, viewer(request))).line.state
    return see_other(f"{PATH}/{bulletin_id}?done=bulletin_{state}")


@routes.post(f"{ONE}/pin", access=THE_WRITERS, body=PinForm, rate="move")
async def post_pin(request: Request, bulletin_id: UUID) -> HTTPResponse:
    """Put it above the others, or back among them; twice is as good as once."""
    pinned = bool(parse(request, PinForm).pinned)
    await bulletins.pin(bulletin_id, pinned, by=viewer(request))
    return see_other(f"{PATH}/{bulletin_id}?done=bulletin_{'pinned' if pinned else 'unpinned'}")


@routes.post(f"{ONE}/withdraw", access=THE_WRITERS, body=WithdrawForm, rate="move", keyed=True)
async def post_withdraw(request: Request, bulletin_id: UUID) -> HTTPResponse:
    """Take it down for good."""
    reason = parse(request, WithdrawForm).reason
    try:
        by, asked = viewer(request), replay_key(request)
        await bulletins.withdraw(bulletin_id, reason, by=by, asked=asked)
    except NotFound:
        raise
    except Failure as wrong:
        return await _again(request, bulletin_id, wrong, "withdraw", ("reason",))
    return see_other(f"{PATH}/{bulletin_id}?done=bulletin_withdrawn")


@routes.post(f"{ONE}/throw-away", access=THE_WRITERS, body=ThrowForm, rate="move", keyed=True)
async def post_throw_away(request: Request, bulletin_id: UUID) -> HTTPResponse:
    """A draft that nobody needs."""
    seen, by, asked = parse(request, ThrowForm).seen_version, viewer(request), replay_key(request)
    await bulletins.throw_away(bulletin_id, seen_version=seen, by=by, asked=asked)
    return see_other(f"{PATH}?done=bulletin_thrown_away")


async def _again(
    request: Request, bulletin_id: UUID, wrong: Failure, move: str, fields: tuple[str, ...]
) -> HTTPResponse:
    before = refused(request, fields, wrong, move=move)
    return await _show(request, bulletin_id, before)


async def _show(request: Request, bulletin_id: UUID, before: Typed) -> HTTPResponse:
    page = await views.minded_bulletin(bulletin_id, viewer(request))
    return await show(
        request,
        "bulletin_one.html",
        status=before.status,
        path=f"{PATH}/{bulletin_id}",
        page=page,
        here=f"{PATH}/{bulletin_id}",
        times=before if before.move == "publish" else Typed("", values=_times(page)),
        typed=before,
        untouched=Typed(""),
        notice=done_words(request),
    )


def _times(page: MindedBulletin) -> dict[str, str]:
    """From when until when, as the form takes it; a month where nobody has said."""
    until = page.line.until_at or page.usual_until
    out = page.line.out_at if page.line.state == "scheduled" else None
    return {
        name: f"{clock.shown(at):%Y-%m-%dT%H:%M}"
        for name, at in (("out", out), ("until", until))
        if at
    }
