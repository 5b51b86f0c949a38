"""What people are shown, field by field. One object is JSON, page context and OpenAPI schema.

A field that is `UNSET` is absent on the wire; templates ask `is given`.
"""

from uuid import UUID

from msgspec import UNSET, UnsetType

from server.views.shape import Shape


class PointShape(Shape, frozen=True, kw_only=True):
    lng: float
    lat: float


class PlaceShape(Shape, frozen=True, kw_only=True):
    id: UUID
    name: str  # the whole name, as on the sign
    path: list[str]  # names from the city down
    point: PointShape | UnsetType = UNSET


class OptionShape(Shape, frozen=True, kw_only=True):
    value: str
    title: str


class PhotoShape(Shape, frozen=True, kw_only=True):
    id: UUID
    url: str
    thumb_url: str
    width: int
    height: int


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


class TownShape(Shape, frozen=True, kw_only=True):
    """The foot of every page."""

    name: str
    sponsor: str
    icp: str
    police_record: str
    phone: str
    demo: bool
