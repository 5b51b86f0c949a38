"""A toy shop on either database, for trying the ground floor itself."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tortoise import Tortoise

from tests.databases import a_database_of, emptied, of_its_own_loop, opened

TOYS = ["tests.base.toys"]


@pytest.fixture
async def sqlite_shop(tmp_path: Path) -> AsyncIterator[str]:
    async with opened(f"sqlite://{tmp_path / 'shop.db'}", models=TOYS) as url:
        await Tortoise.generate_schemas()
        yield url


# Tests that take something away from the database itself have one of their own.
@pytest.fixture
async def postgres_shop(empty_postgres: str) -> AsyncIterator[str]:
    async with opened(empty_postgres, models=TOYS) as url:
        await Tortoise.generate_schemas()
        yield url


async def _furnished(url: str) -> None:
    async with opened(url, models=TOYS):
        await Tortoise.generate_schemas()


@pytest.fixture(scope="session")
def kept_shop(postgres_server: str) -> str:
    """Address of the one shop that is emptied after each test."""
    url = a_database_of(postgres_server, "template1")
    of_its_own_loop(_furnished(url))
    return url


@pytest.fixture
async def emptied_shop(kept_shop: str) -> AsyncIterator[str]:
    async with emptied(kept_shop, models=TOYS) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("emptied", marks=pytest.mark.pg, id="postgres")])
def shop(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_shop")
    return url
