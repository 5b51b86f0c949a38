"""What a resident sends to open a case, checked whole: everything that is wrong is said at once."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from server import catalogue, codes, org, photos, places
from server.base import fields
from server.base.errors import Failure, FieldError, Invalid, wrong
from server.base.geo import Point
from server.base.viewer import HeldPost, Viewer
from server.cases.intake.filing import filing_post, refuse_strangers
from server.cases.owners.routing import About, about_of
from server.cases.record.raisers import clean_phone
from server.cases.record.references import FIELD, Reference, clean_references
from server.catalogue import CategoryRow
from server.photos import KeptPhoto
from server.places import Ground

UNSORTED = "Z99"
TEXT_LIMIT = 1000
SPOT_LIMIT = 60
NAME_LIMIT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenPoint:
    """A point as the phone sent it."""

    lng: float
    lat: float
    crs: str = "wgs84"


class NewCase(Struct, frozen=True, kw_only=True):
    """A report as it was sent: a code or a place, and one of category, words, photo."""

    flow: str = "report"
    code: str | None = None
    place_id: UUID | None = None
    category: str | None = None
    text: str = ""
    photos: tuple[UUID, ...] = ()
    spot: str = ""
    point: GivenPoint | None = None
    about_post_id: UUID | None = None
    about_unit_id: UUID | None = None
    conceal: bool | None = None
    phone: str = ""
    name: str = ""  # of the resident a member of staff reports for
    channel: str = "code"
    on_behalf: bool = False
    external_refs: tuple[Reference, ...] = ()
    raiser_id: UUID | None = None  # the account of the resident staff file it for, where known
    by_contact: bool = False  # made by the town itself of a conversation nobody answered


class Checked(Struct, frozen=True, kw_only=True):
    """The same, clean and looked up: ready for the law."""

    ground: Ground
    place_name: str  # as everybody may read it; where exactly it is, `ground` says
    code_id: UUID | None
    category: CategoryRow
    is_sorted: bool  # the resident named the category
    text: str
    spot: str
    photos: tuple[KeptPhoto, ...]
    point: Point | None
    about: About
    conceal: bool
    phone: str | None
    name: str | None
    channel: str
    filer: HeldPost | None = None  # the post through which staff file it for the resident
    raiser_id: UUID | None = None
    references: tuple[Reference, ...] = ()


@dataclass(slots=True)
class _Wrongs:
    """Collects every wrong field, so that a person mends them all at once."""

    found: list[FieldError] = field(default_factory=list)

    def take(self, error: Invalid, name: str) -> None:
        self.found += error.fields or (FieldError(name, error.code, error.detail),)


async def checked(new: NewCase, by: Viewer, now: datetime) -> Checked:
    """Raises Invalid naming every wrong field; CodeUnknown or CodeRetired for the sign itself,
    FiledByTheAccused where staff file a complaint about themselves.
    """
    wrongs = _Wrongs()
    ground, code_id = await _where(new, wrongs)
    category = await _category(new, wrongs)
    text = _text("text", new.text, TEXT_LIMIT, wrongs)
    spot = _text("spot", new.spot, SPOT_LIMIT, wrongs)
    kept = await _photos(new, by, wrongs)
    point = await _point(new, wrongs)
    phone = _phone(new, wrongs)
    name = _text("on_behalf.name", new.name, NAME_LIMIT, wrongs)
    references = _of_staff(new, by, wrongs)
    about = await _about(new, now, wrongs)
    text_is_wrong = any(one.field == "text" for one in wrongs.found)
    if not (new.category or text or new.photos or text_is_wrong):
        words = "选个类型、写一句话、拍张照片，有一样就能提交。"
        wrongs.found.append(FieldError("text", "report-empty", words))
    if wrongs.found or ground is None or category is None:
        raise Invalid(*wrongs.found)
    about = await about_of(category.key, ground, about, now)
    return Checked(
        ground=ground,
        place_name=await places.name_outside(ground),
        code_id=code_id,
        category=category,
        is_sorted=bool(new.category),
        text=text,
        spot=spot,
        photos=kept,
        point=point,
        about=about,
        conceal=category.conceal if new.conceal is None else new.conceal,
        phone=phone,
        name=name or None,
        channel=new.channel,
        filer=filing_post(by, ground, about) if new.on_behalf else None,
        raiser_id=new.raiser_id,
        references=references,
    )


async def _where(new: NewCase, wrongs: _Wrongs) -> tuple[Ground | None, UUID | None]:
    """The ground the report is about: its code's, or a place named."""
    if new.code:
        code = await codes.read(new.code)
        if code.post_id is None:
            return code.ground, code.id
        wrongs.found.append(FieldError("code", "not-a-place", "这是工作牌。请扫现场的码再上报。"))
        return None, None
    if new.place_id is None:
        wrongs.found.append(FieldError("code", "required", "请先扫一扫现场的码。"))
        return None, None
    try:
        return await places.find(new.place_id), None
    except Failure as error:
        wrongs.found.append(FieldError("place_id", error.code, error.detail))
        return None, None


async def _category(new: NewCase, wrongs: _Wrongs) -> CategoryRow | None:
    try:
        return await catalogue.category(new.category or UNSORTED)
    except Failure:
        detail = "没有这个类型，请从列出的里面选，也可以不选。"
        wrongs.found.append(FieldError("category", "no-such-category", detail))
        return None


def _text(name: str, raw: str, limit: int, wrongs: _Wrongs) -> str:
    try:
        return fields.clean_text(raw, limit, field=name)
    except Invalid as error:
        wrongs.take(error, name)
        return ""


async def _photos(new: NewCase, by: Viewer, wrongs: _Wrongs) -> tuple[KeptPhoto, ...]:
    if not new.photos:
        return ()
    try:
        return tuple(await photos.claim(new.photos, by=by))
    except Invalid as error:
        wrongs.take(error, "photos")
        return ()


async def _point(new: NewCase, wrongs: _Wrongs) -> Point | None:
    """The point in WGS-84; it must lie in some grid of the town."""
    if new.point is None:
        return None
    try:
        point = places.read_point(new.point.lng, new.point.lat, new.point.crs)
        await places.at(point)
    except Invalid as error:
        wrongs.take(error, "point")
        return None
    return point


def _phone(new: NewCase, wrongs: _Wrongs) -> str | None:
    try:
        return clean_phone(new.phone)
    except Invalid as error:
        wrongs.take(error, "phone")
        return None


def _of_staff(new: NewCase, by: Viewer, wrongs: _Wrongs) -> tuple[Reference, ...]:
    """What only staff may say; the references as they are kept."""
    try:
        channel = "code" if new.by_contact else new.channel
        refuse_strangers(by, channel, on_behalf=new.on_behalf, references=new.external_refs)
        return clean_references(new.external_refs)
    except Invalid as error:
        wrongs.take(error, FIELD)
        return ()


async def _about(new: NewCase, now: datetime, wrongs: _Wrongs) -> About:
    """Whom the report complains about; of a post its unit too."""
    unit_id = new.about_unit_id
    if new.about_post_id is not None:
        card = await org.post_card(new.about_post_id, now)
        if card is None:
            wrongs.take(wrong("about", "no-such-post", "没有找到这个岗位，请重新选。"), "about")
            return About()
        if unit_id not in (None, card.unit_id):
            wrongs.take(
                wrong("about", "not-of-this-unit", "这个岗位不属于这个单位，请重新选。"), "about"
            )
            return About()
        return About(unit_id=card.unit_id, post_id=card.post_id)
    if unit_id is not None and unit_id not in await org.unit_names():
        wrongs.take(wrong("about", "no-such-unit", "没有找到这个单位，请重新选。"), "about")
        return About()
    return About(unit_id=unit_id)
