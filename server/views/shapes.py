"""What people are shown, field by field. One object is JSON, page context and OpenAPI schema.

A field that is `UNSET` is absent on the wire; templates ask `is given`.
"""

from datetime import date, datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server.views.shape import Shape as Shape
from server.views.thanks import PraiseList


class PointShape(Shape, frozen=True, kw_only=True):
    lng: float
    lat: float


class CodeShape(Shape, frozen=True, kw_only=True):
    token: str
    kind: str
    status: str
    short: str | UnsetType = UNSET


class PlaceShape(Shape, frozen=True, kw_only=True):
    id: UUID
    name: str  # the whole name, as on the sign
    path: list[str]  # names from the city down
    point: PointShape | UnsetType = UNSET


class ContactShape(Shape, frozen=True, kw_only=True):
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


class PhoneShape(Shape, frozen=True, kw_only=True):
    title: str
    number: str


class CategoryShape(Shape, frozen=True, kw_only=True):
    key: str
    title: str
    icon: str
    urgent: bool
    conceal: bool  # preset
    tile: bool  # shown first at this place; the others wait behind "more"
    advice: str | UnsetType = UNSET  # the words themselves


class KnownShape(Shape, frozen=True, kw_only=True):
    text: str
    until: datetime


class OutageShape(Shape, frozen=True, kw_only=True):
    """An outage as whoever announces sees it."""

    id: UUID
    place: str
    text: str
    until: datetime
    announced_at: datetime
    unit: str


class OutageCard(Shape, frozen=True, kw_only=True):
    """What is announced under the viewer's areas, and where they may announce another."""

    outages: list[OutageShape]
    places: list["OptionShape"]


class OpenCaseShape(Shape, frozen=True, kw_only=True):
    number: str
    title: str
    state_title: str
    seconded: int
    opened_at: datetime


class ScanCard(Shape, frozen=True, kw_only=True):
    """The page of a code."""

    code: CodeShape
    place: PlaceShape
    contacts: list[ContactShape]
    phones: list[PhoneShape]
    actions: list[str]
    categories: list[CategoryShape]
    known: list[KnownShape]
    open_cases: list[OpenCaseShape]
    mine: list["CaseItem"]  # the viewer's own cases here, by account or by the keys they hold
    praises: PraiseList  # the newest few
    duty_phone: str | UnsetType = UNSET


class OptionShape(Shape, frozen=True, kw_only=True):
    value: str
    title: str


class FilingCard(Shape, frozen=True, kw_only=True):
    """What staff need to file a report for a resident at this place."""

    place: PlaceShape
    categories: list[CategoryShape]
    channels: list[OptionShape]
    known: list[KnownShape]
    open_cases: list[OpenCaseShape]  # what is open here, so that nobody files it again
    code: str | UnsetType = UNSET  # the token, where the place was found by its sign


class Receipt(Shape, frozen=True, kw_only=True):
    """What a resident holds after sending. `key` is a guest's way back."""

    number: str
    state: str
    state_title: str
    respond_by: datetime
    resolve_by: datetime
    starts_at: datetime | UnsetType = UNSET
    duty_phone: str | UnsetType = UNSET
    key: str | UnsetType = UNSET
    emergency: bool = False  # the words sound like danger: show 110, 119 and 120 first


class PhotoShape(Shape, frozen=True, kw_only=True):
    id: UUID
    url: str
    thumb_url: str
    width: int
    height: int


class WhoShape(Shape, frozen=True, kw_only=True):
    name: str
    role_title: str


class EventShape(Shape, frozen=True, kw_only=True):
    at: datetime
    who: WhoShape
    move: str
    move_title: str
    state_title: str | UnsetType = UNSET  # where the case stood afterwards
    text: str | UnsetType = UNSET
    photos: list[PhotoShape] | UnsetType = UNSET


class MoveShape(Shape, frozen=True, kw_only=True):
    """A move this viewer may make now. `options` are the choices of a field, by its name."""

    key: str
    title: str
    needs: list[str]
    options: dict[str, list[OptionShape]] | UnsetType = UNSET
    row: int | UnsetType = UNSET


class RaiserShape(Shape, frozen=True, kw_only=True):
    """Masked for everyone but the raiser herself; without a name where she is concealed."""

    me: bool
    name: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    concealed: bool = False
    gone: bool = False  # erased the account: nobody is left to ask


class ReferenceShape(Shape, frozen=True, kw_only=True):
    """What a case is called in another system."""

    system: str
    number: str


class HolderShape(Shape, frozen=True, kw_only=True):
    unit: str
    name: str | UnsetType = UNSET
    role_title: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET


class NextShape(Shape, frozen=True, kw_only=True):
    step: str
    by: datetime | UnsetType = UNSET


class BeforeShape(Shape, frozen=True, kw_only=True):
    """The same kind of thing reported at the same place not long before."""

    number: str
    state_title: str
    opened_at: datetime


class CasePage(Shape, frozen=True, kw_only=True):
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
    question: str | UnsetType = UNSET  # what the raiser is asked, while it waits for her
    hung_until: date | UnsetType = UNSET
    before: list[BeforeShape] | UnsetType = UNSET
    timeline: list[EventShape]
    moves: list[MoveShape]
    unread: list[str]  # titles of notices not read before
    emergency: bool = False
    channel: str | UnsetType = UNSET  # how it came; to staff
    channel_title: str | UnsetType = UNSET
    external_refs: list[ReferenceShape] | UnsetType = UNSET  # to staff
    unmask: list[str] | UnsetType = UNSET  # what of the raiser may be opened, with a reason
    praises: PraiseList | UnsetType = UNSET  # once it has ended
    praise_at: str | UnsetType = UNSET  # the sign at which this viewer may give thanks for it


class Unmasked(Shape, frozen=True, kw_only=True):
    """What a raiser left, in clear, for one who said why. Said once and kept nowhere."""

    field: str
    value: str
    left_today: int  # how many more this person may open


class CaseItem(Shape, frozen=True, kw_only=True):
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


class CaseList(Shape, frozen=True, kw_only=True):
    items: list[CaseItem]
    next: str | UnsetType = UNSET


class DeskList(Shape, frozen=True, kw_only=True):
    """The desk's list with the counts of its tabs and the estates to filter by."""

    items: list[CaseItem]
    counts: dict[str, str]  # open to_sign dispute overdue resolved closed; at most 999+
    estates: list[OptionShape]
    next: str | UnsetType = UNSET
    reach: str | UnsetType = UNSET  # newest short: how far words were looked for


class CallItem(Shape, frozen=True, kw_only=True):
    """A resident to ring up: what she reported, and what she is told about it. Never her number."""

    number: str
    title: str
    place: str
    spot: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    raiser: str | UnsetType = UNSET  # masked
    channel_title: str
    opened_at: datetime
    due_at: datetime | UnsetType = UNSET  # when silence ends it
    solved_at: datetime
    solved_by: str
    outcome: str  # in words
    said: str | UnsetType = UNSET
    missed_at: list[datetime]


class CallItems(Shape, frozen=True, kw_only=True):
    items: list[CallItem]
    next: str | UnsetType = UNSET


class Call(Shape, frozen=True, kw_only=True):
    """The same with her number, for one call."""

    item: CallItem
    phone: str


class BulkItem(Shape, frozen=True, kw_only=True):
    """One of the cases chosen for the same move."""

    number: str
    title: str
    place: str
    state_title: str
    version: int


class BulkCard(Shape, frozen=True, kw_only=True):
    """The cases chosen: those the move is open to now, and the others."""

    ready: list[BulkItem]
    others: list[BulkItem]
    move: MoveShape | UnsetType = UNSET  # with the options all of them have


class AccountShape(Shape, frozen=True, kw_only=True):
    id: UUID
    name: str
    roles: list[str]


class SignedIn(Shape, frozen=True, kw_only=True):
    token: str
    account: AccountShape


class PersonaShape(Shape, frozen=True, kw_only=True):
    key: str
    name: str
    role_title: str


class PersonaList(Shape, frozen=True, kw_only=True):
    personas: list[PersonaShape]


class Seconded(Shape, frozen=True, kw_only=True):
    seconded: int
    key: str | UnsetType = UNSET


class TownShape(Shape, frozen=True, kw_only=True):
    """The foot of every page."""

    name: str
    sponsor: str
    icp: str
    police_record: str
    phone: str
    demo: bool
