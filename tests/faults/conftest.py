"""Towns to be broken: one on each database, each with a server of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.databases import a_database_of, own_postgres
from tests.faults.mortal import MortalTown


@pytest.fixture(scope="session")
def sturdy_postgres(postgres_runtime: Path) -> Iterator[Any]:
    """A PostgreSQL that waits for the disk, as an operator's does, and may be restarted."""
    with own_postgres(postgres_runtime) as server:
        yield server


async def told(server: str, *commands: str) -> None:
    """Say this to a PostgreSQL."""
    connection = await asyncpg.connect(server)
    try:
        for command in commands:
            await connection.execute(command)
    finally:
        await connection.close()


@contextmanager
def mortal(folder: Path, url: str, **settings: Any) -> Iterator[MortalTown]:
    town = MortalTown(folder, url, **settings)
    try:
        town.start()
        yield town
    finally:
        town.stop()


@pytest.fixture(scope="session")
def sqlite_mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MortalTown]:
    folder = tmp_path_factory.mktemp("mortal") / "data"
    with mortal(folder, f"sqlite://{folder / 'town.db'}") as town:
        yield town


@pytest.fixture(scope="session")
def postgres_mortal(
    tmp_path_factory: pytest.TempPathFactory, sturdy_postgres: Any
) -> Iterator[MortalTown]:
    folder = tmp_path_factory.mktemp("mortal-postgres") / "data"
    with mortal(folder, a_database_of(sturdy_postgres.get_uri())) as town:
        yield town


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.pg)])
def town(request: pytest.FixtureRequest) -> MortalTown:
    """The test runs twice: on SQLite and on PostgreSQL. Whatever a test did, the server lives."""
    made: MortalTown = request.getfixturevalue(f"{request.param}_mortal")
    made.revive()
    return made
