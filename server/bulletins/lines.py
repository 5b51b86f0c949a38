"""Bulletins as they are read from the table: a line of a list, one whole, what hangs at a place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server.bulletins.rules import AUDIENCES, state_at

LINE = (
    "id, kind, title, place_name, unit_name, state, pinned, out_at, until_at, changed_at,"
    " for_residents, for_merchants, for_staff"
)
WHOLE = (
    f"{LINE}, source, html, photo_ids, place_id, path, by_area, unit_id, version, withdrawn_at,"
    " reason"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A bulletin in a list."""

    id: UUID
    kind: str
    title: str
    place_name: str
    unit_name: str
    state: str  # as kept; where it stands now, `standing`
    pinned: bool
    out_at: datetime | None
    until_at: datetime | None
    changed_at: datetime
    for_residents: bool
    for_merchants: bool
    for_staff: bool

    def standing(self, now: datetime) -> str:
        """draft, scheduled, out, expired or withdrawn."""
        return state_at(self.state, self.out_at, self.until_at, now)

    @property
    def audiences(self) -> tuple[str, ...]:
        """For whom it is."""
        return tuple(one for one in AUDIENCES if getattr(self, f"for_{one}"))


@dataclass(frozen=True, slots=True)
class Bulletin(Line):
    """A bulletin whole."""

    source: str
    html: str
    photo_ids: tuple[UUID, ...]
    place_id: UUID
    path: str
    by_area: str
    unit_id: UUID
    version: int
    withdrawn_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Posted:
    """What hangs at a place now, pinned ones first, then the newest; and until when that is so.

    `changes_at` is the next instant at which one of them expires or another comes out.
    """

    lines: tuple[Line, ...]
    changes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """One stretch of a list, pinned ones first, then the newest; and after which it goes on."""

    lines: tuple[Line, ...]
    next: UUID | None = None


def whole(row: dict[str, Any]) -> Bulletin:
    """The bulletin of a row with the columns of `WHOLE`."""
    photo_ids = tuple(UUID(one) for one in row["photo_ids"])
    return Bulletin(**(row | {"photo_ids": photo_ids}))
