"""The town's database, SQLite or PostgreSQL: opened once in a process, asked in SQL.

SQL is written once for both, with $1, $2 … and without casts. Rows come back in the same Python
types: UUID, aware datetime, date, bool, bytes, dict and list for JSON. Only an expression has no
declared type on SQLite: a bool made there comes as 0 or 1, and of an instant use `instant()`.
Writing is the business of `unit.py`.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from server import tables
from server.base import cache, schema, tally
from server.base.columns import Dialect
from server.base.postgres import Postgres
from server.base.sqlite import Sqlite
from server.base.write_set import WriteSet

LONGEST_READ_S = 3.0
PAGE = 500
Row = dict[str, Any]


class Engine(Protocol):
    """What both databases can do for us."""

    @property
    def dialect(self) -> Dialect: ...
    async def fetch(self, sql: str, args: Sequence[Any]) -> list[Row]: ...
    async def apply(self, write_set: WriteSet) -> None: ...
    def turn(self) -> AbstractAsyncContextManager[None]: ...
    async def close(self) -> None: ...


class _Open:
    """The one database of this process."""

    engine: Engine | None = None


async def open(
    url: str,
    *,
    models: Sequence[str] = tables.MODEL_MODULES,
    longest_read_s: float = LONGEST_READ_S,
) -> None:
    """Connect. `sqlite:///path/to/file` or `postgres://user:password@host/database`.

    A read that takes longer than `longest_read_s` is given up, as Unavailable.
    """
    if _Open.engine is not None:
        raise RuntimeError("the database is open already")
    await schema.register(url, models)
    try:
        _Open.engine = await _connected(url, longest_read_s)
        await schema.connect_embedded()
    except BaseException:
        await close()
        raise


async def close() -> None:
    """Let go of it, after `unit.drain()`; what was kept of its answers or counted is forgotten."""
    engine, _Open.engine = _Open.engine, None
    cache.clear()
    tally.forget_all()
    if engine is not None:
        await engine.close()
    await schema.forget()


async def migrate() -> list[str]:
    """Make the schema current; the names of the migrations that ran. Safe from several at once."""
    async with engine().turn():
        return await schema.migrate()


async def pending() -> list[str]:
    """The migrations this code needs and the database has not seen."""
    return await schema.pending()


async def fetch(sql: str, *args: object) -> list[Row]:
    """All rows. Raises Unavailable when the database does not answer within its time."""
    return await engine().fetch(sql, args)


async def fetch_one(sql: str, *args: object) -> Row | None:
    """The first row, or None."""
    rows = await engine().fetch(sql, args)
    return rows[0] if rows else None


async def fetch_value(sql: str, *args: object) -> Any:
    """The first column of the first row, or None."""
    rows = await engine().fetch(sql, args)
    return next(iter(rows[0].values())) if rows else None


async def older(
    table: str, columns: str, at: str, before: datetime, *, size: int = PAGE
) -> AsyncIterator[list[Row]]:
    """Pages of the rows of a table that are from before an instant, oldest first.

    Keys are given in the order of time, so the first page that ends with a young row is the last,
    and no index on `at` is needed.
    """
    rows = await fetch(f"SELECT id, {at}, {columns} FROM {table} ORDER BY id LIMIT {size}")
    while rows:
        if old := [row for row in rows if row[at] < before]:
            yield old
        if rows[-1][at] >= before:
            return
        rows = await fetch(
            f"SELECT id, {at}, {columns} FROM {table} WHERE id > $1 ORDER BY id LIMIT {size}",
            rows[-1]["id"],
        )


def in_list(values: Iterable[object], start: int = 1) -> tuple[str, list[object]]:
    """The right side of IN and its values: `("($3,$4)", [a, b])` for start=3; empty: no row."""
    listed = list(values)
    marks = ",".join(f"${at}" for at in range(start, start + len(listed)))
    return f"({marks or 'NULL'})", listed


def instant(value: datetime | str | None) -> datetime | None:
    """An instant that came out of an expression such as max(at)."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def dialect() -> Dialect:
    """ "sqlite" or "postgres"."""
    return engine().dialect


def engine() -> Engine:
    """The open database, for `unit.py`."""
    if _Open.engine is None:
        raise RuntimeError("the database is not open")
    return _Open.engine


async def _connected(url: str, longest_read_s: float) -> Engine:
    path = schema.sqlite_path(url)
    if path is None:
        return await Postgres.open(url, longest_read_s=longest_read_s)
    return Sqlite(Path(path), longest_read_s=longest_read_s)
