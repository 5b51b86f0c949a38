"""Where a list goes on: the last line's sort value and key, as one opaque word."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from uuid import UUID

from server.base.errors import wrong

LONGEST = 200


def cursor(at: datetime, key: UUID | int) -> str:
    """A cursor that goes on after this line."""
    plain = json.dumps([at.astimezone(UTC).isoformat(), str(key)])
    return urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read_cursor(text: str, *, field: str = "after") -> tuple[datetime, UUID]:
    """The line to go on after. Raises Invalid naming the field for what we did not make."""
    try:
        if len(text) > LONGEST:
            raise ValueError("longer than any cursor")
        padded = text + "=" * (-len(text) % 4)
        at, key = json.loads(urlsafe_b64decode(padded))
        instant = datetime.fromisoformat(at)
        if instant.tzinfo is None:
            raise ValueError("an instant without a zone")
        return instant.astimezone(UTC), UUID(f"{key}")
    except (ValueError, TypeError, OverflowError, binascii.Error):
        raise wrong(field, "not-a-cursor", "列表接不上了，请从头看起。") from None
