"""The embedded database: one SQLite file, one process.

Writing goes through the gate. Reading is done at once in the event loop, because a keyed read takes
some forty microseconds and handing it to a thread costs more than that; a read that lasts longer
than `INLINE_S` is stopped and done again by a reader thread, and its text goes there directly from
then on. WAL lets readers read while the gate writes.
"""

import asyncio
import re
import sqlite3
import threading
import time
from binascii import b2a_base64
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import date, datetime
from functools import lru_cache
from itertools import chain, product
from math import prod
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from tortoise import fields
from tortoise.exceptions import OperationalError

from server.base.columns import Dialect, instant_text, json_text
from server.base.errors import Unavailable
from server.base.gate import Gate
from server.base.pen import BY_SEARCH, Step, is_trouble
from server.base.write_set import AnyOf, Guard, Insert, WriteSet

INLINE_S = 0.003
READERS = 2
_LOOK_EVERY = 2_000  # Virtual machine steps between two looks at the clock, some 50 microseconds.
_SLOW_TEXTS_KEPT = 500
_TOO_LONG = {sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY}
MOST_AT_ONCE = 256  # of the values one column may equal, in one statement
PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "busy_timeout": "5000",
}

# Tortoise declares booleans as INT on SQLite; declared as BOOL they can be told from numbers.
fields.BooleanField._db_sqlite.SQL_TYPE = "BOOL"
sqlite3.register_converter("UUID", lambda raw: UUID(bytes=raw))
sqlite3.register_converter("TIMESTAMP", lambda raw: datetime.fromisoformat(raw.decode()))
sqlite3.register_converter("DATE", lambda raw: date.fromisoformat(raw.decode()))
sqlite3.register_converter("BOOL", lambda raw: raw != b"0")
sqlite3.register_converter("JSON", msgspec.json.decode)

Row = dict[str, Any]
_ADAPT: dict[type, Any] = {
    UUID: lambda value: value.bytes,
    datetime: instant_text,
    date: date.isoformat,
    dict: json_text,
    list: json_text,
}


class Sqlite:
    """One open SQLite file."""

    dialect: Dialect = "sqlite"

    def __init__(self, path: Path, *, longest_read_s: float) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._longest_read_s = longest_read_s
        self._gate = Gate(lambda: connect(path))
        self._inline = _Reader(path, INLINE_S)
        self._slow_texts: set[str] = set()
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="sqlite-reader")
        self._of_thread = threading.local()
        self._readers: list[_Reader] = []

    async def fetch(self, sql: str, args: Sequence[Any]) -> list[Row]:
        text, values = _question_marks(sql), [_adapted(arg) for arg in args]
        if text not in self._slow_texts:
            try:
                return self._inline.rows(text, values)
            except _TooLong:
                if len(self._slow_texts) < _SLOW_TEXTS_KEPT:
                    self._slow_texts.add(text)
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, self._in_thread, text, values)
        except _TooLong:
            raise Unavailable(retry_after_s=5) from None

    async def apply(self, write_set: WriteSet) -> None:
        steps = [_guard_step(guard) for guard in write_set.guards]
        steps += [_insert_step(insert) for insert in write_set.inserts]
        await self._gate.write(steps, takes_long=write_set.takes_long)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """For a writer on another connection: see `Gate.turn`."""
        try:
            async with self._gate.turn():
                yield
        except OperationalError as error:
            if any(is_trouble(cause) for cause in error.args):
                raise Unavailable(retry_after_s=5) from error
            raise

    async def close(self) -> None:
        await self._gate.close()
        await asyncio.to_thread(self._threads.shutdown)
        for reader in [self._inline, *self._readers]:
            reader.close()

    def _in_thread(self, text: str, values: list[Any]) -> list[Row]:
        reader: _Reader | None = getattr(self._of_thread, "reader", None)
        if reader is None:
            reader = self._of_thread.reader = _Reader(self._path, self._longest_read_s)
            self._readers.append(reader)
        return reader.rows(text, values)


class _TooLong(Exception):
    """The read did not end within its time."""


class _Reader:
    """One reading connection, used by one thread, that gives every read the same time."""

    def __init__(self, path: Path, limit_s: float) -> None:
        self._limit_s = limit_s
        self._until = 0.0
        self._connection = connect(path)
        self._connection.execute("PRAGMA query_only = ON")
        self._connection.execute(f"PRAGMA busy_timeout = {int(limit_s * 1000)}")
        self._connection.set_progress_handler(self._is_late, _LOOK_EVERY)

    def rows(self, text: str, values: list[Any]) -> list[Row]:
        self._until = time.perf_counter() + self._limit_s
        try:
            cursor = self._connection.execute(text, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except sqlite3.OperationalError as error:
            if (error.sqlite_errorcode or 0) & 0xFF in _TOO_LONG:
                raise _TooLong from None
            raise

    def close(self) -> None:
        self._connection.close()

    def _is_late(self) -> bool:
        return time.perf_counter() > self._until


def connect(path: Path) -> sqlite3.Connection:
    """A connection as everyone here wants it: durable, keys checked, types read back."""
    connection = sqlite3.connect(
        path,
        isolation_level=None,
        detect_types=sqlite3.PARSE_DECLTYPES,
        check_same_thread=False,
        cached_statements=512,
    )
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}").close()
    connection.create_function("in_base64", 1, _in_base64, deterministic=True)
    return connection


def _in_base64(raw: bytes | None) -> str | None:
    """Bytes for JSON, as they are read back from it."""
    return None if raw is None else b2a_base64(raw, newline=False).decode()


@lru_cache(2048)
def _question_marks(sql: str) -> str:
    return re.sub(r"\$(\d+)", r"?\1", sql)


def _adapted(value: Any) -> Any:
    adapt = _ADAPT.get(type(value))
    return adapt(value) if adapt else value


def _guard_step(guard: Guard) -> Step:
    wanted = tuple([(name, _compared(value)) for name, value in guard.where.items()])
    changes = None if guard.set is None else tuple(guard.set)
    name, new = guard.table.name, tuple((guard.set or {}).values())
    asked = [_portions(value) for value in guard.where.values() if value is not None]
    rows = [(*new, *chain.from_iterable(portions)) for portions in product(*asked)]
    sql = _guard_sql(name, wanted, changes)
    return Step(sql, rows, guard.expecting, name, weight=_weight(guard))


def _weight(guard: Guard) -> int:
    """How many rows it can meet."""
    asked = {column: value for column, value in guard.where.items() if value is not None}
    if not guard.table.pins_one_row(frozenset(asked)):
        return BY_SEARCH
    return prod([len(value.values) for value in asked.values() if isinstance(value, AnyOf)])


def _compared(value: Any) -> str:
    """How a column is asked for a value. Of several, so many marks as one portion has values."""
    if value is None:
        return "IS NULL"
    if not isinstance(value, AnyOf):
        return "= ?"
    return f"IN {_marks(_portion(len(value.values)))}"


def _portions(value: Any) -> list[tuple[Any, ...]]:
    """The values to ask for, as many at once as `_compared` has marks; the last fill up."""
    if not isinstance(value, AnyOf):
        return [(value,)]
    values, size = value.values, _portion(len(value.values))
    cut = [values[at : at + size] for at in range(0, len(values), size)]
    return [each + each[-1:] * (size - len(each)) for each in cut]


def _portion(values: int) -> int:
    """A power of two, to keep the texts few."""
    return min(MOST_AT_ONCE, 1 << max(0, values - 1).bit_length())


def _insert_step(insert: Insert) -> Step:
    name, columns = insert.table.name, insert.columns
    sql = _insert_sql(name, columns, insert.or_ignore)
    return Step(sql, insert.rows, None, name, _marks(len(columns)), weight=len(insert.rows))


@lru_cache(1024)
def _guard_sql(
    table: str, wanted: tuple[tuple[str, str], ...], changes: tuple[str, ...] | None
) -> str:
    where = " AND ".join(f'"{name}" {compared}' for name, compared in wanted)
    if changes is None:
        return f'DELETE FROM "{table}" WHERE {where}'
    sets = ", ".join(f'"{name}" = ?' for name in changes)
    return f'UPDATE "{table}" SET {sets} WHERE {where}'


@lru_cache(256)
def _marks(columns: int) -> str:
    return f"({', '.join('?' * columns)})"


@lru_cache(1024)
def _insert_sql(table: str, columns: tuple[str, ...], or_ignore: bool) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    ending = " ON CONFLICT DO NOTHING" if or_ignore else ""
    return f'INSERT INTO "{table}" ({names}) VALUES {_marks(len(columns))}{ending}'
