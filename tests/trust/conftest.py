"""A case desk in a small town, on both databases, and a file for anchors outside of it."""

from pathlib import Path

import pytest

from server import trust, wiring
from server.base import clock
from tests.cases.conftest import desk, hands

__all__ = ["desk", "hands"]


@pytest.fixture
async def outside(db: str, tmp_path: Path) -> Path:
    """Where this town's anchors are kept outside the database, as after its start."""
    file = tmp_path / "elsewhere" / "anchors.log"
    trust.keep_anchors_in(file)
    await trust.open_epoch(wiring.ANCHORED, clock.now())
    return file
