"""What is shown at a place: the page of its code, and what staff need to file a report there."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server.views.bulletin_shapes import BulletinList
from server.views.home_shapes import HomeShape
from server.views.list_shapes import CaseItem
from server.views.merchant_shapes import MerchantSign
from server.views.praise_shapes import PraiseList
from server.views.shape import Shape
from server.views.shapes import OptionShape, PlaceShape
from server.views.station_shapes import CommunityName, StationShape


class CodeShape(Shape, frozen=True, kw_only=True):
    token: str
    kind: str
    status: str
    short: str | UnsetType = UNSET


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
    whom: bool = False  # one may say whom it concerns: `about` of the sign
    advice: str | UnsetType = UNSET  # the words themselves


class KnownShape(Shape, frozen=True, kw_only=True):
    text: str
    until: datetime


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
    about: list[OptionShape]  # whom an opinion may concern: "post_id:ID" or "unit_id:ID"
    known: list[KnownShape]
    open_cases: list[OpenCaseShape]
    mine: list["CaseItem"]  # the viewer's own cases here, by account or by the keys they hold
    praises: PraiseList  # the newest few
    merchant: MerchantSign | UnsetType = UNSET  # who trades here
    bulletins: BulletinList  # the first two
    duty_phone: str | UnsetType = UNSET
    home: HomeShape | UnsetType = UNSET  # at the code of a home: how the viewer stands to it
    community: CommunityName | UnsetType = UNSET
    station: StationShape | UnsetType = UNSET  # what a station's own sign tells of it


class FilingCard(Shape, frozen=True, kw_only=True):
    """What staff need to file a report for a resident at this place."""

    place: PlaceShape
    categories: list[CategoryShape]
    channels: list[OptionShape]
    known: list[KnownShape]
    open_cases: list[OpenCaseShape]  # what is open here, so that nobody files it again
    code: str | UnsetType = UNSET  # the token, where the place was found by its sign
