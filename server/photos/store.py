"""Where the JPEGs lie: a folder or an S3-compatible store, each under the hash of its content.

What `put` has returned survives a power cut; a row that names it is written only afterwards.
"""

import asyncio
import hashlib
import logging
import os
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, S3Store

from server.base.errors import Unavailable
from server.photos.errors import NoRoomForPhotos, PhotoGone

_BATCH = 500
_RETRY_AFTER_S = 10
_NO_ROOM_FOR_S = 3600
# Kept free on the folder's disk, so that words can still be written when photos cannot.
_FREE_SHARE = 0.05
_FREE_BYTES = 1_000_000_000

log = logging.getLogger("mashang.photos")


class Store:
    """The JPEGs by hash. `url` is file://, s3:// or memory:// (for tests)."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._folder: Path | None = None
        self._store: LocalStore | MemoryStore | S3Store
        if parts.scheme == "file":
            self._folder = Path(unquote(parts.path))
            self._store = LocalStore(prefix=self._folder, mkdir=True)
        elif parts.scheme == "memory":
            self._store = MemoryStore()
        else:
            # Keys, region and endpoint come from the usual AWS_… variables; whoever names an
            # endpoint on http:// means it, a store on the same machine.
            self._store = S3Store.from_url(
                url,
                client_options={"connect_timeout": "3s", "timeout": "15s", "allow_http": True},
                retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=15)},
            )

    async def refuse_when_full(self) -> None:
        """Raises NoRoomForPhotos when little is left of the disk the folder lies on."""
        if self._folder is None:
            return
        disk = await asyncio.to_thread(shutil.disk_usage, self._folder)
        if disk.free < min(disk.total * _FREE_SHARE, _FREE_BYTES):
            log.error("photos are refused: %d MB are free", disk.free // 1_000_000)
            raise NoRoomForPhotos(retry_after_s=_NO_ROOM_FOR_S)

    async def put(self, jpeg: bytes) -> str:
        """Keep it durably and return its hash. What is kept already is kept anew, and is young."""
        name = hashlib.sha256(jpeg).hexdigest()
        try:
            await obstore.put_async(self._store, _path(name), jpeg, use_multipart=False)
            if self._folder is not None:
                await asyncio.to_thread(_make_durable, self._folder, _path(name))
        except (BaseError, OSError) as cause:
            raise Unavailable(retry_after_s=_RETRY_AFTER_S) from cause
        return name

    async def get(self, name: str) -> bytes:
        """The JPEG with this hash. Raises PhotoGone if it is not there."""
        try:
            found = await obstore.get_async(self._store, _path(name))
            return bytes(await found.bytes_async())
        except FileNotFoundError as cause:
            raise PhotoGone from cause
        except (BaseError, OSError) as cause:
            raise Unavailable(retry_after_s=_RETRY_AFTER_S) from cause

    async def older_than(self, instant: datetime) -> AsyncIterator[list[str]]:
        """The hashes of what was put before then, some hundred at a time."""
        async for batch in obstore.list(self._store, chunk_size=_BATCH):
            yield [Path(e["path"]).stem for e in batch if e["last_modified"] < instant]

    async def delete_if_older(self, name: str, instant: datetime) -> bool:
        """Delete it, unless somebody has put the same picture again meanwhile."""
        try:
            kept = await obstore.head_async(self._store, _path(name))
            if kept["last_modified"] >= instant:
                return False
            await obstore.delete_async(self._store, _path(name))
        except FileNotFoundError:
            return False
        return True

    async def drop_unfinished(self, instant: datetime) -> None:
        """Delete what a process that was killed while writing left in the folder."""
        if self._folder is not None:
            await asyncio.to_thread(_drop_unfinished, self._folder, instant)


def _path(name: str) -> str:
    return f"{name[:2]}/{name}.jpg"


def _make_durable(folder: Path, path: str) -> None:
    """The file, its name in its folder, that folder's name: obstore renames, but never syncs."""
    file = folder / path
    for each in (file, file.parent, folder):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _drop_unfinished(folder: Path, instant: datetime) -> None:
    # The local store writes to "name.jpg#1" and renames; its own list passes over such names.
    for leftover in folder.glob("*/*.jpg#*"):
        if datetime.fromtimestamp(leftover.stat().st_mtime, UTC) < instant:
            leftover.unlink(missing_ok=True)
