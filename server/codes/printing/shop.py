"""The print shop of this process: the address on the plaques, the second line, where files lie."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, S3Store

from server.base.errors import Unavailable
from server.codes.errors import ArtRefused
from server.settings import SettingsError

AT_ONCE = 2  # children that draw
_RETRY_AFTER_S = 10


@dataclass
class Shop:
    """What every plaque of this town has in common. `line` is a drawing for the press, or none."""

    public_url: str
    files: "Files"
    line: dict[str, Any] | None = None
    free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))


class Files:
    """Printed files by name, whole or not there. `url` is file://, s3:// or memory://."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._store: LocalStore | MemoryStore | S3Store
        if parts.scheme == "file":
            self._store = LocalStore(prefix=Path(unquote(parts.path)), mkdir=True)
        elif parts.scheme == "memory":
            self._store = MemoryStore()
        else:
            self._store = S3Store.from_url(url, client_options={"allow_http": True})

    async def put(self, name: str, content: bytes) -> None:
        """Keep it; it appears under its name only when all of it is there."""
        try:
            await obstore.put_async(self._store, name, content, use_multipart=False)
        except (BaseError, OSError) as cause:
            raise Unavailable(retry_after_s=_RETRY_AFTER_S) from cause

    async def get(self, name: str) -> bytes | None:
        """The file, or None where it is gone."""
        try:
            found = await obstore.get_async(self._store, name)
            return bytes(await found.bytes_async())
        except FileNotFoundError:
            return None
        except (BaseError, OSError) as cause:
            raise Unavailable(retry_after_s=_RETRY_AFTER_S) from cause

    async def drop_older(self, instant: datetime) -> None:
        """Delete what was put before then."""
        async for batch in obstore.list(self._store):
            old = [one["path"] for one in batch if one["last_modified"] < instant]
            if old:
                await obstore.delete_async(self._store, old)


_open: list[Shop] = []


def open_shop(public_url: str, prints_url: str, line_file: str = "") -> None:
    """Print for this address from now on. Raises SettingsError for a line that is no drawing."""
    _open[:] = [Shop(public_url, Files(prints_url), _line(line_file) if line_file else None)]


def shop() -> Shop:
    """The open one."""
    if not _open:
        raise RuntimeError("the print shop is not open")
    return _open[0]


def _line(file: str) -> dict[str, Any]:
    # Only where a town has such a line: what reads it takes a fifth of a second to load.
    from server.codes.printing.svg_art import read_art

    try:
        return read_art(Path(file).read_bytes())
    except (ArtRefused, OSError) as cause:
        raise SettingsError(f"MASHANG_PLAQUE_LINE={file} 不对：{cause}") from None
