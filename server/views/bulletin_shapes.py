"""What people are shown of bulletins, field by field: the shapes of `bulletins.py`."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server.views.choosing import PlaceChoice
from server.views.shape import Shape
from server.views.shapes import OptionShape, PhotoShape


class BulletinLine(Shape, frozen=True, kw_only=True):
    """A bulletin that is out, in a list."""

    id: UUID
    kind_title: str
    title: str
    unit: str
    at: datetime
    pinned: bool


class BulletinList(Shape, frozen=True, kw_only=True):
    items: list[BulletinLine]  # pinned ones first, then the newest
    next: str | UnsetType = UNSET


class BulletinShape(Shape, frozen=True, kw_only=True):
    """A bulletin as everybody reads it; `html` is cleaned, and nothing else of it is markup."""

    kind_title: str
    title: str
    unit: str
    place: str
    html: str
    photos: list[PhotoShape]
    at: datetime | UnsetType = UNSET  # when it came out; absent before
    until: datetime | UnsetType = UNSET


class FigureShape(Shape, frozen=True, kw_only=True):
    """How often one was opened in a community; the whole town's rest has no name."""

    times: int
    community: str | UnsetType = UNSET


class MindedLine(Shape, frozen=True, kw_only=True):
    """A bulletin in the list of those who look after it."""

    id: UUID
    kind_title: str
    title: str
    place: str
    unit: str
    state: str  # draft scheduled out expired withdrawn
    state_title: str
    audiences: str  # in words
    pinned: bool
    changed_at: datetime
    out_at: datetime | UnsetType = UNSET
    until_at: datetime | UnsetType = UNSET


class MindedList(Shape, frozen=True, kw_only=True):
    items: list[MindedLine]
    next: str | UnsetType = UNSET


class MindedBulletin(Shape, frozen=True, kw_only=True):
    """One of them: how it reads, where it stands, what was typed, how often it was opened."""

    line: MindedLine
    shown: BulletinShape
    source: str
    place_id: UUID
    audience_keys: list[str]
    version: int
    usual_until: datetime  # what is proposed for its end
    figures: list[FigureShape]
    opened: int
    worded_here: bool  # the viewer may change its words
    reason: str | UnsetType = UNSET
    withdrawn_at: datetime | UnsetType = UNSET


class BulletinCard(Shape, frozen=True, kw_only=True):
    """What is needed to write one: for which places, and for whom."""

    places: PlaceChoice
    audiences: list[OptionShape]
