"""The town is closed in good order, also when one part of it cannot be."""

import pytest

from server import codes, main
from server.base import database
from server.settings import read


async def test_a_part_that_cannot_be_closed_does_not_keep_the_others_open(tmp_path, monkeypatch):
    async def fail():
        raise ConnectionError("the database is gone")

    await main.open_town(read({"MASHANG_DATA_DIR": str(tmp_path)}))
    monkeypatch.setattr(codes, "flush_scans", fail)

    with pytest.raises(ConnectionError):
        await main.close_town()

    with pytest.raises(RuntimeError, match="not open"):
        database.engine()
