"""代居民上报: staff find the place, write down what a resident says, and hand her a receipt."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import cases, codes, views
from server.base.errors import Failure, FieldError, Invalid
from server.pages.drawing import new_key, show
from server.pages.fields import read_id
from server.pages.pictures import Pictures, take_pictures
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.places import Found
from server.views.sign_shapes import FilingCard
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
PATH = "/file"
PLACES_OF_REFERENCES = ("1", "2")
FIELDS = (
    *("category", "text", "spot", "photos", "channel", "name", "phone", "conceal"),
    *(f"{name}{at}" for at in PLACES_OF_REFERENCES for name in ("system", "number")),
)


class FilingForm(Struct, frozen=True, kw_only=True):
    """The words of the form: a place or the sign at it, what is wrong there, who says so."""

    place: UUID | None = None
    code: str | None = None
    category: str | None = None
    text: str = ""
    spot: str = ""
    channel: str = ""
    name: str = ""
    phone: str = ""
    conceal: str = ""


@routes.get(PATH, access=staff())
async def get_filing(request: Request) -> HTTPResponse:
    """Find the place by ?find=…, a short number or a name; with ?place= or ?code= the form."""
    asked = {name: request.args.get(name, "") for name in ("find", "place", "code")}
    if asked["place"] or asked["code"]:
        card = await _card(request, asked["place"], asked["code"])
        return await _show(request, card, Typed(new_key()))
    sign = await _sign(asked["find"])
    if sign is not None:
        return see_other(f"{PATH}?code={sign.token}")
    found = await views.places_to_file(viewer(request), asked["find"])
    before = Typed("", values={"find": asked["find"]})
    return await _show(request, None, before, find=asked["find"], found=found)


@routes.post(PATH, access=staff(), body=FilingForm, rate="submit", keyed=True, uploads=True)
async def post_filing(request: Request) -> HTTPResponse:
    """File it and go on to the receipt; or the form again, with what is wrong."""
    form, pictures = typed(request) or Form(), Pictures()
    card = await _card(request, form.first("place"), form.first("code"))
    try:
        pictures = await take_pictures(request, form)
        if pictures.error or form.first("remove"):
            return await _again(request, card, pictures)
        new = _new_case(parse(request, FilingForm), form, pictures)
        opened = await cases.open_case(new, by=viewer(request), asked=replay_key(request))
    except Failure as wrong:
        return await _again(request, card, pictures, wrong)
    return see_other(f"/cases/{opened.number}/receipt")


async def _sign(find: str) -> codes.CodeCard | None:
    """The sign with this short number, if it is one that hangs somewhere."""
    try:
        return await codes.find_short(find)
    except codes.CodeUnknown:
        return None


async def _card(request: Request, place: str, code: str) -> FilingCard:
    if code:
        return await views.filing_card_of_code(code, viewer(request))
    place_id = read_id(place, "place", "请先选在哪儿。")
    return await views.filing_card_of_place(place_id, viewer(request))


def _new_case(sent: FilingForm, form: Form, pictures: Pictures) -> cases.NewCase:
    return cases.NewCase(
        code=sent.code,
        place_id=sent.place,
        category=sent.category,
        text=sent.text,
        spot=sent.spot,
        photos=pictures.ids,
        conceal=True if sent.conceal else None,
        channel=sent.channel,
        on_behalf=True,
        name=sent.name,
        phone=sent.phone,
        external_refs=_references(form),
    )


def _references(form: Form) -> tuple[cases.Reference, ...]:
    """What was filled in; a pair half filled in is for the case desk to refuse."""
    return tuple(
        cases.Reference(system=form.first(f"system{at}"), number=form.first(f"number{at}"))
        for at in _filled_in(form)
    )


def _filled_in(form: Form) -> list[str]:
    """The pairs of the form that hold anything."""
    return [
        at
        for at in PLACES_OF_REFERENCES
        if form.first(f"system{at}").strip() or form.first(f"number{at}").strip()
    ]


async def _again(
    request: Request, card: FilingCard, pictures: Pictures, wrong: Failure | None = None
) -> HTTPResponse:
    form = typed(request) or Form()
    before = refused(request, FIELDS, _beside_fields(wrong, form), pictures=pictures)
    return await _show(
        request,
        card,
        before,
        known=str(wrong.values["number"]) if isinstance(wrong, cases.ReferenceTaken) else "",
    )


def _beside_fields(wrong: Failure | None, form: Form) -> Failure | None:
    """The same, with each reference called as on the page: number2 for external_refs[1].number."""
    if not isinstance(wrong, Invalid):
        return wrong
    named = {
        f"external_refs[{nth}].{name}": f"{name}{at}"
        for nth, at in enumerate(_filled_in(form))
        for name in ("system", "number")
    }
    fields = (FieldError(named.get(e.field, e.field), e.code, e.detail) for e in wrong.fields)
    return Invalid(*fields)


async def _show(
    request: Request,
    card: FilingCard | None,
    before: Typed,
    *,
    find: str = "",
    found: Sequence[Found] = (),
    known: str = "",
) -> HTTPResponse:
    path = PATH
    if card is not None:
        path += f"?code={card.code}" if card.code else f"?place={card.place.id}"
    return await show(
        request, "filing.html", status=before.status, path=path,
        card=card, typed=before, find=find, found=found, known=known,
    )  # fmt: skip
