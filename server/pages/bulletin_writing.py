"""公告, written at the desk: typed, looked at as it will stand there, kept; and changed later."""

from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import bulletins, views
from server.base import clock
from server.base.errors import Failure, NotFound
from server.bulletins import KINDS, Wording
from server.pages.drawing import new_key, show
from server.pages.fields import found_id, read_id
from server.pages.pictures import Pictures, take_pictures
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.views.bulletin_shapes import BulletinCard, BulletinShape, MindedBulletin
from server.views.shapes import PhotoShape
from server.web import (
    Count,
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
PATH = "/desk/bulletins"
THE_WRITERS = staff(*bulletins.WRITING_ROLES)
FIELDS = ("title", "place", "audiences", "text", "photos")


class WordingForm(Struct, frozen=True, kw_only=True):
    """What, for which place, for whom; the photos come beside. `look` only shows it; `like` is the
    bulletin it was written after, `near` what a place was looked for by."""

    title: str = ""
    place: str = ""
    audiences: list[str] = []
    text: str = ""
    look: str = ""
    seen_version: Count = 0
    like: str = ""
    near: str = ""


@routes.get(f"{PATH}/new", access=THE_WRITERS)
async def get_new(request: Request) -> HTTPResponse:
    """An empty form; with ?like=… filled in as another was, with its photos."""
    like = await _like(request, request.args.get("like", ""))
    return await _show(request, _as_it_is(like) if like else Typed(new_key()), like=like)


@routes.post(
    f"{PATH}/new", access=THE_WRITERS, body=WordingForm, rate="move", keyed=True, uploads=True
)
async def post_new(request: Request) -> HTTPResponse:
    """Keep it as a draft; or the form again, looked at or with what is wrong."""
    form = typed(request) or Form()
    return await _kept(request, None, like=await _like(request, form.first("like")))


@routes.get(f"{PATH}/<bulletin_id:uuid>/edit", access=THE_WRITERS)
async def get_edit(request: Request, bulletin_id: UUID) -> HTTPResponse:
    """The form as it was filled in."""
    page = await views.minded_bulletin(bulletin_id, viewer(request))
    if page.line.state in ("expired", "withdrawn"):
        raise bulletins.BulletinOver
    if not page.worded_here:
        raise bulletins.FirmsOwnWords
    return await _show(request, _as_it_is(page), page=page)


@routes.post(
    f"{PATH}/<bulletin_id:uuid>/edit",
    access=THE_WRITERS,
    body=WordingForm,
    rate="move",
    keyed=True,
    uploads=True,
)
async def post_edit(request: Request, bulletin_id: UUID) -> HTTPResponse:
    """Word it anew; or the form again, looked at or with what is wrong."""
    return await _kept(request, await views.minded_bulletin(bulletin_id, viewer(request)))


async def _kept(
    request: Request, page: MindedBulletin | None, *, like: MindedBulletin | None = None
) -> HTTPResponse:
    form, pictures = typed(request) or Form(), Pictures()
    try:
        sent = parse(request, WordingForm)
        pictures = await take_pictures(request, form)
        shown = _pictured(pictures, page or like)
        if pictures.error or sent.look or form.first("remove") or form.first("find"):
            again = refused(request, FIELDS, pictures=shown)
            preview = await _preview(request, sent, shown) if sent.look else None
            return await _show(request, again, page=page, like=like, preview=preview)
        bulletin_id = await _written(request, sent, pictures, page)
    except NotFound:
        raise
    except Failure as wrong:
        shown = _pictured(pictures, page or like)
        again = refused(request, FIELDS, wrong, pictures=shown)
        if page is not None:
            page = await views.minded_bulletin(page.line.id, viewer(request))
        return await _show(request, again, page=page, like=like)
    return see_other(f"{PATH}/{bulletin_id}?done=bulletin_kept")


async def _written(
    request: Request, sent: WordingForm, pictures: Pictures, page: MindedBulletin | None
) -> UUID:
    wording = Wording(
        title=sent.title,
        text=sent.text,
        place_id=read_id(sent.place, "place", "请选发给哪里的人看。") if sent.place else None,
        audiences=tuple(dict.fromkeys(sent.audiences)),
        photo_ids=tuple(dict.fromkeys(pictures.ids)),
    )
    by, asked = viewer(request), replay_key(request)
    if page is None:
        like = found_id(sent.like) if sent.like else None
        return await bulletins.draft(wording, like=like, by=by, asked=asked)
    seen = sent.seen_version
    await bulletins.change(page.line.id, wording, seen_version=seen, by=by, asked=asked)
    return page.line.id


async def _show(
    request: Request,
    before: Typed,
    *,
    page: MindedBulletin | None = None,
    like: MindedBulletin | None = None,
    preview: BulletinShape | None = None,
) -> HTTPResponse:
    here = f"{PATH}/{page.line.id}" if page else PATH
    return await show(
        request,
        "bulletin_form.html",
        status=before.status,
        path=f"{here}/edit" if page else f"{PATH}/new",
        card=await _card(request, before.value("near"), before.value("place")),
        page=page,
        here=here,
        like=str(like.line.id) if like else "",
        preview=preview,
        typed=before,
    )


async def _card(request: Request, near: str, chosen: str) -> BulletinCard:
    return await views.bulletin_card(viewer(request), near=near, chosen=chosen)


async def _preview(request: Request, sent: WordingForm, shown: Pictures) -> BulletinShape:
    """As it will stand there; what is not filled in yet is left out."""
    card = await _card(request, sent.near, sent.place)
    place = next((one.title for one in card.places.options if one.value == sent.place), "")
    is_firm = not viewer(request).holds(*bulletins.OFFICE_ROLES)
    return BulletinShape(
        kind_title=KINDS["firm" if is_firm else "office"],
        title=sent.title,
        unit=bulletins.unit_name_of(viewer(request)),
        place=place,
        html=bulletins.written(sent.text[: bulletins.TEXT_LIMIT]),
        photos=[one for one in shown.shown if isinstance(one, PhotoShape)],
        at=clock.now(),
    )


def _pictured(pictures: Pictures, page: MindedBulletin | None) -> Pictures:
    """With the photos the bulletin has already, if they are still wanted, before the new ones."""
    known = {one.id: one for one in page.shown.photos} if page else {}
    kept = tuple(known[one] for one in pictures.ids if one in known)
    return Pictures(pictures.ids, (*kept, *pictures.shown), pictures.error, pictures.status)


async def _like(request: Request, text: str) -> MindedBulletin | None:
    """The bulletin another is written after. Raises BulletinUnknown."""
    return await views.minded_bulletin(found_id(text), viewer(request)) if text else None


def _as_it_is(page: MindedBulletin) -> Typed:
    values = {
        "title": page.shown.title,
        "place": str(page.place_id),
        "audiences": " ".join(page.audience_keys),
        "text": page.source,
    }
    return Typed(new_key(), values=values, photos=tuple(page.shown.photos))
