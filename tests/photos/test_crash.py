"""Killed in the middle of uploads, nothing that was acknowledged is lost, no row lacks its file."""

import asyncio
import sys
from uuid import UUID

import pytest

from server import photos
from server.base import database
from server.photos.store import Store
from tests.photos import samples


async def acknowledged(database_url: str, photos_url: str, *, at_least: int, then_s: float):
    """The ids a keeper acknowledged before it was killed, some moment after so many."""
    keeper = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.photos.keeper", database_url, photos_url),
        stdout=asyncio.subprocess.PIPE,
    )
    first = [await asyncio.wait_for(keeper.stdout.readline(), 30) for _ in range(at_least)]
    await asyncio.sleep(then_s)
    keeper.kill()
    rest, _ = await keeper.communicate()
    lines = b"".join(first) + rest
    return [UUID(line.decode()) for line in lines.splitlines() if len(line) == 36]


@pytest.mark.parametrize("then_s", [0.0, 0.004, 0.009, 0.013])
async def test_a_killed_process_leaves_every_acknowledged_photo_whole(sqlite_db, tmp_path, then_s):
    folder = f"file://{tmp_path}/photos"
    acked = await acknowledged(sqlite_db, folder, at_least=5, then_s=then_s)
    rows = await database.fetch("SELECT id, hash, thumb_hash FROM photo")
    store = Store(folder)
    stored = [await store.get(row[name]) for row in rows for name in ("hash", "thumb_hash")]
    assert set(acked) <= {row["id"] for row in rows}
    assert len(await photos.find_photos(acked)) == len(acked) >= 5
    assert [samples.opened(picture).verify() for picture in stored] == [None] * len(stored)
