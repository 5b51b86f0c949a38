"""The key a guest holds to her case: made from the case itself, so a replay makes the same one."""

import hmac
from collections.abc import Collection, Iterable
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from server.base import seal

MOST_KEYS = 100  # a phone's cookie never holds more


@lru_cache(1024)
def key_of(case_id: UUID, row: int = 0) -> str:
    """The key of the raiser (row 0), or of the seconder who holds that row."""
    return seal.sign_key("case-key", case_id.bytes + row.to_bytes(4, "big"))


def key_hash(key: str) -> bytes:
    """What is stored of a key: it finds the case and does not open it."""
    return sha256(key.encode()).digest()[:16]


def key_hashes(keys: Iterable[str]) -> list[bytes]:
    """The hashes of a viewer's keys, in a fixed order, never too many."""
    return [key_hash(key) for key in sorted(keys)[:MOST_KEYS]]


def holds_key(keys: Collection[str], case_id: UUID) -> bool:
    """Whether one of these keys opens the case as its raiser."""
    if not keys:
        return False
    right = key_of(case_id).encode()
    return any([hmac.compare_digest(right, key.encode()) for key in keys])
