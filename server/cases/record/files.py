"""A case as it is read: one frozen value with its rows and clocks, before anyone's lens.

Structs, because they are made by the dozen for every request. Those that come out of the tables as
JSON arrays have their fields in that order.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct


class RowFile(Struct, frozen=True, array_like=True):
    """A row of a case: row 0 is the case itself, the others belong to its lanes."""

    no: int
    lane: str
    state: str
    live: bool
    post_id: UUID | None
    unit_id: UUID | None
    account_id: UUID | None
    key_hash: bytes | None
    changed: int
    came_from: str
    due_at: datetime | None


class ClockFile(Struct, frozen=True, array_like=True):
    """One clock of one row, as the engine left it."""

    no: int
    key: str
    kept: dict[str, Any]
    due_at: datetime | None
    ring_at: datetime | None


class EventFile(Struct, frozen=True, array_like=True):
    """What happened, once and for ever."""

    version: int
    at: datetime
    move: str
    no: int
    by_account_id: UUID | None
    by_post_id: UUID | None
    by_name: str
    by_role: str
    body: dict[str, Any]
    chain: bytes
    words_id: UUID | None = None  # what a resident said with it, until that is forgotten
    words_sealed: bytes | None = None


class CaseFile(Struct, frozen=True, kw_only=True):
    """Everything the desk knows of one case but its history."""

    id: UUID
    number: str
    flow: str
    flow_version: int
    version: int
    state: str
    live: bool
    ending: str | None
    outcome: str | None
    category: str
    facts: dict[str, Any]
    place_id: UUID
    place_name: str
    path: str
    covers_path: str
    estate_id: UUID | None
    code_id: UUID | None
    spot: str
    text: str
    lng: float | None
    lat: float | None
    public: bool
    conceal: bool
    about_unit_id: UUID | None
    about_post_id: UUID | None
    channel: str
    raiser_account_id: UUID | None
    raiser_gone: bool
    forgotten_at: datetime | None
    name_sealed: bytes | None
    phone_sealed: bytes | None
    opened_at: datetime
    closed_at: datetime | None
    respond_by: datetime
    resolve_by: datetime
    due_at: datetime | None
    responded_at: datetime | None
    resolved_at: datetime | None
    seconded: int
    solved: str | None
    rating: str | None
    merged_into_id: UUID | None
    chain: bytes
    rows: tuple[RowFile, ...] = ()
    clocks: tuple[ClockFile, ...] = ()
    parties: tuple["PartyFile", ...] = ()

    @property
    def main(self) -> RowFile:
        """Row 0: the case itself."""
        return self.rows[0]


class PartyFile(Struct, frozen=True, array_like=True):
    """Someone the case concerns for good."""

    relation: str  # raiser second holder filer caller
    account_id: UUID | None
    key_hash: bytes | None
    post_id: UUID | None
    unit_id: UUID | None
