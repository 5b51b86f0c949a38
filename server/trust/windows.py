"""Which rows an anchor covers: those committed since the one before, each exactly once.

On SQLite the number of a row is the order of commits. On PostgreSQL a row bears its transaction;
a window ends before the oldest that still runs, so a slow one falls in the next. After a restore
into another cluster transactions are counted anew: that is a new epoch, and the old one is closed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server.base import database, schema
from server.base.unit import unit_of_work
from server.trust import merkle
from server.trust.merkle import Leaf
from server.trust.models import AnchorEpoch

MOST = 10_000  # rows of a table in one window
BEGINNING = (-1, 0)
END = 2**63 - 1

Place = tuple[int, int]  # of a row in the order of commits: its transaction (0 on SQLite), its id
Ends = Mapping[str, Place]  # where a window begins or ends, by table


@dataclass(frozen=True, slots=True)
class Stream:
    """Rows that are anchored: each is the `nth` link of the chain of what `of` names.

    `mark` tells tables apart in an anchor, for ever. `title` is what a fault calls a row;
    `named` is SQL for what people call the thing behind `of`, or empty.
    """

    mark: int
    table: str
    of: str
    nth: str
    title: str
    named: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The rows after `start` up to and with `end`, of one epoch."""

    epoch: int
    start: Ends
    end: Ends


class WrongCluster(RuntimeError):
    """This database was restored, and nobody has told it so yet."""

    def __init__(self) -> None:
        super().__init__("the database was restored into another cluster: run `mashang migrate`")


async def open_epoch(streams: Sequence[Stream], now: datetime) -> int:
    """At start, before anybody writes: on another cluster rows begin to bear another epoch."""
    known = await _epoch()
    if known is not None and await _is_its_cluster(known):
        return known[0]
    epoch = 1 if known is None else known[0] + 1
    system = await _system()
    async with unit_of_work().models():
        await AnchorEpoch.create(epoch=epoch, system=system, at=now)
        for stream in streams:
            await schema.connection().execute_script(
                f'ALTER TABLE "{stream.table}" ALTER COLUMN epoch SET DEFAULT {epoch}'
            )
    return epoch


async def next_window(
    streams: Sequence[Stream], last: Window | None
) -> tuple[Window, list[Leaf]] | None:
    """What was committed since the last anchor, in order; None if nothing was.

    Long ones come in pieces: ask again. Raises WrongCluster where `open_epoch` was forgotten.
    """
    known = await _epoch()
    if known is None or not await _is_its_cluster(known):
        raise WrongCluster
    epoch, start = (last.epoch, last.end) if last else (1, {})
    while True:
        until = END if epoch < known[0] else await _oldest_running()
        found = await _between(streams, epoch, start, until)
        if found is not None or epoch == known[0]:
            return found
        epoch, start = epoch + 1, {}


async def leaves_in(streams: Sequence[Stream], window: Window) -> list[Leaf]:
    """The rows of a window as they are now, in its order."""
    found: list[Leaf] = []
    for stream in streams:
        if stream.table in window.end:
            start = window.start.get(stream.table, BEGINNING)
            rows = await _rows(stream, window.epoch, start, window.end[stream.table])
            found += [_leaf(stream, row) for row in rows]
    return found


async def count_after(streams: Sequence[Stream], last: Window | None) -> int:
    """How many rows no anchor covers yet."""
    counted = 0
    for stream in streams:
        tx, row = last.end.get(stream.table, BEGINNING) if last else BEGINNING
        counting = f"SELECT count(*) AS n FROM {stream.table} WHERE "
        if database.dialect() == "sqlite":
            found = await database.fetch_value(counting + "id > $1", row)
        else:
            later = "(epoch = $1 AND (tx, id) > ($2, $3)) OR epoch > $1"
            epoch = last.epoch if last else 0
            found = await database.fetch_value(counting + later, epoch, max(tx, 0), row)
        counted += int(found)
    return counted


async def rows_after(
    table: str, columns: str, place: tuple[int, int, int], *, most: int
) -> list[dict[str, Any]]:
    """The rows of an anchored table committed after this place (epoch, tx, id), in that order.

    Each is met exactly once by whoever goes on from the last. Read so, nothing is passed over that
    was slow to commit.
    """
    epoch, tx, row_id = place
    if database.dialect() == "sqlite":
        return await database.fetch(
            f"SELECT id, 0 AS tx, 1 AS epoch, {columns} FROM {table} WHERE id > $1"
            f" ORDER BY id LIMIT {most}",
            row_id,
        )
    return await database.fetch(
        f"SELECT id, tx, epoch, {columns} FROM {table} WHERE (epoch, tx, id) > ($1, $2, $3)"
        " AND (epoch < (SELECT max(a.epoch) FROM anchor_epoch a)"
        " OR tx < pg_snapshot_xmin(pg_current_snapshot()))"
        f" ORDER BY epoch, tx, id LIMIT {most}",
        epoch,
        tx,
        row_id,
    )


def chained(of: UUID | str) -> bytes:
    """What a row is a part of, in sixteen bytes: a case's key, the name of a stream."""
    return of.bytes if isinstance(of, UUID) else of.encode()[:16].ljust(16, b"\0")


async def _between(
    streams: Sequence[Stream], epoch: int, start: Ends, until: int
) -> tuple[Window, list[Leaf]] | None:
    end, found = dict(start), []
    for stream in streams:
        after = start.get(stream.table, BEGINNING)
        rows = await _rows(stream, epoch, after, (until - 1, END), most=MOST)
        found += [_leaf(stream, row) for row in rows]
        if rows:
            end[stream.table] = (rows[-1]["tx"], rows[-1]["id"])
    return (Window(epoch, start, end), found) if found else None


async def _rows(
    stream: Stream, epoch: int, after: Place, upto: Place, most: int | None = None
) -> list[dict[str, Any]]:
    names = f"id, {stream.of} AS chained_to, {stream.nth} AS nth, chain"
    limit = f" LIMIT {most}" if most else ""
    if database.dialect() == "sqlite":
        return await database.fetch(
            f"SELECT {names}, 0 AS tx FROM {stream.table} WHERE id > $1 AND id <= $2"
            f" ORDER BY id{limit}",
            after[1],
            upto[1],
        )
    return await database.fetch(
        f"SELECT {names}, tx FROM {stream.table} WHERE epoch = $1"
        f" AND (tx, id) > ($2, $3) AND (tx, id) <= ($4, $5) ORDER BY tx, id{limit}",
        epoch,
        max(after[0], 0),
        after[1],
        upto[0],
        upto[1],
    )


def _leaf(stream: Stream, row: Mapping[str, Any]) -> Leaf:
    chain = bytes(row["chain"])
    return merkle.leaf(stream.mark, row["id"], chained(row["chained_to"]), row["nth"], chain)


async def _epoch() -> tuple[int, str] | None:
    """The newest, and its cluster. SQLite has one for ever."""
    if database.dialect() == "sqlite":
        return 1, await _system()
    row = await database.fetch_one(
        "SELECT epoch, system FROM anchor_epoch ORDER BY epoch DESC LIMIT 1"
    )
    return (row["epoch"], row["system"]) if row else None


async def _is_its_cluster(known: tuple[int, str]) -> bool:
    """Another cluster has another number; and nowhere do transactions go back."""
    epoch, system = known
    if system != await _system():
        return False
    row = await database.fetch_one(
        "SELECT upto FROM anchor WHERE epoch = $1 ORDER BY no DESC LIMIT 1", epoch
    )
    newest = max((tx for tx, _ in row["upto"].values()), default=0) if row else 0
    return await _oldest_running() > newest


async def _system() -> str:
    if database.dialect() == "sqlite":
        return "sqlite"
    return str(await database.fetch_value("SELECT system_identifier FROM pg_control_system()"))


async def _oldest_running() -> int:
    """The first transaction of which nobody knows yet how it ends; SQLite has no other."""
    if database.dialect() == "sqlite":
        return 1
    return int(await database.fetch_value("SELECT pg_snapshot_xmin(pg_current_snapshot())"))
