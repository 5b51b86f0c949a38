"""The grown database: PostgreSQL through a pool of our own, one round trip a read or a unit.

A dead connection is noticed, thrown away and the work done again: reads always, units where doing
them twice cannot write twice. What still fails is told as Unavailable.
"""

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, TypeVar

import asyncpg
import msgspec

from server.base.columns import Dialect
from server.base.cte import compose
from server.base.errors import Unavailable
from server.base.lending import Lending
from server.base.write_set import Duplicate, LostRace, WriteRefused, WriteSet

COMMAND_LIMIT_S = 10  # Beyond every statement_timeout: only a silent network gets here.
ACQUIRE_LIMIT_S = 3
CLOSES_WITHIN_S = 1.5  # what was being written has been waited for before
MOST_CONNECTIONS = 10
PAUSES_S = (0.05, 0.5, 1.5)  # A restart of the server takes about a second.
_KEY_COLUMNS = re.compile(r"\((.*?)\)=\(")
log = logging.getLogger("mashang.database")
# It tells the whole story every second while the server is away; we say in one line that it is.
logging.getLogger("asyncpg.pool").setLevel(logging.ERROR)

Row = dict[str, Any]
Answer = TypeVar("Answer")

# The connection broke, or the server is going down or coming up: nothing is wrong with the work.
_BROKEN = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    OSError,
)
# Its disk is full, its memory too small, or the disk is broken: the work may be done later.
_NO_ROOM = (asyncpg.InsufficientResourcesError, asyncpg.PostgresSystemError)
# The server took everything back and asks to be asked again.
_TAKEN_BACK = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)


class Postgres:
    """One open PostgreSQL database. Make it with `await Postgres.open(url)`."""

    dialect: Dialect = "postgres"

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._lending = Lending(pool, MOST_CONNECTIONS, ACQUIRE_LIMIT_S)

    @classmethod
    async def open(cls, url: str, *, longest_read_s: float) -> "Postgres":
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=MOST_CONNECTIONS,
            init=_teach_types,
            reset=_nothing_to_reset,
            command_timeout=COMMAND_LIMIT_S,
            statement_cache_size=512,
            max_cached_statement_lifetime=0,
            max_cacheable_statement_size=256 * 1024,
            server_settings={
                "application_name": "mashang",
                "statement_timeout": str(round(longest_read_s * 1000)),
                "jit": "off",  # Compiling costs more than any of our short statements.
            },
        )
        return cls(pool)

    async def fetch(self, sql: str, args: Sequence[Any]) -> list[Row]:
        async def read(connection: Any) -> list[Row]:
            return [dict(row) for row in await connection.fetch(sql, *args)]

        return await self._patiently(read, may_repeat=True)

    async def apply(self, write_set: WriteSet) -> None:
        statement, values = compose(write_set)

        async def write(connection: Any) -> Any:
            return await connection.fetchval(statement.text, *values)

        try:
            met = await self._patiently(write, may_repeat=write_set.is_safe_to_repeat)
        except asyncpg.UniqueViolationError as error:
            raise _duplicate(error) from None
        except asyncpg.DivisionByZeroError:
            raise LostRace(*write_set.guarded_tables) from None
        except (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError) as error:
            raise WriteRefused(f"{type(error).__name__}: {error}") from None
        if statement.counts and met != 1:
            raise LostRace(*write_set.guarded_tables)

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """PostgreSQL lets many write at once: nobody waits. Only its absence is put in words."""
        try:
            yield
        except _BROKEN as error:
            raise Unavailable(retry_after_s=5) from error

    async def close(self) -> None:
        await self._lending.close(CLOSES_WITHIN_S)

    async def _patiently(
        self, work: Callable[[Any], Awaitable[Answer]], *, may_repeat: bool
    ) -> Answer:
        for pause_s in (*PAUSES_S, None):
            try:
                return await self._once(work, may_repeat=may_repeat)
            except _TryAgain as again:
                failure = again.__cause__
            if pause_s is not None:
                await asyncio.sleep(pause_s)
        log.error("PostgreSQL does not answer: %s", type(failure).__name__)
        raise Unavailable(retry_after_s=5) from failure

    async def _once(self, work: Callable[[Any], Awaitable[Answer]], *, may_repeat: bool) -> Answer:
        try:
            connection = await self._lending.take()
        except TimeoutError as error:
            raise Unavailable(retry_after_s=5) from error  # All are busy: more waiting is no help.
        except (*_BROKEN, asyncpg.PostgresError) as error:
            raise _TryAgain from error
        sound = False
        try:
            answer = await work(connection)
            sound = True
            return answer
        except _TAKEN_BACK as error:
            raise _TryAgain from error
        except _BROKEN as error:
            with contextlib.suppress(asyncpg.InterfaceError):  # It may know already.
                connection.terminate()
            if may_repeat:
                raise _TryAgain from error
            raise Unavailable(retry_after_s=5) from error
        except (asyncpg.QueryCanceledError, TimeoutError, *_NO_ROOM) as error:
            raise Unavailable(retry_after_s=5) from error
        finally:
            if sound:
                self._lending.give_back(connection)
            else:
                await self._lending.put_away(connection)


class _TryAgain(Exception):
    """Nothing was done, or doing it again does no harm; the cause says what happened."""


async def _teach_types(connection: Any) -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        format="binary",
        encoder=lambda value: b"\x01" + msgspec.json.encode(value),
        decoder=lambda raw: msgspec.json.decode(raw[1:]),
    )


async def _nothing_to_reset(connection: Any) -> None:
    """We leave nothing behind on a connection, which spares a round trip per use."""


def _duplicate(error: asyncpg.UniqueViolationError) -> Duplicate:
    found = _KEY_COLUMNS.search(error.detail or "")
    columns = found.group(1) if found else error.constraint_name or ""
    names = tuple(name.strip().strip('"') for name in columns.split(","))
    return Duplicate(error.table_name or "", names)
