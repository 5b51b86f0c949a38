"""Praise: thank somebody, read what others said, see one's own and take it back."""

from uuid import UUID

from sanic import HTTPResponse, Request

from miniapp_api.bodies import PraiseBody, PraiseQuery
from server import praise, views
from server.views.praise_shapes import OwnPraiseList, PraiseGiven, PraiseList
from server.web import (
    AGREED,
    PARTY,
    SIGNED_IN,
    NotSignedIn,
    Routes,
    answer,
    nothing,
    parse,
    parse_query,
    replay_key,
    viewer,
)

routes = Routes("/m/v1")


@routes.post(
    "/praises",
    access=AGREED,
    body=PraiseBody,
    gives=PraiseGiven,
    status=201,
    refuses=(403, 404, 410),
    rate="submit",
    keyed=True,
)
async def post_praise(request: Request) -> HTTPResponse:
    """Thank a person, firm, shop, the place of the code, or for one's own case that ended."""
    body = parse(request, PraiseBody)
    new = praise.NewPraise(
        wanted=praise.Wanted(
            code=body.code,
            post_id=body.post_id,
            unit_id=body.unit_id,
            merchant_id=body.merchant_id,
            case=body.case,
        ),
        tag=body.tag,
        text=body.text,
        nameless=body.nameless,
    )
    given = await praise.give(new, by=viewer(request), asked=replay_key(request))
    return answer(views.praise_given(given), 201)


@routes.get(
    "/praises",
    access=PARTY,
    query=PraiseQuery,
    gives=PraiseList,
    gives_also=OwnPraiseList,
    refuses=(404, 410),
)
async def get_praises(request: Request) -> HTTPResponse:
    """What was passed on of a code, post, unit, merchant, place, case; or `mine`, with states."""
    asked, person = parse_query(request, PraiseQuery), viewer(request)
    if asked.target != "mine":
        return answer(await views.praises_of(asked.target, person, after=asked.after))
    if person.account_id is None:
        raise NotSignedIn
    return answer(await views.own_praises(person, after=asked.after))


@routes.delete("/praises/<praise_id:uuid>", access=SIGNED_IN, rate="own", status=204)
async def delete_praise(request: Request, praise_id: UUID) -> HTTPResponse:
    """Take back what I gave; its words are destroyed."""
    await praise.withdraw(praise_id, by=viewer(request))
    return nothing()
