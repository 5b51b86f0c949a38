"""What is shown of codes at the desk, field by field: batches, runs of printing, one code."""

from datetime import date, datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server.views.plaques import PastShape
from server.views.shape import Shape


class BatchShape(Shape, frozen=True, kw_only=True):
    """A batch in the list."""

    id: UUID
    name: str
    made_at: datetime
    count: int
    place: str | UnsetType = UNSET
    voided_at: datetime | UnsetType = UNSET


class BatchList(Shape, frozen=True, kw_only=True):
    items: list[BatchShape]  # the newest first
    next: str | UnsetType = UNSET


class BatchKind(Shape, frozen=True, kw_only=True):
    """Of one kind of code in a batch: how many are in use and how many of them hang."""

    title: str
    active: int
    mounted: int


class BatchPage(Shape, frozen=True, kw_only=True):
    """One batch with what of it is still in use."""

    batch: BatchShape
    kinds: list[BatchKind]
    active: int
    mounted: int


class PrintShape(Shape, frozen=True, kw_only=True):
    """A batch being printed, or printed."""

    id: UUID
    layout: str
    state: str  # waiting drawing ready failed
    total: int
    drawn: int
    size_kb: int
    asked_at: datetime


class CodeLine(Shape, frozen=True, kw_only=True):
    """A code in a list."""

    id: UUID
    kind_title: str
    place: str
    mounted: bool
    short: str | UnsetType = UNSET


class CodeLines(Shape, frozen=True, kw_only=True):
    """Codes at the first places of a name; `more`: there may be others."""

    items: list[CodeLine]
    more: bool


class DayShape(Shape, frozen=True, kw_only=True):
    on: date
    scans: int


class PastCode(Shape, frozen=True, kw_only=True):
    """One of the codes a place has or had."""

    id: UUID
    issued_at: datetime
    short: str | UnsetType = UNSET
    retired_at: datetime | UnsetType = UNSET
    ended_for: str | UnsetType = UNSET


class CodePage(Shape, frozen=True, kw_only=True):
    """One code: where it belongs, what became of it, how often it is scanned."""

    id: UUID
    token: str
    kind_title: str
    place: str
    in_use: bool
    may_end: bool  # the viewer makes codes here
    issued_at: datetime
    past: list[PastCode]  # the others of its place and kind, the newest first
    days: list[DayShape]
    scans: int
    counted: bool  # of a home scans are not counted: they would tell who is at home
    happened: list[PastShape]  # put up, reported, looked after; the newest first
    short: str | UnsetType = UNSET
    mounted_at: datetime | UnsetType = UNSET
    retired_at: datetime | UnsetType = UNSET
    ended_for: str | UnsetType = UNSET
    successor_id: UUID | UnsetType = UNSET


class MissingShape(Shape, frozen=True, kw_only=True):
    """A kind of place under a node: how many there are and how many have no code yet."""

    kind: str
    title: str
    places: int
    missing: int
