"""How a table's values are written: what the ORM would store, encoded once per column and kept.

Made from a Tortoise model the first time it is written to. Values that a database would take but
cut or misread (too long a text, an instant without its zone) are refused here, on both databases.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Literal
from uuid import UUID

import msgspec
from tortoise import fields
from tortoise.fields import Field
from tortoise.models import Model

from server.base.ids import IdField

Dialect = Literal["sqlite", "postgres"]
Encode = Callable[[Any], Any]
MISSING = object()


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: its name, its type in a PostgreSQL cast, how a value is written."""

    name: str
    cast: str
    encode: Encode
    default: Any  # A value, a function that makes one, or MISSING where the database makes it.


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One table as the unit of work writes it. `keys` are the column sets that are unique."""

    name: str
    columns: Mapping[str, Column]
    primary_key: str
    keys: tuple[frozenset[str], ...]
    _plans: dict[tuple[str, ...], "_Plan"] = field(default_factory=dict)

    def row(self, values: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[Any, ...]]:
        """A whole row to insert: the given values, the defaults, nothing for the rest."""
        given = tuple(values)
        plan = self._plans.get(given)
        if plan is None:
            plan = self._plans[given] = self._planned(given)
        row = [*values.values(), *[make() for make in plan.made]]
        for at, encode in plan.changed:
            if row[at] is not None:
                row[at] = encode(row[at])
        return plan.names, tuple(row)

    def _planned(self, given: tuple[str, ...]) -> "_Plan":
        """How a row is written of which these columns are given: worked out once."""
        self._refuse_unknown(given)
        absent = [one for name, one in self.columns.items() if name not in given]
        made = [one for one in absent if one.default is not MISSING]
        names = (*given, *(one.name for one in made))
        written = [self.columns[name].encode for name in names]
        return _Plan(
            names=names,
            made=tuple(_maker(one.default) for one in made),
            changed=tuple(
                (at, encode) for at, encode in enumerate(written) if encode is not _as_given
            ),
        )

    def encoded(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Some columns' values as they are stored."""
        self._refuse_unknown(values)
        return {
            name: None if value is None else self.columns[name].encode(value)
            for name, value in values.items()
        }

    def pins_one_row(self, names: frozenset[str]) -> bool:
        """Whether equality on these columns can find one row at most."""
        return any(key <= names for key in self.keys)

    def _refuse_unknown(self, values: Iterable[str]) -> None:
        unknown = [name for name in values if name not in self.columns]
        if unknown:
            raise ValueError(f"{self.name} has no column {', '.join(unknown)}")


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """A row's columns in the order they are written: those given, those that are made, and which
    of them are not written as they are.
    """

    names: tuple[str, ...]
    made: tuple[Callable[[], Any], ...]
    changed: tuple[tuple[int, Encode], ...]


def _maker(default: Any) -> Callable[[], Any]:
    return default if callable(default) else lambda: default


@cache
def table_of(model: type[Model], dialect: Dialect) -> Table:
    """The table of a model, as this database stores it."""
    meta = model._meta
    columns = {
        field_column: _column(meta.fields_map[name], field_column, model, dialect)
        for name, field_column in meta.fields_db_projection.items()
    }
    to_column = meta.fields_db_projection
    singles = [name for name in to_column if meta.fields_map[name].unique]
    sets = [[meta.pk_attr], *([name] for name in singles), *meta.unique_together]
    keys = tuple(frozenset(to_column.get(name, name) for name in key) for key in sets)
    return Table(meta.db_table, columns, meta.db_pk_column, keys)


def _column(field: Field[Any], name: str, model: type[Model], dialect: Dialect) -> Column:
    by_database = field.generated or field.has_db_default()
    default = MISSING if by_database else field.default
    return Column(name, _cast(field), _encoder(field, name, model, dialect), default)


_CASTS: dict[type[Field[Any]], str] = {
    IdField: "uuid",
    fields.DatetimeField: "timestamptz",
    fields.DateField: "date",
    fields.JSONField: "jsonb",
    fields.BooleanField: "boolean",
    fields.BinaryField: "bytea",
    fields.SmallIntField: "int2",
    fields.IntField: "int4",
    fields.BigIntField: "int8",
    fields.FloatField: "float8",
    fields.DecimalField: "numeric",
    fields.TextField: "text",
    # Cast to varchar(n) would cut a long text without a word; assigned from text it is refused.
    fields.CharField: "text",
}


def _cast(field: Field[Any]) -> str:
    for kind in type(field).__mro__:
        if kind in _CASTS:
            return _CASTS[kind]
    raise TypeError(f"no way to write a {type(field).__name__} in one statement")


def _encoder(field: Field[Any], name: str, model: type[Model], dialect: Dialect) -> Encode:
    chosen = {**_ENCODERS, **(_SQLITE_ENCODERS if dialect == "sqlite" else {})}
    if isinstance(field, fields.CharField):
        return _short_text(f"{model._meta.db_table}.{name}", field.max_length)
    return next((chosen[kind] for kind in type(field).__mro__ if kind in chosen), _as_given)


def _as_given(value: Any) -> Any:
    return value


def _short_text(where: str, limit: int) -> Encode:
    def encode(value: str) -> str:
        if len(value) > limit:
            raise ValueError(f"{where} takes {limit} characters, not {len(value)}")
        return str(value)

    return encode


def _instant(value: datetime.datetime) -> datetime.datetime:
    if value.tzinfo is None:
        raise ValueError(f"an instant needs its time zone: {value!r}")
    return value


@lru_cache(256)  # a unit writes its own instant into every row
def instant_text(value: datetime.datetime) -> str:
    """An instant as SQLite keeps it: UTC, so that texts sort as the instants do."""
    return _instant(value).astimezone(datetime.UTC).isoformat(" ")


def json_text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _id(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _id_bytes(value: UUID | str) -> bytes:
    return _id(value).bytes


def _raw_json(value: Any) -> msgspec.Raw:
    """For asyncpg, to which a list among many rows' values would be a deeper array."""
    return msgspec.Raw(msgspec.json.encode(value))


_ENCODERS: dict[type[Field[Any]], Encode] = {
    IdField: _id,
    fields.DatetimeField: _instant,
    fields.JSONField: _raw_json,
}
_SQLITE_ENCODERS: dict[type[Field[Any]], Encode] = {
    IdField: _id_bytes,
    fields.DatetimeField: instant_text,
    fields.DateField: lambda value: value.isoformat(),
    fields.JSONField: json_text,
    fields.BooleanField: int,
    fields.DecimalField: str,
}
