"""Homes: say that one is mine, see mine, end it; for the grid worker, what to verify."""

from uuid import UUID

from sanic import HTTPResponse, Request

from miniapp_api.bodies import BindingsQuery, HomeBody, RefuseHomeBody
from server import bindings, views
from server.views.home_shapes import BindingCard, HomeList, HomeShape
from server.web import (
    AGREED,
    SIGNED_IN,
    Routes,
    answer,
    nothing,
    parse,
    parse_query,
    replay_key,
    staff,
    viewer,
)

routes = Routes("/m/v1")
THE_VERIFIERS = staff(*bindings.VERIFYING_ROLES)


@routes.post(
    "/codes/<token>/home",
    access=AGREED,
    rate="submit",
    body=HomeBody,
    gives=HomeShape,
    status=201,
    refuses=(403, 404, 410),
    keyed=True,
)
async def post_home(request: Request, token: str) -> HTTPResponse:
    """The home of this code is mine: bound at once where my number is on record there."""
    kin, person = parse(request, HomeBody).kin, viewer(request)
    await bindings.claim(token, kin, by=person, asked=replay_key(request))
    home = await views.home_at(token, person)
    if home is None:
        raise bindings.BindingUnknown  # Ended at this very moment, or sent again after it was.
    return answer(home, 201)


@routes.get("/me/homes", access=SIGNED_IN, gives=HomeList)
async def get_homes(request: Request) -> HTTPResponse:
    """What I said of homes and what became of it, the newest first."""
    return answer(HomeList(items=await views.own_homes(viewer(request))))


@routes.delete("/me/homes/<binding_id:uuid>", access=SIGNED_IN, rate="own", status=204)
async def delete_home(request: Request, binding_id: UUID) -> HTTPResponse:
    """I moved out, or take my claim back. Twice is as good as once."""
    await bindings.end(binding_id, by=viewer(request))
    return nothing()


@routes.get("/bindings", access=THE_VERIFIERS, query=BindingsQuery, gives=BindingCard)
async def get_bindings(request: Request) -> HTTPResponse:
    """What waits to be verified in one's areas, and who is bound there."""
    asked = parse_query(request, BindingsQuery)
    card = await views.binding_card(
        viewer(request), waiting_after=asked.waiting, bound_after=asked.bound
    )
    return answer(card)


@routes.post(
    "/bindings/<binding_id:uuid>/bind",
    access=THE_VERIFIERS,
    rate="move",
    refuses=(404, 409),
    status=204,
    keyed=True,
)
async def post_bind(request: Request, binding_id: UUID) -> HTTPResponse:
    """Verified: it is their home."""
    await bindings.bind(binding_id, by=viewer(request), asked=replay_key(request))
    return nothing()


@routes.post(
    "/bindings/<binding_id:uuid>/refuse",
    access=THE_VERIFIERS,
    rate="move",
    body=RefuseHomeBody,
    refuses=(404, 409),
    status=204,
    keyed=True,
)
async def post_refuse(request: Request, binding_id: UUID) -> HTTPResponse:
    """It is not so, and why; they are told in these words."""
    reason = parse(request, RefuseHomeBody).reason
    await bindings.refuse(binding_id, reason, by=viewer(request), asked=replay_key(request))
    return nothing()


@routes.post(
    "/bindings/<binding_id:uuid>/end",
    access=THE_VERIFIERS,
    rate="move",
    refuses=(404, 409),
    status=204,
)
async def post_end(request: Request, binding_id: UUID) -> HTTPResponse:
    """They have moved out."""
    await bindings.end(binding_id, by=viewer(request))
    return nothing()
