"""What people are shown of inspections, field by field: the shapes of `inspections.py`."""

from datetime import date, datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server.views.list_shapes import CaseItem
from server.views.shape import Shape
from server.views.shapes import OptionShape, PlaceShape


class InspectCard(Shape, frozen=True, kw_only=True):
    """What staff need to take down what they found at a shop."""

    merchant_id: UUID
    token: str
    name: str
    place: PlaceShape
    items: list[OptionShape]
    has_owner: bool  # somebody is told; else the staff tell them in person


class LostShape(Shape, frozen=True, kw_only=True):
    """Points that were taken, what for, and what became of them."""

    number: str | UnsetType = UNSET  # of the case that took them
    title: str | UnsetType = UNSET
    points: int
    at: datetime
    returns_on: date
    missing: bool  # now
    reversed_at: datetime | UnsetType = UNSET


class ShopShape(Shape, frozen=True, kw_only=True):
    """A shop as its owner sees it."""

    id: UUID
    name: str
    place: str
    kind_title: str
    trade_title: str
    duties: list[str]  # 门前三包 that was signed for, in words
    band: str  # good fair poor
    band_title: str
    points: int
    full: int
    asked: list[CaseItem]  # what the owner can do something about, newest first
    waiting: list[CaseItem]  # open too, and in others' hands
    past: list[CaseItem]  # ended, newest first, a page of them
    lost: list[LostShape]  # newest first
    closed: bool
    duties_signed_on: date | UnsetType = UNSET
    next: str | UnsetType = UNSET
    sign: str | UnsetType = UNSET  # the token of its code


class ShopList(Shape, frozen=True, kw_only=True):
    """The shops somebody has, by name; what is further back in one, its own address tells."""

    items: list[ShopShape]


class FoundReceipt(Shape, frozen=True, kw_only=True):
    """What was taken down at a shop: its number, what it is, until when the shop may mend it."""

    number: str
    state: str
    state_title: str
    title: str
    points: int  # what it costs if it is not put right
    rectify_by: datetime | UnsetType = UNSET
