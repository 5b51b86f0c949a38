"""The schema: Tortoise's models and its built-in migrations, on either database.

Several processes may start at once and all want the schema current: on PostgreSQL they take turns
by an advisory lock, and the later ones find nothing to do.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationTarget
from tortoise.migrations.writer import MigrationWriter
from tortoise.models import Model

from server.base.migrating import Executor
from server.base.sqlite import PRAGMAS

APP = "models"
MIGRATIONS = "server.migrations"
CLOSES_WITHIN_S = 1.5  # Tortoise itself waits ten seconds, longer than anybody has for a stop
_SQLITE = "sqlite://"
_TURN = 0x6D617368616E67  # "mashang": the advisory lock of whoever migrates.
log = logging.getLogger("mashang.schema")


def sqlite_path(url: str) -> str | None:
    """The file of a `sqlite://` address, or None if it is another database's."""
    return url.removeprefix(_SQLITE) if url.startswith(_SQLITE) else None


class _Registered:
    """The models of this process and their one connection."""

    context: TortoiseContext | None = None


async def register(url: str, models: Sequence[str]) -> None:
    """Tell Tortoise where the tables live. It connects when it is first used."""
    _Registered.context = TortoiseContext()
    with _Registered.context as context:
        await context.init(config=config(url, models), _enable_global_fallback=True)
    for model in all_models():
        # A docstring is for readers of the code; with a ";" in it Tortoise's SQL breaks in two.
        model._meta.table_description = ""


async def connect_embedded() -> None:
    """Make Tortoise's one SQLite connection now.

    Left to itself it connects inside the first query, with its lock taken; a caller who hangs up
    just then takes the lock away for good.
    """
    client = connection()
    if client.capabilities.dialect == "sqlite":
        await client.create_connection(with_db=True)


async def forget() -> None:
    """Close Tortoise's connections; what is still at work on one is waited for only a moment."""
    context, _Registered.context = _Registered.context, None
    if context is None:
        return
    try:
        await asyncio.wait_for(context.close_connections(), CLOSES_WITHIN_S)
    except TimeoutError:
        log.warning("something was still at work through a model when the database was closed")
        await context.close_connections()  # those are broken off now, and it forgets them


def connection() -> Any:
    """Tortoise's own connection, beside ours."""
    if _Registered.context is None:
        raise RuntimeError("the database is not open")
    return _Registered.context.db()


@contextmanager
def speaking_through(transaction: Any) -> Iterator[None]:
    """Inside, everything the models say goes through this transaction's connection."""
    if _Registered.context is None:
        raise RuntimeError("the database is not open")
    handler = _Registered.context.connections
    token = handler.set(transaction.connection_name, transaction)
    try:
        yield
    finally:
        handler.reset(token)


async def change_many(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """The same statement with many rows of values, inside `unit_of_work().models()`."""
    client = connection()
    if client.capabilities.dialect == "sqlite":
        sql = re.sub(r"\$(\d+)", r"?\1", sql)
    await client.execute_many(sql, [list(row) for row in rows])


def all_models() -> Iterable[type[Model]]:
    """Every table's model."""
    context = _Registered.context
    return context.apps.get_models_iterable() if context and context.apps else ()


def config(url: str, models: Sequence[str]) -> dict[str, Any]:
    """What Tortoise wants to know.

    The connection bears the dialect's name, because Tortoise keeps SQL by the connection's name
    for ever: tests that open one database after the other would mix them up.
    """
    name = _dialect(url)
    return {
        "connections": {name: _connection(url)},
        "apps": {
            APP: {
                "models": list(models),
                "default_connection": name,
                "migrations": MIGRATIONS,
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }


async def migrate() -> list[str]:
    """Apply what is missing, one at a time, each in a transaction."""
    async with _turn():
        executor = _executor()
        missing = [step.migration.name for step in await executor.plan(_LATEST)]
        await executor.migrate(_LATEST, direction="forward")
        return missing


async def pending() -> list[str]:
    """What `migrate` would apply."""
    return [step.migration.name for step in await _executor().plan(_LATEST)]


async def draft() -> list[str]:
    """Write down, as a new file to be read, what the models want and no migration does yet."""
    return [str(writer.write()) for writer in await _unwritten()]


async def undrafted() -> list[str]:
    """What `draft` would write down: nothing, when models and migrations agree."""
    return [operation.describe() for each in await _unwritten() for operation in each.operations]


_LATEST = [MigrationTarget(app_label=APP, name="__latest__")]


async def _unwritten() -> list[MigrationWriter]:
    context = _Registered.context
    if context is None or context.apps is None:
        raise RuntimeError("the database is not open")
    return await MigrationAutodetector(context.apps, _apps()).changes()


def _apps() -> dict[str, dict[str, Any]]:
    name = connection().connection_name
    return {APP: {"migrations": MIGRATIONS, "models": [], "default_connection": name}}


def _executor() -> Executor:
    return Executor(connection(), _apps())


@asynccontextmanager
async def _turn() -> AsyncIterator[None]:
    """PostgreSQL's advisory lock, held on a connection of its own."""
    client = connection()
    if client.capabilities.dialect != "postgres":
        yield
        return
    async with client.acquire_connection() as holder:
        await holder.execute("SELECT pg_advisory_lock($1)", _TURN)
        try:
            yield
        finally:
            await holder.execute("SELECT pg_advisory_unlock($1)", _TURN)


def _dialect(url: str) -> str:
    return "postgres" if sqlite_path(url) is None else "sqlite"


def _connection(url: str) -> dict[str, Any]:
    path = sqlite_path(url)
    if path is not None:
        return {
            "engine": "tortoise.backends.sqlite",
            "credentials": {"file_path": path, **PRAGMAS},
        }
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "engine": "tortoise.backends.asyncpg",
        "credentials": {
            "host": options.get("host") or parts.hostname or "localhost",
            "port": int(options.get("port") or parts.port or 5432),
            "user": unquote(parts.username or "") or None,
            "password": unquote(parts.password or "") or None,
            "database": unquote(parts.path.lstrip("/")) or None,
            "ssl": options.get("sslmode", "prefer"),
            "minsize": 0,
            "maxsize": 5,
            "application_name": "mashang-orm",
        },
    }
