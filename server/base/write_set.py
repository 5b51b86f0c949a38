"""Everything one unit of work will write, known before the database is touched. Pure values.

Guards (updates and deletes) come first and decide: if one of them does not meet exactly the rows
it expects, nothing of the whole set is written. A row is changed at most once in a set, because
one PostgreSQL statement cannot change it twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.base.columns import Table


@dataclass(frozen=True, slots=True)
class AnyOf:
    """In a `where`: equal to one of these values, of which there may be many."""

    values: tuple[Any, ...]


class LostRace(Exception):
    """A guard no longer held when the unit was applied; nothing was written. Read again, retry."""

    def __init__(self, *tables: str) -> None:
        self.tables = tables
        super().__init__(f"somebody else changed {' or '.join(tables)} first; nothing was written")


class Duplicate(Exception):
    """A unique key is taken; nothing was written."""

    def __init__(self, table: str, columns: tuple[str, ...]) -> None:
        self.table = table
        self.columns = columns
        super().__init__(f"{table} has another row with the same {', '.join(columns)}")


class WriteRefused(Exception):
    """The database refuses a value (a foreign key, a missing value): a mistake in our code."""


@dataclass(slots=True, eq=False)
class Guard:
    """Change the rows where columns equal these values; `set` is None to delete them."""

    table: Table
    where: dict[str, Any]
    set: dict[str, Any] | None
    expecting: int | None

    @property
    def pins_one_row(self) -> bool:
        single = (name for name, value in self.where.items() if not isinstance(value, AnyOf))
        return self.table.pins_one_row(frozenset(single))

    def name(self) -> tuple[frozenset[str] | None, Any]:
        """The unique key by which it names its row, and the values; else itself and no key."""
        for key in self.table.keys:
            if key <= self.where.keys():
                values = tuple([self.where[column] for column in sorted(key)])
                if AnyOf not in [type(value) for value in values]:
                    return key, values
        return None, id(self)


@dataclass(slots=True, eq=False)
class Insert:
    """New rows of one table with the same columns."""

    table: Table
    columns: tuple[str, ...]
    or_ignore: bool
    rows: list[tuple[Any, ...]] = field(default_factory=list)


@dataclass(slots=True)
class WriteSet:
    """What a unit has collected, in the order the database is to see it."""

    guards: list[Guard] = field(default_factory=list)
    inserts: list[Insert] = field(default_factory=list)
    takes_long: bool = False  # see `unit_of_work`
    _named: dict[tuple[Table, frozenset[str] | None], dict[Any, Guard]] = field(
        default_factory=dict
    )

    def __bool__(self) -> bool:
        return bool(self.guards or self.inserts)

    @property
    def guarded_tables(self) -> tuple[str, ...]:
        expecting = [guard.table.name for guard in self.guards if guard.expecting is not None]
        return tuple(dict.fromkeys(expecting))

    @property
    def is_safe_to_repeat(self) -> bool:
        """Whether applying it twice cannot write twice: the second time a key or guard stops it."""
        return any(_stops_itself(guard) for guard in self.guards) or any(
            insert.table.primary_key in insert.columns and not insert.or_ignore
            for insert in self.inserts
        )

    def insert(self, table: Table, values: Mapping[str, Any], *, or_ignore: bool) -> None:
        columns, row = table.row(values)
        for group in self.inserts:
            if (group.table, group.columns, group.or_ignore) == (table, columns, or_ignore):
                group.rows.append(row)
                return
        self.inserts.append(Insert(table, columns, or_ignore, [row]))

    def change(
        self,
        table: Table,
        where: Mapping[str, Any],
        set: Mapping[str, Any] | None,
        *,
        expecting: int | None,
    ) -> None:
        """Add a guard, or merge it into what the set already does to the same row."""
        if not where or set == {}:
            raise ValueError(f"a change of {table.name} must say which rows, and what to set")
        new = Guard(
            table, _encoded(table, where), None if set is None else table.encoded(set), expecting
        )
        self._refuse_inserted(new)
        key, values = new.name()
        for old in self._near(table, key, values):
            if _is_same_row(old, new):
                _merge(old, new)
                return
            if not _are_apart(old.where, new.where):
                raise ValueError(f"two changes of {table.name} in one unit may meet the same row")
        self.guards.append(new)
        self._named.setdefault((table, key), {})[values] = new

    def _near(self, table: Table, key: frozenset[str] | None, values: Any) -> list[Guard]:
        """Those that may meet a row of a change of this name: the one of the same name, or all but
        those that name another row by the same key. So many rows by one key cost no more than each.
        """
        beside = self._named.get((table, key), {}) if key else {}
        if values in beside:
            return [beside[values]]
        others = [one for named, one in self._named.items() if named[0] is table]
        return [guard for one in others if one is not beside for guard in one.values()]

    def _refuse_inserted(self, guard: Guard) -> None:
        for group in self.inserts:
            if group.table is guard.table:
                for row in group.rows:
                    values = dict(zip(group.columns, row, strict=True))
                    if not _are_apart(values, guard.where):
                        raise ValueError(f"this unit inserts a row of {guard.table.name} whole")


def _encoded(table: Table, where: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked for as it is stored; of several values each."""
    several = {name: value for name, value in where.items() if isinstance(value, AnyOf)}
    if not several:
        return table.encoded(where)
    return table.encoded({n: v for n, v in where.items() if n not in several}) | {
        name: AnyOf(tuple(table.encoded({name: one})[name] for one in value.values))
        for name, value in several.items()
    }


def _stops_itself(guard: Guard) -> bool:
    if guard.expecting is None:
        return False
    new = guard.set or {}
    return guard.set is None or any(
        name in new and new[name] != value for name, value in guard.where.items()
    )


def _are_apart(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether no row can meet both: some column is asked to be two things."""
    return any(name in one and _differ(one[name], value) for name, value in other.items())


def _differ(one: Any, other: Any) -> bool:
    """Whether nothing can be equal to both."""
    if isinstance(one, AnyOf) or isinstance(other, AnyOf):
        return not any(value in _values(other) for value in _values(one))
    return bool(one != other)


def _values(asked: Any) -> tuple[Any, ...]:
    return asked.values if isinstance(asked, AnyOf) else (asked,)


def _is_same_row(old: Guard, new: Guard) -> bool:
    """Whether both name the same row by the same unique key."""
    return any(
        key <= old.where.keys()
        and key <= new.where.keys()
        and all(old.where[name] == new.where[name] for name in key)
        for key in old.table.keys
    )


def _merge(old: Guard, new: Guard) -> None:
    """Two changes of the same row become one."""
    if old.set is None or new.set is None:
        raise ValueError(f"one unit deletes a row of {old.table.name} and changes it too")
    clash = _are_apart(old.where, new.where) or _are_apart(old.set, new.set)
    if clash:
        raise ValueError(f"one unit wants a column of {old.table.name} to be two things")
    old.where |= new.where
    old.set |= new.set
    old.expecting = old.expecting if new.expecting is None else new.expecting
