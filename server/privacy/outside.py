"""Who was erased, in a file outside the database: a backup that knows them still is told again.

The file holds the numbers of accounts and when each was noted, nothing of a person. It only grows.
"""

import asyncio
import logging
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import msgspec

from server import org
from server.base import clock
from server.base.appending import append, read_lines

log = logging.getLogger("mashang.privacy")


class _Outside:
    """Where this process notes erasures outside the database."""

    file: Path | None = None


def keep_erasures_in(file: Path | None) -> None:
    """Note erasures in this file as well, from now on."""
    _Outside.file = file


async def is_kept() -> bool:
    """Whether erasures are noted here: not in a demo, whose invented people come again."""
    return _Outside.file is not None and not (await org.town()).demo


async def noted() -> set[UUID]:
    """Every account in the file."""
    return await asyncio.to_thread(_read, _Outside.file) if _Outside.file is not None else set()


async def note(accounts: Iterable[UUID]) -> None:
    """Put those into the file that it does not hold. What cannot be written is tried again at the
    next start: no erasing waits for it.
    """
    if not await is_kept():
        return
    assert _Outside.file is not None
    try:
        missing = sorted(set(accounts) - await noted())
        if missing:
            await asyncio.to_thread(append, _Outside.file, "".join(_line(one) for one in missing))
    except OSError as cause:
        log.error("an erasure is not noted in %s: %s", _Outside.file, cause.strerror)


def _line(account_id: UUID) -> str:
    return msgspec.json.encode({"account": account_id, "at": clock.now()}).decode() + "\n"


def _read(file: Path) -> set[UUID]:
    if not file.exists():
        return set()
    found = set()
    for said in read_lines(file.read_bytes()):
        try:
            found.add(UUID(said.get("account", "")))
        except (ValueError, AttributeError, TypeError):
            continue
    return found
