"""码的管理: make codes for the places that have none, see what was made, void what went wrong."""

from urllib.parse import urlsplit
from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import codes, merchants, views
from server.base.errors import Failure, NotFound
from server.pages.drawing import after_id, new_key, show
from server.pages.fields import found_id
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.views.shapes import OptionShape
from server.web import (
    Form,
    Nothing,
    Routes,
    parse,
    replay_key,
    see_other,
    staff,
    typed,
    viewer,
)
from server.web.cookies import is_loopback

routes = Routes(kind="page")
PATH = "/desk/codes"
THE_MAKERS = staff(*codes.MAKING_ROLES)
REASONS = [OptionShape(value=key, title=title) for key, title in codes.ENDED_FOR.items()]
FEWEST_LETTERS = 2


class MakeForm(Struct, frozen=True, kw_only=True):
    """The node, the kinds of place under it, and what to call the batch."""

    place: str = ""
    kinds: list[str] = []
    name: str = ""


class VoidForm(Struct, frozen=True, kw_only=True):
    """Why, and whether those that hang go too."""

    ended_for: str = ""
    also_mounted: str = ""


@routes.get(PATH, access=THE_MAKERS)
async def get_codes(request: Request) -> HTTPResponse:
    """The batches, where to make another; with ?q=… the codes at places of that name."""
    reader, words = viewer(request), request.args.get("q", "").strip()[:60]
    short = await _by_short(words)
    if short is not None:
        return see_other(f"{PATH}/{short}")
    asked = len(words) >= FEWEST_LETTERS
    said = {"q": words} | {name: request.args.get(name, "") for name in ("near", "place")}
    return await show(
        request,
        "codes.html",
        batches=await views.code_batches(reader, after=after_id(request)),
        nodes=await views.code_nodes(reader, near=said["near"], chosen=said["place"]),
        found=await views.codes_found(words, reader) if asked else None,
        typed=Typed("", values=said),
        notice=done_words(request),
    )


@routes.get(f"{PATH}/new", access=THE_MAKERS)
async def get_new(request: Request) -> HTTPResponse:
    """What is missing under a node, counted before anything is made."""
    return await _show_new(request, request.args.get("place", ""), Typed(new_key()))


@routes.post(f"{PATH}/new", access=THE_MAKERS, body=MakeForm, rate="move", keyed=True)
async def post_new(request: Request) -> HTTPResponse:
    """Make them; or the form again, with everything that is wrong."""
    form = typed(request) or Form()
    try:
        sent = parse(request, MakeForm)
        made = await codes.make(
            found_id(sent.place),
            sent.kinds,
            sent.name,
            vendors=await merchants.vendors_at(),
            by=viewer(request),
            asked=replay_key(request),
        )
    except NotFound:
        raise
    except Failure as wrong:
        again = refused(request, ("kinds", "name"), wrong)
        return await _show_new(request, form.first("place"), again)
    return see_other(f"{PATH}/batches/{made.id}?done=codes_made")


@routes.get(f"{PATH}/batches/<batch_id:uuid>", access=THE_MAKERS)
async def get_batch(request: Request, batch_id: UUID) -> HTTPResponse:
    """One batch: what of it is in use, what of that hangs."""
    return await show_batch(request, batch_id, Typed(new_key()))


@routes.post(
    f"{PATH}/batches/<batch_id:uuid>/void",
    access=THE_MAKERS,
    body=VoidForm,
    rate="move",
    keyed=True,
)
async def post_void(request: Request, batch_id: UUID) -> HTTPResponse:
    """Take the whole batch out of use; of what hangs only if that was said."""
    sent = parse(request, VoidForm)
    doer = codes.Doer(by=viewer(request), asked=replay_key(request))
    try:
        await codes.void(batch_id, sent.ended_for, also_mounted=bool(sent.also_mounted), doer=doer)
    except NotFound:
        raise
    except Failure as wrong:
        again = refused(request, ("ended_for",), wrong, move="void")
        return await show_batch(request, batch_id, again)
    return see_other(f"{PATH}/batches/{batch_id}?done=codes_voided")


@routes.post(f"{PATH}/posts/<post_id:uuid>", access=THE_MAKERS, body=Nothing, rate="move")
async def post_badge(request: Request, post_id: UUID) -> HTTPResponse:
    """The code of a post, for the badge of whoever holds it: made now or before."""
    code_id = await codes.make_badge(post_id, by=viewer(request))
    return see_other(f"{PATH}/{code_id}?done=badge_made")


async def _show_new(request: Request, place: str, before: Typed) -> HTTPResponse:
    name, missing = await views.missing_codes(found_id(place), viewer(request))
    return await show(
        request,
        "codes_new.html",
        status=before.status,
        path=f"{PATH}/new?place={place}",
        node=place,
        place_name=name,
        missing=missing,
        total=sum(one.missing for one in missing),
        typed=before,
    )


async def show_batch(request: Request, batch_id: UUID, before: Typed) -> HTTPResponse:
    """The page of a batch, with what was typed in one of its forms."""
    return await show(
        request,
        "batch.html",
        status=before.status,
        path=f"{PATH}/batches/{batch_id}",
        page=await views.code_batch(batch_id, viewer(request)),
        prints=await views.prints_of(batch_id, viewer(request)),
        layouts=codes.LAYOUTS,
        reasons=REASONS,
        address=unfit_address(request),
        typed=before,
        notice=done_words(request),
    )


def unfit_address(request: Request) -> str:
    """What would be printed into every code, where no resident's phone can safely go there."""
    url: str = request.app.ctx.public_url
    parts = urlsplit(url)
    return "" if parts.scheme == "https" and not is_loopback(parts.netloc) else url


async def _by_short(words: str) -> UUID | None:
    """The code with this number, if it is one and in use; whether it is theirs its page asks."""
    try:
        return (await codes.find_short(words)).id
    except Failure:
        return None
