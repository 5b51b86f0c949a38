"""The signs on the wall: tokens and short numbers, what a scan finds, batches, counts of scans."""

from server.codes.actions import (
    KINDS,
    WITHOUT_SHORT,
    Batch,
    count_scan,
    flush_scans,
    make_batch,
    replace,
    retire,
)
from server.codes.errors import CodeRetired, CodeUnknown
from server.codes.hanging import put_up, signs_in_use, tokens_taken
from server.codes.queries import CodeCard, find_short, first_sign, read, sign_at
from server.codes.tokens import make_short, make_token, tidy, tidy_short

__all__ = [
    "KINDS",
    "WITHOUT_SHORT",
    "Batch",
    "CodeCard",
    "CodeRetired",
    "CodeUnknown",
    "count_scan",
    "find_short",
    "first_sign",
    "flush_scans",
    "make_batch",
    "make_short",
    "make_token",
    "put_up",
    "read",
    "replace",
    "retire",
    "sign_at",
    "signs_in_use",
    "tidy",
    "tidy_short",
    "tokens_taken",
]
