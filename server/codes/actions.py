"""Codes to be printed together, and counting how often each is scanned."""

import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from server.base import cache, clock, database
from server.base.ids import new_id
from server.base.unit import Duplicate, LostRace, Unit, unit_of_work
from server.codes.models import Code, CodeBatch, Scan
from server.codes.rules import KINDS, WITHOUT_SHORT
from server.codes.tokens import short_of, token_of

_MOST_COUNTED = 5_000  # codes and hours between two flushes; more is no longer people scanning

_HOUR_S = 3600

_scans: Counter[tuple[int, int]] = Counter()  # by code and hour, as numbers: they are hashed often


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
        self, place_id: UUID, kind: str, *, token: str | None = None, short: str | None = None
    ) -> str:
        """One more code for this place; returns its token. One printed before keeps what it has."""
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
    counted = (code_id.int, int(clock.now().timestamp()) // _HOUR_S)
    if len(_scans) < _MOST_COUNTED or counted in _scans:
        _scans[counted] += 1


async def flush_scans() -> int:
    """Add what was counted to the table; returns how many scans. The app calls it now and then.

    What another process counted in the same moment wins; ours is added at the next call.
    """
    counted = dict(_scans)
    _scans.clear()
    try:
        await _add(
            {
                (UUID(int=code), datetime.fromtimestamp(hour * _HOUR_S, UTC)): count
                for (code, hour), count in counted.items()
            }
        )
    except BaseException as error:
        _scans.update(counted)
        if isinstance(error, LostRace | Duplicate):
            return 0
        raise
    return sum(counted.values())


async def _add(counted: dict[tuple[UUID, datetime], int]) -> None:
    if not counted:
        return
    marks, values = database.in_list({code_id for code_id, _ in counted}, start=2)
    rows = await database.fetch(
        f"SELECT code_id, hour, count FROM scan WHERE hour >= $1 AND code_id IN {marks}",
        min(hour for _, hour in counted),
        *values,
    )
    kept = {(row["code_id"], row["hour"]): row for row in rows}
    async with unit_of_work() as unit:
        for key, count in counted.items():
            row = kept.get(key)
            if row is None:
                unit.insert(Scan, code_id=key[0], hour=key[1], count=count)
            else:
                where = {"code_id": key[0], "hour": key[1], "count": row["count"]}
                unit.update(Scan, where=where, set={"count": row["count"] + count})
