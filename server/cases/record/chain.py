"""The chain of a case: each event's hash holds the one before, so no past is rewritten unseen."""

from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

from server.trust import Stream

START = bytes(32)
EVENTS = Stream(
    1, "case_event", "case_id", "version", "event", "SELECT number FROM cases WHERE id = $1"
)


def canonical(body: dict[str, Any]) -> msgspec.Raw:
    """The one way of writing a body, for the row and for its hash alike."""
    return msgspec.Raw(msgspec.json.encode(body, order="sorted"))


def link(
    before: bytes,
    *,
    case_id: UUID,
    body: dict[str, Any] | msgspec.Raw,
    by_account_id: UUID | None,
    by_name: str,
    by_role: str,
) -> bytes:
    """The hash of one event after the one before it, over its canonical JSON."""
    said = {
        "case": str(case_id),
        "account": None if by_account_id is None else str(by_account_id),
        "name": by_name,
        "role": by_role,
        "body": body,
    }
    return sha256(before + msgspec.json.encode(said, order="sorted")).digest()
