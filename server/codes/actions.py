"""Codes to be printed together, and counting how often each is scanned."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from server.base import cache, clock, database
from server.base.ids import new_id
from server.base.tally import Tally
from server.base.unit import Unit, unit_of_work
from server.codes.models import Code, CodeBatch, Scan
from server.codes.rules import KINDS, WITHOUT_SHORT
from server.codes.tokens import short_of, token_of

_HOUR_S = 3600


@dataclass
class Batch:
    """Codes to be printed together. The sources of chance may be replaced, for a demo.

    `path` is the node they were made for; "" for single ones and those of a demo.
    """

    name: str
    made_at: datetime
    path: str = ""
    make_id: Callable[[], UUID] = new_id
    randbits: Callable[[int], int] = secrets.randbits
    codes: list[dict[str, Any]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)  # short numbers that other signs have

    def __post_init__(self) -> None:
        self.id = self.make_id()

    def code(
        self,
        place_id: UUID,
        kind: str,
        *,
        token: str | None = None,
        short: str | None = None,
        post_id: UUID | None = None,
    ) -> str:
        """One more code for this place; returns its token. One printed before keeps what it has.

        `post_id` is the post a staff code belongs to, in the place it serves.
        """
        if kind not in KINDS:
            raise ValueError(f"no such kind of code: {kind!r}")
        printed = token is not None
        token = token or token_of(self.randbits(128))
        if not printed and short is None and kind not in WITHOUT_SHORT:
            short = self._short()
        self.codes.append(
            {
                "id": self.make_id(),
                "token": token,
                "short": short,
                "kind": kind,
                "place_id": place_id,
                "post_id": post_id,
                "status": "active",
                "batch_id": self.id,
                "issued_at": self.made_at,
                "retired_at": None,
                "successor_id": None,
                "ended_for": "",
            }
        )
        return token

    def _short(self) -> str:
        while True:
            short = short_of(self.randbits(60) % 100_000_000)
            if short not in self.taken:
                self.taken.add(short)
                return short


async def make_batch(batch: Batch) -> None:
    """Write the batch and all its codes."""
    async with unit_of_work() as unit:
        put(unit, batch)
    cache.clear()


def put(unit: Unit, batch: Batch, **columns: Any) -> None:
    """Put the batch and its codes into a unit; `columns` are further ones of the batch."""
    unit.insert(
        CodeBatch,
        id=batch.id,
        name=batch.name,
        made_at=batch.made_at,
        path=batch.path,
        count=len(batch.codes),
        **columns,
    )
    unit.bulk(Code, batch.codes)


def mark_mounted(unit: Unit, code_id: UUID, *, at: datetime) -> None:
    """Put into the unit: this code, if it is in use, hangs on its wall since then."""
    unit.update(Code, where={"id": code_id, "status": "active"}, set={"mounted_at": at})


def count_scan(code_id: UUID) -> None:
    """One more scan in this hour. In memory: who scanned is not kept, and a crash loses seconds."""
    _scans.count((code_id.int, int(clock.now().timestamp()) // _HOUR_S))


async def flush_scans() -> int:
    """Add what was counted to the table; returns how many scans. The app calls it now and then."""
    return await _scans.flush()


async def _add(numbered: Mapping[tuple[int, int], int]) -> None:
    counted = {
        (UUID(int=code), datetime.fromtimestamp(hour * _HOUR_S, UTC)): times
        for (code, hour), times in numbered.items()
    }
    marks, values = database.in_list({code_id for code_id, _ in counted}, start=2)
    rows = await database.fetch(
        f"SELECT code_id, hour, count FROM scan WHERE hour >= $1 AND code_id IN {marks}",
        min(hour for _, hour in counted),
        *values,
    )
    kept = {(row["code_id"], row["hour"]): row for row in rows}
    async with unit_of_work() as unit:
        for key, row in kept.items():
            if key in counted:
                where = {"code_id": key[0], "hour": key[1], "count": row["count"]}
                unit.update(Scan, where=where, set={"count": row["count"] + counted[key]})
        for (code_id, hour), count in counted.items():
            if (code_id, hour) not in kept:
                unit.insert(Scan, code_id=code_id, hour=hour, count=count)


_scans = Tally(_add)  # by code and hour, as numbers: they are hashed often
