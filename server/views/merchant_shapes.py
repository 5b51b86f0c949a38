"""What people are shown of merchants, field by field: the shapes of `merchants.py`."""

from datetime import date, datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server.views.shape import Shape


class MerchantSign(Shape, frozen=True, kw_only=True):
    """Who trades at a place, as everybody reads it who scans the code at the door."""

    id: UUID
    kind: str  # shop vendor
    name: str
    trade_title: str
    duties: list[str]  # 门前三包, in words
    band: str  # good fair poor
    band_title: str
    license_short: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    duties_signed_on: date | UnsetType = UNSET


class MerchantLine(Shape, frozen=True, kw_only=True):
    """A merchant in the list at the desk."""

    id: UUID
    name: str
    kind_title: str
    trade_title: str
    place: str
    band: str
    band_title: str
    old_plaque: bool = False  # what hangs at the door bears the name it had before
    closed_at: datetime | UnsetType = UNSET


class MerchantLines(Shape, frozen=True, kw_only=True):
    items: list[MerchantLine]
    next: str | UnsetType = UNSET


class OwnerShape(Shape, frozen=True, kw_only=True):
    """Somebody who has a shop here; the number is masked."""

    id: UUID  # of the appointment
    phone: str
    since: datetime


class MerchantPage(Shape, frozen=True, kw_only=True):
    """One merchant at the desk, with everything that is written about it."""

    line: MerchantLine
    version: int
    kind: str
    trade: str
    duties: list[str]  # keys
    license_short: str
    points: int
    full: int
    registered_at: datetime
    owners: list[OwnerShape]
    uscc: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    duties_signed_on: date | UnsetType = UNSET
    sign: str | UnsetType = UNSET  # the token of its code
    replace_code: UUID | UnsetType = UNSET  # whose plaque bears the old name, if this reader may
