"""What was typed in one field, read as an id, a day or an instant; else what is wrong with it."""

from datetime import date, datetime
from uuid import UUID

from server.base import clock
from server.base.errors import FieldError, Invalid, NotFound


def read_id(text: str, field: str, sentence: str, *, code: str = "required") -> UUID:
    """What was chosen. Raises Invalid with the sentence."""
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(FieldError(field, code, sentence)) from None


def read_day(text: str, field: str, sentence: str) -> date:
    """A day, as 2026-12-01. Raises Invalid with the sentence."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(FieldError(field, "not-a-day", sentence)) from None


def read_instant(
    text: str, field: str, sentence: str = "写清哪天几点，比如2026-12-01 18:00。"
) -> datetime:
    """An instant as people write it, 2026-12-01T18:00. Raises Invalid with the sentence."""
    try:
        return clock.entered(datetime.fromisoformat(text))
    except ValueError:
        raise Invalid(FieldError(field, "not-an-instant", sentence)) from None


def found_id(text: str) -> UUID:
    """The id in an address or a hidden field. Raises NotFound for what is none."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
