"""A case desk in a small town, and a place for photos."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server import photos
from tests.cases.conftest import desk, hands
from tests.trust.conftest import outside

__all__ = ["desk", "hands", "outside"]


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Path]:
    """A studio whose photos lie in a folder of this test."""
    photos.open_studio(f"file://{tmp_path / 'photos'}")
    yield tmp_path / "photos"
    await photos.close_studio()
