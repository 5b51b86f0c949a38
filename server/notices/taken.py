"""A message as a channel gets it: what to tell whom, under the lease of the worker that took it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Taken:
    """One notice under a lease."""

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
    lease: str
    tries: int
