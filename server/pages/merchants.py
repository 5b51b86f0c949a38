"""商户登记: the registry of an area at the desk, a merchant more, the list as a file."""

from collections.abc import Sequence
from typing import Literal

from msgspec import UNSET, Struct, UnsetType
from sanic import HTTPResponse, Request

from server import merchants, views
from server.base.errors import Failure, Invalid
from server.pages.desk import export
from server.pages.drawing import after_id, new_key, show
from server.pages.fields import read_id
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.places import Found, Ground
from server.views.shapes import OptionShape
from server.web import (
    Form,
    Routes,
    parse,
    replay_key,
    see_other,
    staff,
    typed,
    viewer,
)

routes = Routes(kind="page")
PATH = "/desk/merchants"
THE_KEEPERS = staff(*merchants.KEEPING_ROLES)
FIELDS = ("place", "kind", "name", "uscc", "license_short", "trade", "phone", "duties", "signed_on")
LONGEST_SEARCH = 60
CHOICES = {
    "kinds": [OptionShape(value=key, title=title) for key, title in merchants.KINDS.items()],
    "trades": [OptionShape(value=key, title=title) for key, title in merchants.TRADES.items()],
    "duties": [OptionShape(value=key, title=title) for key, title in merchants.DUTIES.items()],
}


class MerchantForm(Struct, frozen=True, kw_only=True):
    """Everything that is written about a merchant, and where it is to trade."""

    place: str = ""
    kind: str = ""
    name: str = ""
    uscc: str = ""
    license_short: str = ""
    trade: str = ""
    phone: str = ""
    duties: list[str] = []
    signed_on: str = ""


class ListForm(Struct, frozen=True, kw_only=True):
    """The list one looks at, and the kind of file."""

    format: Literal["xlsx", "csv"]
    q: str = ""
    closed: str = ""


@routes.get(PATH, access=THE_KEEPERS)
async def get_merchants(request: Request) -> HTTPResponse:
    """Who trades in one's areas, by ?q=…; with ?closed=1 who did."""
    return await _list(request, request.args.get("q", ""), closed=bool(request.args.get("closed")))


@routes.post(f"{PATH}/export", access=THE_KEEPERS, body=ListForm, rate="export")
async def post_export(request: Request) -> HTTPResponse:
    """The same list as a file, on record; asked for twice, made twice."""
    sent = parse(request, ListForm)
    try:
        table = await views.export_merchants(
            viewer(request), words=sent.q, closed=bool(sent.closed), kind=sent.format
        )
    except Invalid as wrong:
        before = refused(request, ("q",), wrong)
        return await _list(request, sent.q, closed=bool(sent.closed), before=before)
    return await export(table, table.title, sent.format)


@routes.get(f"{PATH}/new", access=THE_KEEPERS)
async def get_new(request: Request) -> HTTPResponse:
    """Find where it trades by ?find=…; with ?place=… the form."""
    if request.args.get("place"):
        here = await _ground(request, request.args.get("place", ""))
        return await _show_new(request, here, Typed(new_key()))
    find = request.args.get("find", "").strip()[:LONGEST_SEARCH]
    found = await views.places_for_merchants(viewer(request), find)
    return await _show_new(request, None, Typed("", values={"find": find}), find=find, found=found)


@routes.post(f"{PATH}/new", access=THE_KEEPERS, body=MerchantForm, rate="move", keyed=True)
async def post_new(request: Request) -> HTTPResponse:
    """Register it; or the form again, with everything that is wrong."""
    form = typed(request) or Form()
    here = await _ground(request, form.first("place"))
    try:
        made = await merchants.register(
            here.id,
            written(parse(request, MerchantForm)),
            by=viewer(request),
            asked=replay_key(request),
        )
    except Failure as wrong:
        return await _show_new(request, here, refused(request, FIELDS, wrong))
    return see_other(f"{PATH}/{made}?done=merchant_registered")


def written(sent: MerchantForm) -> merchants.Written:
    """What was typed, for the registry to judge."""
    return merchants.Written(
        kind=sent.kind,
        name=sent.name,
        uscc=sent.uscc,
        license_short=sent.license_short,
        trade=sent.trade,
        phone=sent.phone,
        duties=sent.duties,
        signed_on=sent.signed_on,
    )


def kept(value: object | UnsetType) -> str:
    """What is kept, as a form shows it."""
    return "" if value is UNSET else str(value)


async def _ground(request: Request, place: str) -> Ground:
    place_id = read_id(place, "place", "请先选在哪儿。")
    return await views.place_for_merchant(place_id, viewer(request))


async def _list(
    request: Request, q: str, *, closed: bool, before: Typed | None = None
) -> HTTPResponse:
    words, after = q.strip()[:LONGEST_SEARCH], after_id(request)
    before = before or Typed("", values={"q": words})
    return await show(
        request,
        "merchants.html",
        status=before.status,
        path=PATH,
        list=await views.merchant_lines(viewer(request), words=words, closed=closed, after=after),
        closed=closed,
        q=words,
        typed=before,
        notice=done_words(request),
    )


async def _show_new(
    request: Request,
    here: Ground | None,
    before: Typed,
    *,
    find: str = "",
    found: Sequence[Found] = (),
) -> HTTPResponse:
    return await show(
        request,
        "merchant_new.html",
        status=before.status,
        path=f"{PATH}/new" + (f"?place={here.id}" if here else ""),
        here=here,
        find=find,
        found=found,
        typed=before,
        choices=CHOICES,
    )
