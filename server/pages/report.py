"""我要上报, as a plain form: words, photos, sent without an account, shown again if refused."""

from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import cases, views
from server.base.errors import Failure, NotFound
from server.pages.drawing import new_key, show
from server.pages.fields import read_id
from server.pages.pictures import Pictures, take_pictures
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.views.sign_shapes import ScanCard
from server.web import (
    Form,
    Routes,
    parse,
    public,
    remember_key,
    replay_key,
    see_other,
    typed,
    viewer,
)

routes = Routes(kind="page")
NEVER_AN_ACCOUNT = public("sending never needs an account")
FIELDS = ("category", "about", "photos", "text", "spot", "phone", "conceal")


class ReportForm(Struct, frozen=True, kw_only=True):
    """The words of the form; its photos are taken apart from them."""

    category: str = ""
    about: str = ""  # "post_id:ID" or "unit_id:ID"
    text: str = ""
    spot: str = ""
    phone: str = ""
    conceal: str = ""


@routes.get("/c/<token>/report", access=NEVER_AN_ACCOUNT, rate="scan")
async def get_report(request: Request, token: str) -> HTTPResponse:
    """The empty form."""
    card = await _card(request, token)
    return await show(request, "report.html", kept=True, card=card, typed=Typed(new_key()))


@routes.post(
    "/c/<token>/report",
    access=NEVER_AN_ACCOUNT,
    body=ReportForm,
    rate="submit",
    keyed=True,
    uploads=True,
)
async def post_report(request: Request, token: str) -> HTTPResponse:
    """Take the report and go to its case; or the form again, with what is wrong."""
    card = await _card(request, token)
    form = typed(request) or Form()
    pictures = Pictures()
    try:
        pictures = await take_pictures(request, form)
        if form.first("remove"):
            return await _again(request, card, pictures)
        new = _new_case(parse(request, ReportForm), card, pictures)
        if pictures.error:
            await cases.check_new(new, by=viewer(request))  # what else is wrong is told as well
            return await _again(request, card, pictures)
        opened = await cases.open_case(new, by=viewer(request), asked=replay_key(request))
    except Failure as wrong:
        return await _again(request, card, pictures, wrong)
    response = see_other(f"/cases/{opened.number}?sent=1")
    if opened.key:
        remember_key(request, response, opened.key)
    return response


async def _card(request: Request, token: str) -> ScanCard:
    """The sign, if something can be reported at it. Raises NotFound for that of a post."""
    card = await views.scan_card(token, viewer(request))
    if "report" not in card.actions:
        raise NotFound
    return card


def _new_case(body: ReportForm, card: ScanCard, pictures: Pictures) -> cases.NewCase:
    about = _about(body)
    return cases.NewCase(
        code=card.code.token,
        category=body.category or None,
        about_post_id=about.get("post_id"),
        about_unit_id=about.get("unit_id"),
        text=body.text,
        spot=body.spot,
        phone=body.phone,
        photos=pictures.ids,
        conceal=True if body.conceal else None,
    )


def _about(body: ReportForm) -> dict[str, UUID]:
    """Whom it concerns, where that is asked: what was chosen before it was another kind is not
    meant. Raises Invalid for what nobody could choose.
    """
    kind, _, chosen = body.about.partition(":")
    if not body.about or body.category not in cases.ASKS_WHOM:
        return {}
    return {kind: read_id(chosen, "about", "请从列出的里面选，也可以不选。")}


async def _again(
    request: Request, card: ScanCard, pictures: Pictures, wrong: Failure | None = None
) -> HTTPResponse:
    before = refused(request, FIELDS, wrong, pictures=pictures)
    return await show(request, "report.html", status=before.status, card=card, typed=before)
