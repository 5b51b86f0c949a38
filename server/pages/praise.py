"""我要点赞: choose whom to thank, press a word, write a line; and the wall of a sign.

Thanks need an account. Whoever has none may write first: it waits on her phone while she signs in.
"""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import praise, views
from server.base.errors import Failure
from server.base.ids import id_in
from server.pages import unsent
from server.pages.drawing import new_key, show
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.views.sign_shapes import ScanCard
from server.web import (
    Routes,
    parse,
    public,
    replay_key,
    see_other,
    viewer,
)

routes = Routes(kind="page")
WHY = "what is written waits on the phone while its writer signs in"
WRITE_FIRST, AND_AGREE = public(WHY), public(WHY, agreed=True)
FIELDS = ("tag", "text", "nameless")


class PraiseForm(Struct, frozen=True, kw_only=True):
    """Whom, as `post:…`, `unit:…`, `merchant:…`, `place:…` or `case:…`; the word, and a line."""

    target: str = ""
    tag: str = ""
    text: str = ""
    nameless: str = ""


@routes.get("/c/<token>/praise", access=WRITE_FIRST, rate="scan")
async def get_praise(request: Request, token: str) -> HTTPResponse:
    """Whom to thank; with ?target=… the form, and in it what was written before signing in."""
    card = (await views.board(token)).card
    chosen = request.args.get("target", "")
    values = unsent.read(request, card.code.token, chosen)
    return await _show(request, card, chosen, Typed(new_key(), values=values))


@routes.post("/c/<token>/praise", access=AND_AGREE, body=PraiseForm, rate="submit", keyed=True)
async def post_praise(request: Request, token: str) -> HTTPResponse:
    """Give thanks and see what became of them; or on to the sign-in; or the form again."""
    card = (await views.board(token)).card
    sent = parse(request, PraiseForm)
    address = f"/c/{card.code.token}/praise"
    if viewer(request).account_id is None:
        back = f"{address}?target={quote(sent.target[:80])}"
        response = see_other(f"/signin?back={quote(back)}")
        unsent.keep(request, response, card.code.token, _values(sent))
        return response
    try:
        new = _new(sent, card.code.token)
        given = await praise.give(new, by=viewer(request), asked=replay_key(request))
    except Failure as wrong:
        again = refused(request, FIELDS, wrong)
        return await _show(request, card, sent.target, again)
    response = see_other(f"/mine/praises?done=praise_{given.state}")
    unsent.drop(request, response)
    return response


@routes.get("/c/<token>/praises", access=public("what was passed on is for everyone"), rate="scan")
async def get_wall(request: Request, token: str) -> HTTPResponse:
    """Everything that is read on this sign."""
    card = (await views.board(token)).card
    praises = await views.wall(token, after=request.args.get("after") or None)
    return await show(request, "wall.html", kept=True, card=card, praises=praises)


async def _show(request: Request, card: ScanCard, chosen: str, before: Typed) -> HTTPResponse:
    token = card.code.token
    path = f"/c/{token}/praise" + (f"?target={quote(chosen)}" if chosen else "")
    return await show(
        request,
        "praise.html",
        status=before.status,
        path=path,
        kept=before.status == 200,
        place=card.place,
        token=token,
        card=await views.praise_card(token, viewer(request), chosen),
        typed=before,
    )


def _new(sent: PraiseForm, token: str) -> praise.NewPraise:
    kind, _, said = sent.target.partition(":")
    wanted: dict[str, Any] = {"code": token}
    if kind == "case":
        wanted["case"] = said
    elif kind in ("post", "unit", "merchant"):
        wanted[f"{kind}_id"] = _id(said)
    elif kind != "place":
        raise praise.TargetMissing
    return praise.NewPraise(
        wanted=praise.Wanted(**wanted),
        tag=sent.tag,
        text=sent.text,
        nameless=bool(sent.nameless),
    )


def _id(text: str) -> UUID:
    found = id_in(text)
    if found is None:
        raise praise.TargetMissing
    return found


def _values(sent: PraiseForm) -> dict[str, str]:
    return {
        "target": sent.target,
        "tag": sent.tag,
        "text": sent.text,
        "nameless": sent.nameless,
    }
