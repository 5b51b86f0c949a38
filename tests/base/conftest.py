"""A toy shop on either database, for trying the ground floor itself."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tortoise import Tortoise

from tests.databases import opened

TOYS = ["tests.base.toys"]


@pytest.fixture
async def sqlite_shop(tmp_path: Path) -> AsyncIterator[str]:
    async with opened(f"sqlite://{tmp_path / 'shop.db'}", models=TOYS) as url:
        await Tortoise.generate_schemas()
        yield url


@pytest.fixture
async def postgres_shop(empty_postgres: str) -> AsyncIterator[str]:
    async with opened(empty_postgres, models=TOYS) as url:
        await Tortoise.generate_schemas()
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.pg)])
def shop(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_shop")
    return url
