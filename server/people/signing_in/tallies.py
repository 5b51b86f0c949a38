"""Counting what somebody did lately in the database, so that all servers count as one.

A key is a keyed hash of who is counted: a login at an address, a phone, an address. While the blind
key changes there are several of it; whatever was counted under any of them is one count.
"""

import asyncio
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from server.base import clock, database, seal
from server.base.errors import Unavailable
from server.base.unit import AnyOf, Duplicate, LostRace, unit_of_work
from server.people.models import Tally

KEPT = timedelta(days=1)
MOST_KEPT = 60  # hits of one key; more would decide nothing else
MOST_TRIES = 40
PAUSE_S = 0.002  # times the turn at most: who lost a race steps aside a little

Key = tuple[bytes, ...]  # the one to write under first
Hits = tuple[datetime, ...]
Wait = Callable[[Hits, datetime], timedelta | None]


def key_of(purpose: str, *who: str) -> Key:
    """What is counted, without saying whom."""
    return tuple(seal.blinds("\n".join(who), f"tally:{purpose}"))


async def add(key: Key, wait: Wait, *, refused: Callable[[timedelta], Exception]) -> Hits:
    """Count one more, now; all that are counted. If `wait` says how long, raises what `refused`
    makes of it and counts nothing. Of many at once exactly those are counted that may be.
    """
    for turn in range(MOST_TRIES):
        rows, now = await _rows(key), clock.now()
        hits = _lately(rows, now)
        left = wait(hits, now)
        if left is not None:
            raise refused(left)
        hits = (*hits, now)[-MOST_KEPT:]
        if await _written(key, rows, [_kept(at) for at in hits], now):
            return hits
        await asyncio.sleep(random.uniform(0, PAUSE_S * turn))
    raise Unavailable(retry_after_s=1)


async def add_up(key: Key, most: int) -> int | None:
    """Count one more of what is too many to keep a moment of each; how many that makes, or None
    where there are `most` already. What span of time is meant, the key says.
    """
    for turn in range(MOST_TRIES):
        rows, now = await _rows(key), clock.now()
        count = sum(int(row["hits"][0]) for row in rows)
        if count >= most:
            return None
        if await _written(key, rows, [count + 1], now):
            return count + 1
        await asyncio.sleep(random.uniform(0, PAUSE_S * turn))
    raise Unavailable(retry_after_s=1)


async def take_back(key: Key, hit: datetime) -> None:
    """Count this one no more; all others stay."""
    for turn in range(MOST_TRIES):
        rows, now = await _rows(key), clock.now()
        hits = list(_lately(rows, now))
        mine = next((at for at in hits if _kept(at) == _kept(hit)), None)
        if mine is None:
            return
        hits.remove(mine)
        if await _written(key, rows, [_kept(at) for at in hits], now):
            return
        await asyncio.sleep(random.uniform(0, PAUSE_S * turn))
    raise Unavailable(retry_after_s=1)


async def forget(key: Key) -> None:
    """Begin to count afresh."""
    async with unit_of_work() as unit:
        unit.delete(Tally, where={"key": AnyOf(key)})


async def old_tallies(before: datetime) -> int:
    """How many were last counted before then."""
    return await Tally.filter(at__lt=before).count()


async def forget_tallies(before: datetime) -> int:
    """Drop them; how many that were."""
    async with unit_of_work().models():
        return await Tally.filter(at__lt=before).delete()


async def _rows(key: Key) -> list[dict[str, Any]]:
    marks, tags = database.in_list(key)
    return await database.fetch(
        f"SELECT id, version, hits FROM tally WHERE key IN {marks} ORDER BY id", *tags
    )


def _lately(rows: list[dict[str, Any]], now: datetime) -> Hits:
    """The hits of the last day. What a clock since set back wrote counts as just now."""
    kept = (at for row in rows for at in row["hits"])
    hits = (min(datetime.fromtimestamp(at / 1000, UTC), now) for at in kept)
    return tuple(sorted(at for at in hits if at > now - KEPT))


def _kept(at: datetime) -> int:
    return round(at.timestamp() * 1000)


async def _written(key: Key, rows: list[dict[str, Any]], kept: list[int], now: datetime) -> bool:
    """Whether nobody else counted meanwhile. Of several rows one is left."""
    try:
        async with unit_of_work() as unit:
            for row in rows[1:]:
                same = {"id": row["id"], "version": row["version"]}
                unit.delete(Tally, where=same, expecting=1)
            if not rows:
                unit.insert(Tally, key=key[0], version=1, hits=kept, at=now)
            else:
                version = rows[0]["version"]
                unit.update(
                    Tally,
                    where={"id": rows[0]["id"], "version": version},
                    set={"version": version + 1, "hits": kept, "at": now},
                )
    except (Duplicate, LostRace):
        return False
    return True
