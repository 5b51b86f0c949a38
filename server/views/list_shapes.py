"""What is shown of many cases: lines of lists, calls to make, cases chosen together."""

from datetime import datetime

from msgspec import UNSET, UnsetType

from server.views.case_shapes import MoveShape
from server.views.shape import Shape
from server.views.shapes import OptionShape


class CaseItem(Shape, frozen=True, kw_only=True):
    """A line of a list: to-do, mine, here, desk."""

    number: str
    title: str  # the category's
    state: str
    state_title: str
    ending: str | UnsetType = UNSET
    ending_title: str | UnsetType = UNSET
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
    moves: list[str]  # what may be done with several of them at once
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
