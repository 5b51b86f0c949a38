"""A client of the small app of `kit.py`, for each test that asks."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.web.kit import answering


@pytest.fixture
async def kit() -> AsyncIterator[httpx.AsyncClient]:
    async with answering() as client:
        yield client
