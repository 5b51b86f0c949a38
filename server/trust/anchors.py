"""Anchors: each minute one hash over everything written since, chained, and kept outside as well.

Who can rewrite the database can make every chain in it fit again. He cannot make it fit a line that
was written to a file elsewhere before.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from server.base import database
from server.base.appending import append, read_lines
from server.base.unit import Duplicate, unit_of_work
from server.trust import merkle, windows
from server.trust.merkle import Leaf
from server.trust.models import Anchor
from server.trust.windows import Stream, Window

START = bytes(32)
_PAGE = 1_000
_TAIL = 8_192  # bytes; some fifty lines


@dataclass(frozen=True, slots=True)
class Kept:
    """An anchor as it lies in the table; its leaves are read apart."""

    no: int
    at: datetime
    epoch: int
    upto: dict[str, tuple[int, int]]
    count: int
    root: bytes
    before: bytes
    hash: bytes

    def window(self, last: "Kept | None") -> Window:
        """What it covers after the one before it; in a new epoch counting begins anew."""
        start = last.upto if last is not None and last.epoch == self.epoch else {}
        return Window(self.epoch, start, self.upto)

    def hashed(self) -> bytes:
        """The hash it ought to have."""
        at = self.at.isoformat()
        said = [self.no, at, self.epoch, self.upto, self.count, self.root.hex()]
        return sha256(self.before + msgspec.json.encode(said, order="sorted")).digest()

    def line(self) -> str:
        """What is written outside."""
        said = {"no": self.no, "at": self.at, "rows": self.count, "hash": self.hash.hex()}
        return msgspec.json.encode(said).decode()


_COLUMNS = tuple(Kept.__slots__)
_LISTED = ", ".join(_COLUMNS)


class _Outside:
    """Where this process keeps the anchors outside the database."""

    file: Path | None = None


def keep_anchors_in(file: Path) -> None:
    """Write the anchors into this file as well, from now on."""
    _Outside.file = file


def anchors_file() -> Path:
    """The file anchors are kept in."""
    if _Outside.file is None:
        raise RuntimeError("nobody said where anchors are kept outside the database")
    return _Outside.file


async def anchor_all(streams: Sequence[Stream], now: datetime) -> None:
    """Anchor everything there is, and write it into the file outside."""
    while await anchor(streams, now):
        continue
    await write_out(anchors_file())


async def anchor(streams: Sequence[Stream], now: datetime) -> bool:
    """Anchor what was committed since the last one; whether there was anything, or may be more.

    Nothing that is anchored is touched. Of two workers one is first, the other asks again.
    """
    last = await newest()
    found = await windows.next_window(streams, _end_of(last))
    if found is None:
        return False
    window, leaves = found
    new = _next(last, window, leaves, now)
    try:
        async with unit_of_work(takes_long=True) as unit:
            columns = {name: getattr(new, name) for name in _COLUMNS}
            unit.insert(Anchor, leaves=merkle.pack(leaves), **columns)
    except Duplicate:
        pass  # The other worker's holds the same rows.
    return True


async def newest() -> Kept | None:
    row = await database.fetch_one(f"SELECT {_LISTED} FROM anchor ORDER BY no DESC LIMIT 1")
    return _kept(row) if row else None


async def after(no: int, most: int = _PAGE) -> list[Kept]:
    """The anchors after that one, in order."""
    rows = await database.fetch(
        f"SELECT {_LISTED} FROM anchor WHERE no > $1 ORDER BY no LIMIT $2", no, most
    )
    return [_kept(row) for row in rows]


async def leaves_of(no: int) -> list[Leaf]:
    """What an anchor covers, row by row. Raises ValueError where that was cut."""
    return merkle.unpack(
        bytes(await database.fetch_value("SELECT leaves FROM anchor WHERE no = $1", no))
    )


async def write_out(path: Path) -> int:
    """Append to the file outside what it does not hold yet; how many lines that were."""
    known = await asyncio.to_thread(last_number, path)
    added = 0
    while missing := await after(known):
        lines = "".join(f"{one.line()}\n" for one in missing)
        await asyncio.to_thread(append, path, lines)
        known, added = missing[-1].no, added + len(missing)
    return added


def read_out(path: Path) -> list[dict[str, Any]]:
    """The lines of the file outside. One that a crash cut short is followed by itself, whole."""
    return _lines(path.read_bytes()) if path.exists() else []


def last_number(path: Path) -> int:
    """The number of the last anchor in the file outside; 0 where there is none."""
    if not path.exists():
        return 0
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        return max((said["no"] for said in _lines(file.read())), default=0)


def _lines(text: bytes) -> list[dict[str, Any]]:
    return [said for said in read_lines(text) if isinstance(said.get("no"), int)]


def _end_of(last: Kept | None) -> Window | None:
    return None if last is None else Window(last.epoch, {}, last.upto)


def _next(last: Kept | None, window: Window, leaves: list[Leaf], now: datetime) -> Kept:
    new = Kept(
        no=last.no + 1 if last else 1,
        at=now,
        epoch=window.epoch,
        upto=dict(window.end),
        count=len(leaves),
        root=merkle.root(leaves),
        before=last.hash if last else START,
        hash=b"",
    )
    return replace(new, hash=new.hashed())


def _kept(row: dict[str, Any]) -> Kept:
    upto = {table: (tx, row_id) for table, (tx, row_id) in row["upto"].items()}
    binary = {name: bytes(row[name]) for name in ("root", "before", "hash")}
    return Kept(**row | binary | {"upto": upto})
