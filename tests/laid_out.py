"""What takes long to write into an empty database is kept there, and laid out from then on.

    town = await again(_a_new_town)     # made for the first test, copied for all after it

So it is in the databases of `sqlite_db` and `postgres_db`; in any other one it is made. Its rows
are the same ones each time, down to their keys, so nothing that is made may ask what time it is.
"""

import os
import pickle
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from server.base import cache, database, schema, seal
from tests.shared import FOLDER

Made = TypeVar("Made")
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was made, packed, and the words that lay out its rows."""

    made: bytes
    script: str


class _Here:
    """The database of the test that runs now: a file, or the name of one on PostgreSQL."""

    name = ""


_kept: dict[tuple[Any, ...], Kept] = {}


@contextmanager
def here(name: str) -> Iterator[None]:
    """While the block lasts, things are laid out in this database."""
    _Here.name = name
    try:
        yield
    finally:
        _Here.name = ""


async def again(make: Callable[[], Awaitable[Made]]) -> Made:
    """What `make` gives, with everything that it writes in the open database."""
    if not _Here.name or await open_now() != _Here.name:
        return await make()
    which = (make, database.dialect(), seal.sealer().folder)
    if which not in _kept:
        was_empty = not await _filled()
        made = await make()
        if was_empty:  # Among rows of somebody else's its own could not be told.
            _kept[which] = Kept(pickle.dumps(made), await _keep(sorted(await _filled())))
        return made
    await _lay_out(_kept[which].script)
    cache.clear()
    copied: Made = pickle.loads(_kept[which].made)
    return copied


async def open_now() -> str:
    """The file, or the name, of the database that is open."""
    if database.dialect() == "sqlite":
        found = await database.fetch_value("SELECT file FROM pragma_database_list")
    else:
        found = await database.fetch_value("SELECT current_database()")
    return str(found)


async def _filled() -> set[str]:
    """The tables that have any row."""
    tables = [model._meta.db_table for model in schema.all_models()]
    asked = (f"SELECT '{one}' AS name WHERE EXISTS (SELECT 1 FROM {one})" for one in tables)
    return {row["name"] for row in await database.fetch(" UNION ALL ".join(asked))}


async def _keep(tables: list[str]) -> str:
    """Copy the rows of these tables aside; the words that bring them back."""
    if database.dialect() == "sqlite":
        file = Path(os.environ[FOLDER]) / f"kept-{os.getpid()}-{next(_numbers)}.db"
        attached = f"ATTACH '{file}' AS kept; BEGIN IMMEDIATE; "
        copied = (f"CREATE TABLE kept.{one} AS SELECT * FROM main.{one}; " for one in tables)
        await _lay_out(f"{attached}{''.join(copied)}COMMIT")
        back = (f"INSERT INTO main.{one} SELECT * FROM kept.{one}; " for one in tables)
        return f"{attached}{''.join(back)}COMMIT"
    name = f"kept_{next(_numbers)}"
    copied = (f"CREATE TABLE {name}.{one} AS TABLE public.{one}; " for one in tables)
    await _lay_out(f"DO $$ BEGIN CREATE SCHEMA {name}; {''.join(copied)}END $$")
    # Keys to other tables held when the rows were written first.
    quickly = "PERFORM set_config('session_replication_role', 'replica', true); "
    back = (f"INSERT INTO public.{one} TABLE {name}.{one}; " for one in tables)
    return f"DO $$ BEGIN {quickly}{''.join(back)}{await _counted_on(tables)}END $$"


async def _counted_on(tables: list[str]) -> str:
    """Numbers that PostgreSQL gives go on after those of the rows."""
    listed, values = database.in_list(tables)
    sequences = await database.fetch(
        "SELECT s.relname AS name, pg_sequence_last_value(s.oid) AS last FROM pg_class s"
        " JOIN pg_depend d ON d.objid = s.oid AND d.deptype = 'a' JOIN pg_class t"
        f" ON t.oid = d.refobjid WHERE s.relkind = 'S' AND t.relname IN {listed}",
        *values,
    )
    return "".join(
        f"PERFORM setval('{one['name']}', {one['last']}); " for one in sequences if one["last"]
    )


async def _lay_out(script: str) -> None:
    if database.dialect() == "postgres":
        await database.fetch(script)
        return
    with closing(sqlite3.connect(_Here.name)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(script)
