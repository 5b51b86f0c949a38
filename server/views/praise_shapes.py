"""What people are shown of praise, field by field: the shapes of `praises.py`."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server.views.shape import Shape


class PraiseShape(Shape, frozen=True, kw_only=True):
    """One praise as everybody reads it."""

    target_kind: str  # post unit merchant place case
    target: str  # as it was called then
    tag: str
    tag_title: str
    at: datetime
    giver: str | UnsetType = UNSET  # masked; absent where it is not to be told
    text: str | UnsetType = UNSET


class PraiseList(Shape, frozen=True, kw_only=True):
    items: list[PraiseShape]
    next: str | UnsetType = UNSET


class OwnPraise(Shape, frozen=True, kw_only=True):
    """One praise as its giver sees it, with what became of it."""

    id: UUID
    state: str  # waiting accepted refused withdrawn
    state_title: str
    target_kind: str
    target: str
    tag: str
    tag_title: str
    place: str
    at: datetime
    text: str | UnsetType = UNSET
    reason: str | UnsetType = UNSET  # why it was not passed on


class OwnPraiseList(Shape, frozen=True, kw_only=True):
    items: list[OwnPraise]
    next: str | UnsetType = UNSET


class PraiseGiven(Shape, frozen=True, kw_only=True):
    """What became of a praise at once."""

    id: UUID
    state: str
    state_title: str


class PraiseTarget(Shape, frozen=True, kw_only=True):
    """Someone or something that may be praised at a sign; `value` is how a form names it."""

    kind: str
    value: str
    name: str


class TagShape(Shape, frozen=True, kw_only=True):
    value: str
    title: str


class PraiseCard(Shape, frozen=True, kw_only=True):
    """Whom one may thank at a sign; with one chosen, the words to press for it."""

    targets: list[PraiseTarget]
    tags: list[TagShape]  # of the chosen one
    chosen: PraiseTarget | UnsetType = UNSET


class WaitingPraise(Shape, frozen=True, kw_only=True):
    """A praise as the clerk reads it who passes it on."""

    id: UUID
    target: str
    tag_title: str
    place: str
    at: datetime
    late: bool  # has waited longer than it should
    text: str
    giver: str | UnsetType = UNSET
    flag_title: str | UnsetType = UNSET  # where to look twice


class WaitingList(Shape, frozen=True, kw_only=True):
    items: list[WaitingPraise]  # the longest first
    next: str | UnsetType = UNSET


class OddPraise(Shape, frozen=True, kw_only=True):
    """A target whose praise looks as if it was farmed, and by which rules."""

    target: str
    praises: int
    accounts: int
    first_at: datetime
    last_at: datetime
    rules: list[str]


class GridPraise(Shape, frozen=True, kw_only=True):
    """Praise and reports of one grid in the last thirty days."""

    grid: str
    praises: int
    reports: int
