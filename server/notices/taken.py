"""A message as a channel gets it: what to tell whom, and who has it in hand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Taken:
    """One notice that is due, under a lease where its channel reaches outside."""

    id: int
    channel: str
    account_id: UUID | None
    post_id: UUID | None
    unit_id: UUID | None
    key_hash: bytes | None
    case_id: UUID | None
    text_key: str
    values: dict[str, str]
    created_at: datetime
    lease: str | None
    tries: int
