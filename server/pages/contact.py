"""我要联系: choose who answers here, write the first words; no account is asked for."""

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import contact, views
from server.base.errors import Failure
from server.base.ids import id_in
from server.contact import Said
from server.pages.drawing import new_key, show
from server.pages.pictures import Pictures, take_pictures
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.views.sign_shapes import ScanCard
from server.web import (
    Form,
    Routes,
    count_guest,
    parse,
    public,
    remember_key,
    replay_key,
    see_other,
    typed,
    viewer,
)

routes = Routes(kind="page")
NEVER_AN_ACCOUNT = public("writing to whoever answers here never needs an account")
FIELDS = ("post_id", "photos", "text")


class ContactForm(Struct, frozen=True, kw_only=True):
    """To whom, the words, and whether they may go with a case; photos are taken apart from them."""

    post_id: str = ""
    text: str = ""
    agrees: str = ""


@routes.get("/c/<token>/contact", access=NEVER_AN_ACCOUNT, rate="scan")
async def get_contact(request: Request, token: str) -> HTTPResponse:
    """Whom to write to, and what."""
    card = (await views.board(token)).card
    post_id = request.args.get("post", "") or (card.contacts[0].post_id if card.contacts else "")
    before = Typed(new_key(), values={"post_id": str(post_id)})
    return await _show(request, card, before)


@routes.post(
    "/c/<token>/contact",
    access=NEVER_AN_ACCOUNT,
    body=ContactForm,
    rate="submit",
    keyed=True,
    uploads=True,
)
async def post_contact(request: Request, token: str) -> HTTPResponse:
    """Send the first words and go to the conversation; or the form again, with what is wrong."""
    card = (await views.board(token)).card
    form = typed(request) or Form()
    pictures = Pictures()
    try:
        pictures = await take_pictures(request, form)
        if form.first("remove") or pictures.error:
            return await _again(request, card, pictures)
        sent = parse(request, ContactForm)
        said = Said(text=sent.text, photos=pictures.ids)
        if said.is_empty:
            raise contact.nothing_said()
        post_id = id_in(sent.post_id)
        count_guest(request, "conversation", post_id or token, viewer(request))
        begun = await contact.begin(
            card.code.token,
            post_id,
            said,
            agrees=bool(sent.agrees),
            by=viewer(request),
            asked=replay_key(request),
        )
    except Failure as wrong:
        return await _again(request, card, pictures, wrong)
    response = see_other(f"/conversations/{begun.id}")
    if begun.key_hash is not None:
        remember_key(request, response, contact.key_of(begun.id))
    return response


async def _again(
    request: Request, card: ScanCard, pictures: Pictures, wrong: Failure | None = None
) -> HTTPResponse:
    before = refused(request, FIELDS, wrong, pictures=pictures)
    return await _show(request, card, before)


async def _show(request: Request, card: ScanCard, before: Typed) -> HTTPResponse:
    return await show(
        request,
        "contact.html",
        status=before.status,
        path=f"/c/{card.code.token}/contact",
        kept=before.status == 200,
        card=card,
        typed=before,
    )
