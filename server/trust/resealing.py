"""After a new key: every sealed value sealed anew, batch by batch, while the town goes on.

Where it stands is in the values themselves, which name their key; so it may be killed at any moment
and begun again. A cell that somebody else changed meanwhile is left to the next round.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from tortoise.exceptions import IntegrityError

from server.base import database, schema, seal
from server.base.keyring import IN_USE, Key, SealError
from server.base.unit import unit_of_work

BATCH = 500
SEALED, BLIND = "_sealed", "_blind"
MOST_ROUNDS = 5
MOST_FAULTS = 100


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A table with sealed columns; `blinds` maps one to the column it is found by."""

    name: str
    key: str
    columns: tuple[str, ...]
    blinds: Mapping[str, str]


@dataclass(slots=True)
class Resealed:
    """How many values were sealed anew or found in order, and which did not open; and of which
    another row bears the new tag already: two rows of one number, where there may be one.
    """

    changed: int = 0
    in_order: int = 0
    faults: list[str] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Survey:
    """How many sealed values each key holds, by its id, and how many tags are of an old key."""

    by_key: Counter[bytes] = field(default_factory=Counter)
    stale_tags: int = 0

    def unused(self) -> list[Key]:
        """The keys that are out of use and hold nothing: they may go."""
        ring = seal.sealer().keys
        old = [key for key in ring.of("seal")[1:] if not self.by_key[key.id]]
        old += ring.of("blind")[1:] if self.stale_tags == 0 else []
        return [key for key in old if key.state == IN_USE]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell, as it was and as it will be; the tag with it where there is one."""

    table: SealedTable
    column: str
    row_id: UUID
    was: bytes
    sealed: bytes
    tag: bytes | None


def sealed_tables() -> list[SealedTable]:
    """Every table with a column `…_sealed`."""
    found = []
    for model in schema.all_models():
        columns = tuple(model._meta.fields_db_projection.values())
        some = tuple(name for name in columns if name.endswith(SEALED))
        if some:
            pairs = {name: name.removesuffix(SEALED) + BLIND for name in some}
            blinds = {name: tag for name, tag in pairs.items() if tag in columns}
            found.append(SealedTable(model._meta.db_table, model._meta.db_pk_column, some, blinds))
    return sorted(found, key=lambda table: table.name)


async def reseal(*, batch: int = BATCH) -> Resealed:
    """Seal everything with the key in use, and tag it with the blind key in use.

    Goes round until a round changes nothing: while it runs, others may still write under the old
    key for a second.
    """
    done = Resealed()
    for _ in range(MOST_ROUNDS):
        before = done.changed
        done.in_order, done.faults, done.clashes = 0, [], []
        for table in sealed_tables():
            async for rows in _batches(table, batch):
                await _reseal_batch(table, rows, done)
        if done.changed == before:
            break
    return done


async def survey() -> Survey:
    """Which keys are still needed: looks at every sealed value."""
    found = Survey()
    look_at_tags = len(seal.sealer().keys.of("blind")) > 1
    for table in sealed_tables():
        async for rows in _batches(table, BATCH):
            for row, column, value in _cells(table, rows):
                found.by_key[seal.sealer().key_id_of(value)] += 1
                if look_at_tags and column in table.blinds:
                    found.stale_tags += _tag_is_stale(table, row, column, value)
    return found


def _tag_is_stale(table: SealedTable, row: Mapping[str, Any], column: str, value: bytes) -> bool:
    """A value that does not open counts as well: nobody can say what finds it."""
    try:
        plain = seal.open(value, aad=_cell(table, column, row[table.key]))
    except SealError:
        return True
    return bool(row[table.blinds[column]] != _tag(table, column, plain))


def _cells(
    table: SealedTable, rows: list[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], str, bytes]]:
    """Row, column and value of every sealed cell that is not empty."""
    for row in rows:
        for column in table.columns:
            if row[column] is not None:
                yield row, column, bytes(row[column])


async def _reseal_batch(table: SealedTable, rows: list[dict[str, Any]], done: Resealed) -> None:
    changes = []
    for row, column, value in _cells(table, rows):
        try:
            change = _change(table, row, column, value)
        except SealError as fault:
            if len(done.faults) < MOST_FAULTS:
                done.faults.append(str(fault))
            continue
        if change is None:
            done.in_order += 1
        else:
            changes.append(change)
    if not changes:
        return
    try:
        await write(changes)
        done.changed += len(changes)
    except IntegrityError:
        for change in changes:
            await _write_alone(change, done)


async def _write_alone(change: Change, done: Resealed) -> None:
    """As `write`, one cell; where its tag is taken it keeps the old one, and is named."""
    try:
        await write([change])
        done.changed += 1
    except IntegrityError:
        if len(done.clashes) < MOST_FAULTS:
            cell = _cell(change.table, change.column, change.row_id)
            done.clashes.append(f"another {change.table.name} has the same number as {cell}")
        if not seal.sealer().is_current(change.was):
            await write([replace(change, tag=None)])
            done.changed += 1


def _change(table: SealedTable, row: Mapping[str, Any], column: str, value: bytes) -> Change | None:
    """What one cell needs: nothing, if its key and its tag are those in use."""
    sealer, row_id = seal.sealer(), row[table.key]
    current = sealer.is_current(value)
    one_blind_key = len(sealer.keys.of("blind")) == 1
    if current and (one_blind_key or column not in table.blinds):
        return None
    cell = _cell(table, column, row_id)
    plain = sealer.open(value, aad=cell)
    tag = _tag(table, column, plain) if column in table.blinds else None
    if current and tag == row[table.blinds[column]]:
        return None
    return Change(table, column, row_id, value, sealer.seal(plain, aad=cell), tag)


def _cell(table: SealedTable, column: str, row_id: UUID) -> str:
    return f"{table.name}:{column}:{row_id}"


def _tag(table: SealedTable, column: str, plain: str) -> bytes:
    """A value is found for the purpose its column is named for: phone, id_no."""
    return seal.blind(plain, column.removesuffix(SEALED))


async def write(changes: list[Change]) -> None:
    """Each cell only if it still holds what was read."""
    by_column: dict[tuple[str, bool], list[Change]] = {}
    for change in changes:
        by_column.setdefault((change.column, change.tag is not None), []).append(change)
    async with unit_of_work().models():
        for (column, tagged), some in by_column.items():
            table = some[0].table
            sets = f'"{column}" = $1' + (f', "{table.blinds[column]}" = $4' if tagged else "")
            await schema.change_many(
                f'UPDATE "{table.name}" SET {sets} WHERE "{table.key}" = $2 AND "{column}" = $3',
                [[c.sealed, c.row_id, c.was] + ([c.tag] if tagged else []) for c in some],
            )


async def _batches(table: SealedTable, size: int) -> AsyncIterator[list[dict[str, Any]]]:
    names = ", ".join(f'"{name}"' for name in (table.key, *table.columns, *table.blinds.values()))
    last = UUID(int=0)
    while True:
        rows = await database.fetch(
            f'SELECT {names} FROM "{table.name}" WHERE "{table.key}" > $1'
            f' ORDER BY "{table.key}" LIMIT {size}',
            last,
        )
        if not rows:
            return
        last = rows[-1][table.key]
        yield rows
