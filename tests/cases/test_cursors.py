"""A cursor goes on where a list ended; whatever somebody else made of one is refused in words."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from uuid import UUID

import pytest

from server.base.errors import Invalid
from server.cases import cursor, read_cursor

AT, KEY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC), UUID(int=7)


def forged(*said: object) -> str:
    return urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def test_what_we_made_is_read_back():
    assert read_cursor(cursor(AT, KEY)) == (AT, KEY)


@pytest.mark.parametrize(
    "text",
    [
        forged(AT.isoformat(), 5),
        forged(AT.isoformat(), None),
        forged(AT.isoformat(), [1]),
        forged("2026-11-23T02:00:00", str(KEY)),
        forged("0001-01-01T00:00:00+14:00", str(KEY)),
        forged("9999-12-31T23:59:59-14:00", str(KEY)),
        forged(7, str(KEY)),
        forged(AT.isoformat()),
        "9" * 300,
        "é",
    ],
)
def test_what_somebody_made_up_is_refused(text: str):
    with pytest.raises(Invalid):
        read_cursor(text)
