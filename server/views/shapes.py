"""What people are shown, field by field. One object is the JSON, the page's context and the OpenAPI schema.

A field that is `UNSET` is absent on the wire; templates ask `is given`.
"""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType


class Shape(Struct, frozen=True, kw_only=True, omit_defaults=False):
    """A shape made for one viewer."""


class PointShape(Shape):
    lng: float
    lat: float


class CodeShape(Shape):
    token: str
    kind: str
    status: str
    short: str | UnsetType = UNSET


class PlaceShape(Shape):
    id: UUID
    name: str  # the whole name, as on the sign
    path: list[str]  # names from the city down
    point: PointShape | UnsetType = UNSET


class ContactShape(Shape):
    """Someone who answers for this place now, in one of three roles."""

    post_id: UUID
    role: str
    role_title: str
    name: str
    unit: str
    on_duty: bool
    hours: str
    next_duty: datetime | UnsetType = UNSET
    phone: str | UnsetType = UNSET


class PhoneShape(Shape):
    title: str
    number: str


class CategoryShape(Shape):
    key: str
    title: str
    icon: str
    urgent: bool
    conceal: bool  # preset
    advice: str | UnsetType = UNSET  # the words themselves


class KnownShape(Shape):
    text: str
    until: datetime


class OpenCaseShape(Shape):
    number: str
    title: str
    state_title: str
    seconded: int
    opened_at: datetime


class ScanCard(Shape):
    """The page of a code."""

    code: CodeShape
    place: PlaceShape
    contacts: list[ContactShape]
    phones: list[PhoneShape]
    actions: list[str]
    categories: list[CategoryShape]
    known: list[KnownShape]
    open_cases: list[OpenCaseShape]
    duty_phone: str | UnsetType = UNSET


class Receipt(Shape):
    """What a resident holds after sending. `key` is a guest's way back."""

    number: str
    state: str
    state_title: str
    respond_by: datetime
    resolve_by: datetime
    starts_at: datetime | UnsetType = UNSET
    duty_phone: str | UnsetType = UNSET
    key: str | UnsetType = UNSET


class PhotoShape(Shape):
    id: UUID
    url: str
    thumb_url: str
    width: int
    height: int


class WhoShape(Shape):
    name: str
    role_title: str


class EventShape(Shape):
    at: datetime
    who: WhoShape
    move: str
    move_title: str
    state_title: str | UnsetType = UNSET  # where the case stood afterwards
    text: str | UnsetType = UNSET
    photos: list[PhotoShape] | UnsetType = UNSET


class OptionShape(Shape):
    value: str
    title: str


class MoveShape(Shape):
    """A move this viewer may make now. `options` are the choices of a field, by its name."""

    key: str
    title: str
    needs: list[str]
    options: dict[str, list[OptionShape]] | UnsetType = UNSET
    row: int | UnsetType = UNSET


class RaiserShape(Shape):
    """Masked for everyone but the raiser herself; without a name where she is concealed."""

    me: bool
    name: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    concealed: bool = False


class HolderShape(Shape):
    unit: str
    name: str | UnsetType = UNSET
    role_title: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET


class NextShape(Shape):
    step: str
    by: datetime | UnsetType = UNSET


class CasePage(Shape):
    """One case, made for one viewer through the widest lens of their relations to it."""

    number: str
    flow: str
    state: str
    state_title: str
    version: int
    category: str
    category_title: str
    place: PlaceShape
    opened_at: datetime
    respond_by: datetime
    resolve_by: datetime
    responded_at: datetime | UnsetType = UNSET
    resolved_at: datetime | UnsetType = UNSET
    overdue: bool
    seconded: int
    lens: str  # own work progress bare title
    text: str | UnsetType = UNSET
    photos: list[PhotoShape] | UnsetType = UNSET
    spot: str | UnsetType = UNSET
    raiser: RaiserShape | UnsetType = UNSET
    now_with: HolderShape | UnsetType = UNSET
    next: NextShape | UnsetType = UNSET
    ending: str | UnsetType = UNSET
    outcome: str | UnsetType = UNSET
    solved: str | UnsetType = UNSET
    rating: str | UnsetType = UNSET
    merged_into: str | UnsetType = UNSET
    timeline: list[EventShape]
    moves: list[MoveShape]
    unread: list[str]  # titles of notices not read before


class CaseItem(Shape):
    """A line of a list: to-do, mine, here, desk."""

    number: str
    title: str  # the category's
    state: str
    state_title: str
    place: str
    opened_at: datetime
    overdue: bool
    seconded: int
    spot: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    photo_count: int | UnsetType = UNSET
    due_at: datetime | UnsetType = UNSET
    due_title: str | UnsetType = UNSET  # 回应, 办完 …
    now_with: str | UnsetType = UNSET
    version: int | UnsetType = UNSET
    moves: list[MoveShape] | UnsetType = UNSET  # to-do only
    unread: bool = False


class CaseList(Shape):
    items: list[CaseItem]
    next: str | UnsetType = UNSET


class DeskList(Shape):
    """The desk's list with the counts of its tabs and the estates to filter by."""

    items: list[CaseItem]
    counts: dict[str, int]  # open to_sign dispute overdue resolved closed
    estates: list[OptionShape]
    next: str | UnsetType = UNSET


class AccountShape(Shape):
    id: UUID
    name: str
    roles: list[str]


class SignedIn(Shape):
    token: str
    account: AccountShape


class PersonaShape(Shape):
    key: str
    name: str
    role_title: str


class PersonaList(Shape):
    personas: list[PersonaShape]


class Seconded(Shape):
    seconded: int
    key: str | UnsetType = UNSET


class TownShape(Shape):
    """The foot of every page."""

    name: str
    sponsor: str
    icp: str
    police_record: str
    phone: str
    demo: bool
