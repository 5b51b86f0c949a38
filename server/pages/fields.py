"""What was typed in one field, read as an id, a day or an instant; else what is wrong with it."""

from datetime import date, datetime
from uuid import UUID

from server.base import clock
from server.base.errors import NotFound, wrong
from server.base.ids import id_in


def read_id(text: str, field: str, sentence: str, *, code: str = "required") -> UUID:
    """What was chosen. Raises Invalid with the sentence."""
    found = id_in(text)
    if found is None:
        raise wrong(field, code, sentence)
    return found


def read_day(text: str, field: str, sentence: str) -> date:
    """A day, as 2026-12-01. Raises Invalid with the sentence."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong(field, "not-a-day", sentence) from None


def read_instant(
    text: str, field: str, sentence: str = "写清哪天几点，比如2026-12-01 18:00。"
) -> datetime:
    """An instant as people write it, 2026-12-01T18:00. Raises Invalid with the sentence."""
    found = instant_in(text)
    if found is None:
        raise wrong(field, "not-an-instant", sentence)
    return found


def instant_in(text: str) -> datetime | None:
    """The same; None for what is none."""
    try:
        return clock.entered(datetime.fromisoformat(text))
    except ValueError:
        return None


def found_id(text: str) -> UUID:
    """The id in an address or a hidden field. Raises NotFound for what is none."""
    found = id_in(text)
    if found is None:
        raise NotFound
    return found
