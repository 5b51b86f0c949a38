"""码的管理: make codes for the places that have none, see what was made, void what went wrong."""

from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import codes, views
from server.base.errors import Failure, NotFound
from server.pages.drawing import new_key, show
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import typed_again
from server.views.shapes import OptionShape
from server.web import Form, Routes, parse, replay_key, see_other, staff, status_of, typed, viewer

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
    return await show(
        request,
        "codes.html",
        batches=await views.code_batches(reader),
        nodes=await views.code_nodes(reader),
        found=await views.codes_found(words, reader) if asked else None,
        typed=Typed("", values={"q": words}),
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
            _id(sent.place),
            sent.kinds,
            sent.name,
            by=viewer(request),
            asked=replay_key(request),
        )
    except NotFound:
        raise
    except Failure as wrong:
        again = typed_again(form, ("kinds", "name"), wrong=wrong, key=request.ctx.key)
        return await _show_new(request, form.first("place"), again, status_of(wrong))
    return see_other(f"{PATH}/batches/{made.id}?done=codes_made")


@routes.get(f"{PATH}/batches/<batch_id:uuid>", access=THE_MAKERS)
async def get_batch(request: Request, batch_id: UUID) -> HTTPResponse:
    """One batch: what of it is in use, what of that hangs."""
    return await _show_batch(request, batch_id, Typed(new_key()))


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
        form = typed(request) or Form()
        again = typed_again(form, ("ended_for",), wrong=wrong, key=request.ctx.key, move="void")
        return await _show_batch(request, batch_id, again, status_of(wrong))
    return see_other(f"{PATH}/batches/{batch_id}?done=codes_voided")


async def _show_new(request: Request, place: str, before: Typed, status: int = 200) -> HTTPResponse:
    name, missing = await views.missing_codes(_id(place), viewer(request))
    return await show(
        request,
        "codes_new.html",
        status=status,
        path=f"{PATH}/new?place={place}",
        node=place,
        place_name=name,
        missing=missing,
        total=sum(one.missing for one in missing),
        typed=before,
    )


async def _show_batch(
    request: Request, batch_id: UUID, before: Typed, status: int = 200
) -> HTTPResponse:
    return await show(
        request,
        "batch.html",
        status=status,
        path=f"{PATH}/batches/{batch_id}",
        page=await views.code_batch(batch_id, viewer(request)),
        prints=await views.prints_of(batch_id, viewer(request)),
        layouts=codes.LAYOUTS,
        reasons=REASONS,
        typed=before,
        notice=done_words(request),
    )


async def _by_short(words: str) -> UUID | None:
    """The code with this number, if it is one and in use; whether it is theirs its page asks."""
    try:
        return (await codes.find_short(words)).id
    except Failure:
        return None


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
