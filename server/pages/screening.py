"""点赞审核: what residents wrote is read before it is passed on; what looks odd, and figures."""

from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import praise, views
from server.base.errors import Invalid
from server.pages.drawing import new_key, show, with_word
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.web import (
    Routes,
    parse,
    replay_key,
    see_other,
    staff,
    viewer,
)

routes = Routes(kind="page")
PATH = "/desk/praises"
THE_READERS = staff(*praise.SCREENING_ROLES)


class RefuseForm(Struct, frozen=True, kw_only=True):
    """Why it is not passed on, as the giver is told; and where the list began."""

    reason: str = ""
    after: str = ""


class AcceptForm(Struct, frozen=True, kw_only=True):
    """After which praise the list began that was looked at."""

    after: str = ""


@routes.get(PATH, access=THE_READERS)
async def get_waiting(request: Request) -> HTTPResponse:
    """What waits to be read, the longest first, a page at a time."""
    return await _show(request, Typed(new_key()), request.args.get("after", ""))


@routes.post(
    f"{PATH}/<praise_id:uuid>/accept", access=THE_READERS, body=AcceptForm, rate="move", keyed=True
)
async def post_accept(request: Request, praise_id: UUID) -> HTTPResponse:
    """Pass it on."""
    sent = parse(request, AcceptForm)
    await praise.accept(praise_id, by=viewer(request), asked=replay_key(request))
    return see_other(with_word(PATH, after=sent.after, done="praise_passed_on"))


@routes.post(
    f"{PATH}/<praise_id:uuid>/refuse", access=THE_READERS, body=RefuseForm, rate="move", keyed=True
)
async def post_refuse(request: Request, praise_id: UUID) -> HTTPResponse:
    """Keep it back and say why; or the list again, with what is wrong."""
    sent = parse(request, RefuseForm)
    try:
        await praise.refuse(praise_id, sent.reason, by=viewer(request), asked=replay_key(request))
    except Invalid as wrong:
        again = refused(request, ("reason",), wrong, move=str(praise_id))
        return await _show(request, again, sent.after)
    return see_other(with_word(PATH, after=sent.after, done="praise_kept_back"))


@routes.get(f"{PATH}/odd", access=THE_READERS)
async def get_odd(request: Request) -> HTTPResponse:
    """What looks as if praise was farmed, and by which rules that is said."""
    found = await views.odd_praises(viewer(request))
    rules = list(praise.ODD.values())
    days = praise.ODD_WITHIN.days
    return await show(request, "screening_odd.html", tab="odd", odd=found, rules=rules, days=days)


@routes.get(f"{PATH}/figures", access=THE_READERS)
async def get_figures(request: Request) -> HTTPResponse:
    """Praise and reports, grid by grid, in the order of the grids."""
    grids = await views.grid_praises(viewer(request))
    days = praise.COUNTED.days
    return await show(request, "screening_figures.html", tab="figures", grids=grids, days=days)


async def _show(request: Request, before: Typed, after: str) -> HTTPResponse:
    return await show(
        request,
        "screening.html",
        status=before.status,
        path=with_word(PATH, after=after),
        tab="waiting",
        list=await views.waiting_praises(viewer(request), after=after or None),
        after=after,
        typed=before,
        untouched=Typed(""),
        notice=done_words(request),
    )
