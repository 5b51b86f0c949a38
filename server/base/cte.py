"""A write-set as one PostgreSQL statement: all of it or nothing, without BEGIN, in one round trip.

    WITH u1 AS (UPDATE … RETURNING 1), g AS (SELECT 1 WHERE u1 met what it expects),
         i1 AS (INSERT … SELECT … FROM g), … SELECT how it went

Inserts hang on the guards, so a lost race is told before a unique key can complain; each guard
hangs on the one before, so rows are locked in the order given. Where a lost guard could leave an
earlier one written, the statement ends by dividing by zero, and PostgreSQL takes everything back.
The text depends on the shape alone and is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

from server.base.columns import Column, Table
from server.base.write_set import AnyOf, Guard, Insert, WriteSet

MOST_ROWS_SPELT_OUT = 8
SHAPES_KEPT = 1024


class GuardShape(NamedTuple):
    """A guard without its values: each column it asks for, and how it is compared."""

    table: Table
    where: tuple[tuple[str, str], ...]
    set: tuple[str, ...] | None
    expecting: int | None
    pins_one_row: bool


class InsertShape(NamedTuple):
    """An insert without its values; `rows` is 0 where they come as one array a column."""

    table: Table
    columns: tuple[str, ...]
    or_ignore: bool
    rows: int


Shape = tuple[tuple[GuardShape, ...], tuple[InsertShape, ...]]


@dataclass(frozen=True, slots=True)
class Statement:
    """The text, and whether its one value is the number of rows met (else it raises when lost)."""

    text: str
    counts: bool


def compose(write_set: WriteSet) -> tuple[Statement, list[Any]]:
    """The statement and its values."""
    shape = (
        tuple(_guard_shape(guard) for guard in write_set.guards),
        tuple(_insert_shape(insert) for insert in write_set.inserts),
    )
    values: list[Any] = []
    for guard in write_set.guards:
        values += (guard.set or {}).values()
        values += (_sent(value) for value in guard.where.values() if value is not None)
    for insert in write_set.inserts:
        if len(insert.rows) > MOST_ROWS_SPELT_OUT:
            values += (list(column) for column in zip(*insert.rows, strict=True))
        else:
            for row in insert.rows:
                values += row
    return _statement(shape), values


def _guard_shape(guard: Guard) -> GuardShape:
    return GuardShape(
        guard.table,
        tuple((name, _comparison(value)) for name, value in guard.where.items()),
        None if guard.set is None else tuple(guard.set),
        guard.expecting,
        guard.pins_one_row,
    )


def _comparison(value: Any) -> str:
    if value is None:
        return "{name} IS NULL"
    return "{name} = ANY({mark}[])" if isinstance(value, AnyOf) else "{name} = {mark}"


def _sent(value: Any) -> Any:
    return list(value.values) if isinstance(value, AnyOf) else value


def _insert_shape(insert: Insert) -> InsertShape:
    rows = len(insert.rows)
    spelt_out = rows if rows <= MOST_ROWS_SPELT_OUT else 0
    return InsertShape(insert.table, insert.columns, insert.or_ignore, spelt_out)


@lru_cache(SHAPES_KEPT)
def _statement(shape: Shape) -> Statement:
    guards, inserts = shape
    number = count(1)
    met: list[str] = []
    parts: list[str] = []
    for at, guard in enumerate(guards, 1):
        parts.append(f"u{at} AS ({_guard_sql(guard, met, number)} RETURNING 1)")
        if guard.expecting is not None:
            met.append(f"(SELECT count(*) FROM u{at}) = {guard.expecting}")
    if met:
        parts.append(f"g AS (SELECT 1 WHERE {' AND '.join(met)})")
    parts += (
        f"i{at} AS ({_insert_sql(insert, bool(met), number)})"
        for at, insert in enumerate(inserts, 1)
    )
    counts = len(guards) == 1 and guards[0].expecting == 1 and guards[0].pins_one_row
    return Statement(f"WITH {', '.join(parts)} SELECT {_ending(met, counts)}", counts)


def _ending(met: list[str], counts: bool) -> str:
    if counts:
        return "(SELECT count(*) FROM u1)"
    if met:
        return f"1 / (CASE WHEN {' AND '.join(met)} THEN 1 ELSE 0 END)"
    return "1"


def _guard_sql(guard: GuardShape, met: list[str], number: Iterator[int]) -> str:
    table = _quoted(guard.table.name)
    if guard.set is None:
        start = f"DELETE FROM {table}"
    else:
        changes = (f"{_quoted(name)} = {_mark(guard.table, name, number)}" for name in guard.set)
        start = f"UPDATE {table} SET {', '.join(changes)}"
    wanted = (
        compared.format(
            name=_quoted(name),
            mark=_mark(guard.table, name, number) if "{mark}" in compared else "",
        )
        for name, compared in guard.where
    )
    return f"{start} WHERE {' AND '.join([*wanted, *met])}"


def _insert_sql(insert: InsertShape, guarded: bool, number: Iterator[int]) -> str:
    columns = [insert.table.columns[name] for name in insert.columns]
    names = ", ".join(_quoted(column.name) for column in columns)
    source = "FROM g, " if guarded else "FROM "
    if insert.rows:
        rows = ", ".join(f"({_marks(columns, number)})" for _ in range(insert.rows))
        source += f"(VALUES {rows}) AS v"
    else:
        arrays = ", ".join(f"${next(number)}::{column.cast}[]" for column in columns)
        source += f"unnest({arrays}) AS v"
    ending = " ON CONFLICT DO NOTHING" if insert.or_ignore else ""
    return f"INSERT INTO {_quoted(insert.table.name)} ({names}) SELECT v.* {source}{ending}"


def _marks(columns: list[Column], number: Iterator[int]) -> str:
    return ", ".join(f"${next(number)}::{column.cast}" for column in columns)


def _mark(table: Table, name: str, number: Iterator[int]) -> str:
    return f"${next(number)}::{table.columns[name].cast}"


def _quoted(name: str) -> str:
    return f'"{name}"'
