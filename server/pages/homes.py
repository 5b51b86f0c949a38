"""户内绑定: say at the code of a home that it is one's own; for the grid worker, what to verify."""

from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import bindings, views
from server.base.errors import Failure, Gone, NotFound
from server.pages.drawing import new_key, show
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.pages.scan import show_code
from server.web import (
    AGREED,
    SIGNED_IN,
    Nothing,
    Routes,
    parse,
    replay_key,
    see_other,
    staff,
    viewer,
)

routes = Routes(kind="page")
PATH = "/work/bindings"
THE_VERIFIERS = staff(*bindings.VERIFYING_ROLES)
TO_RESIDENTS = ("home.bound", "home.refused", "home.ended", "home.waits")


class ClaimForm(Struct, frozen=True, kw_only=True):
    """What one is of this home."""

    kin: str = ""


class RefuseForm(Struct, frozen=True, kw_only=True):
    """Why it is not theirs."""

    reason: str = ""


@routes.post("/c/<token>/home", access=AGREED, body=ClaimForm, rate="submit", keyed=True)
async def post_claim(request: Request, token: str) -> HTTPResponse:
    """This is my home; or the page of the code again, with what is wrong."""
    try:
        kin = parse(request, ClaimForm).kin
        await bindings.claim(token, kin, by=viewer(request), asked=replay_key(request))
    except (NotFound, Gone):
        raise
    except Failure as wrong:
        return await show_code(request, token, refused(request, ("kin",), wrong))
    home = await views.home_at(token, viewer(request))
    done = "home_proven" if home is not None and home.state == "bound" else "home_claimed"
    return see_other(f"/c/{token}?done={done}#home")


@routes.post("/me/homes/<binding_id:uuid>/end", access=SIGNED_IN, body=Nothing, rate="own")
async def post_own_end(request: Request, binding_id: UUID) -> HTTPResponse:
    """Take a claim back, or move out."""
    await bindings.end(binding_id, by=viewer(request))
    return see_other("/me?done=home_ended")


@routes.get(PATH, access=THE_VERIFIERS)
async def get_bindings(request: Request) -> HTTPResponse:
    """What waits to be verified, and who is bound; the one after ?waiting=, the other ?bound=."""
    return await _show(request, Typed(new_key()))


@routes.post(
    f"{PATH}/<binding_id:uuid>/bind", access=THE_VERIFIERS, body=Nothing, rate="move", keyed=True
)
async def post_bind(request: Request, binding_id: UUID) -> HTTPResponse:
    """Verified: it is their home."""
    await bindings.bind(binding_id, by=viewer(request), asked=replay_key(request))
    return see_other(f"{PATH}?done=home_bound")


@routes.post(
    f"{PATH}/<binding_id:uuid>/refuse",
    access=THE_VERIFIERS,
    body=RefuseForm,
    rate="move",
    keyed=True,
)
async def post_refuse(request: Request, binding_id: UUID) -> HTTPResponse:
    """It is not so, and why."""
    reason = parse(request, RefuseForm).reason
    try:
        await bindings.refuse(binding_id, reason, by=viewer(request), asked=replay_key(request))
    except NotFound:
        raise
    except Failure as wrong:
        again = refused(request, ("reason",), wrong, move=str(binding_id))
        return await _show(request, again)
    return see_other(f"{PATH}?done=home_refused")


@routes.post(f"{PATH}/<binding_id:uuid>/end", access=THE_VERIFIERS, body=Nothing, rate="move")
async def post_end(request: Request, binding_id: UUID) -> HTTPResponse:
    """They have moved out."""
    await bindings.end(binding_id, by=viewer(request))
    return see_other(f"{PATH}?done=home_ended")


async def _show(request: Request, before: Typed) -> HTTPResponse:
    return await show(
        request,
        "bindings.html",
        status=before.status,
        path=PATH,
        card=await views.binding_card(
            viewer(request),
            waiting_after=request.args.get("waiting") or None,
            bound_after=request.args.get("bound") or None,
        ),
        typed=before,
        untouched=Typed(""),
        notice=done_words(request),
    )
