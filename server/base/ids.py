"""Keys for the machine, numbers for people.

UUIDv7 keys and the 16-byte field that stores them; receipt numbers with a check digit.
"""

import os
import secrets
import sqlite3
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.fields import Field
from tortoise.models import Model

from server.base import clock

NUMBER_LENGTH = 12
_VERSION_AND_VARIANT = (7 << 76) | (0b10 << 62)


def new_id() -> UUID:
    """A new UUIDv7: sorts by the moment it was made, to about a quarter of a microsecond."""
    ms, rest_ns = divmod(time.time_ns(), 1_000_000)
    within_ms = (rest_ns << 12) // 1_000_000
    random62 = int.from_bytes(_random.take(), "big") >> 2
    return UUID(int=(ms << 80) | (within_ms << 64) | _VERSION_AND_VARIANT | random62)


def id_in(text: str) -> UUID | None:
    """The key somebody sent or chose; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


class _Random:
    """Random bytes of the system, asked for by the hundred: each question is a call of its own."""

    def __init__(self) -> None:
        self._left: list[bytes] = []

    def take(self) -> bytes:
        """Eight of them, never given before."""
        if not self._left:
            drawn = os.urandom(8 * 256)
            self._left = [drawn[at : at + 8] for at in range(0, len(drawn), 8)]
        return self._left.pop()

    def forget(self) -> None:
        """In a process made of another, which would give the same."""
        self._left.clear()


_random = _Random()
os.register_at_fork(after_in_child=_random.forget)


def new_number(at: datetime) -> str:
    """A receipt number to read out on the phone: yymmdd, five random digits, a check digit.

    The day is the town's. Two draws of one day may be equal: the table's unique index decides
    and the caller draws again.
    """
    day = clock.local(at)
    digits = f"{day.year % 100:02}{day.month:02}{day.day:02}{secrets.randbelow(100_000):05}"
    return digits + check_digit(digits)


def valid_number(text: str) -> bool:
    """Whether a typed receipt number can be one: twelve digits whose last one checks."""
    return len(text) == NUMBER_LENGTH and has_check_digit(text)


def reads_as_number(typed: str) -> bool:
    """Whether somebody typed a receipt number, spaces allowed, even one with a slip in it."""
    digits = "".join(letter for letter in typed if not letter.isspace() and letter != "-")
    return len(digits) == NUMBER_LENGTH and digits.isdecimal()


def check_digit(digits: str) -> str:
    """The digit to append (ISO 7064 MOD 11,10): finds every single wrong digit when typed."""
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def has_check_digit(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it."""
    return digits.isascii() and digits.isdigit() and check_digit(digits[:-1]) == digits[-1]


class IdField(Field[UUID], UUID):
    """A key: `uuid` on PostgreSQL, sixteen bytes declared "UUID" on SQLite.

    As a primary key it makes itself with `new_id`.
    """

    SQL_TYPE = "UUID"

    def __init__(self, *, default: Callable[[], UUID] | None = None, **kwargs: Any) -> None:
        if kwargs.get("primary_key") and default is None:
            default = new_id
        super().__init__(default=default, **kwargs)

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> UUID | None:
        return self.to_python_value(value)

    def to_python_value(self, value: Any) -> UUID | None:
        if value is None or isinstance(value, UUID):
            return value
        return UUID(bytes=value) if isinstance(value, bytes) else UUID(str(value))


# Both drivers take the UUID itself; this tells Python's sqlite3 to write its sixteen bytes.
sqlite3.register_adapter(UUID, lambda key: key.bytes)
