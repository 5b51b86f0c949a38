"""How a batch of units is written to SQLite: few statements and one COMMIT, or one by one.

Units that are written together share a wait for the disk. When one of them fails, the batch is
taken back and done again with a savepoint around each, so that only the guilty fails.
"""

import logging
import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

from server.base.errors import Unavailable
from server.base.write_set import Duplicate, LostRace, WriteRefused

MOST_ROWS, MOST_VALUES = 64, 900  # in one statement that inserts
PATIENCE_MS = 5000  # for another process that writes
BY_SEARCH = 1_000_000
_UNIQUE_WORDS = "UNIQUE constraint failed: "
_INDEX = re.compile(r"index '(.+)'")
_TROUBLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
log = logging.getLogger("mashang.database")


class Step(NamedTuple):
    """One statement and its rows of values; `expecting` rows met, or the unit fails.

    `marks` are the places of one row in a statement that inserts and may as well insert several.
    `weight`: how many rows it writes or looks for; BY_SEARCH where it has no unique key of theirs.
    """

    sql: str
    rows: Sequence[Sequence[Any]]
    expecting: int | None
    table: str
    marks: str = ""
    weight: int = 1


Steps = Sequence[Step]
Fared = list[Exception | None]  # of each unit of a batch: None is written and on disk


class Pen:
    """The only connection that writes, used by one thread at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._wait_for_others(0)

    def put_down(self, units: Sequence[Steps]) -> None:
        """Everything but COMMIT, at once: raises, with nothing put down, where that cannot be."""
        run = self._connection.execute
        try:
            run("BEGIN IMMEDIATE")
            for steps in _alike(units):
                self._take_steps(steps)
        except BaseException:
            self._take_back()
            raise

    def commit(self, units: Sequence[Steps]) -> Fared:
        """Wait until what was put down is on disk."""
        try:
            self._connection.execute("COMMIT")
            return [None] * len(units)
        except Exception as error:
            self._take_back()
            return [self.in_our_words(error)] if len(units) == 1 else self.write_each(units)

    def write(self, units: Sequence[Steps]) -> Fared:
        """All of it, waiting for another process that writes."""
        self._wait_for_others(PATIENCE_MS)
        try:
            self.put_down(units)
        except Exception as error:
            return [self.in_our_words(error)] if len(units) == 1 else self.write_each(units)
        finally:
            self._wait_for_others(0)
        return self.commit(units)

    def write_each(self, units: Sequence[Steps]) -> Fared:
        """One by one, in one transaction, so that only the guilty fails."""
        self._wait_for_others(PATIENCE_MS)
        try:
            return self._write_each(units)
        except Exception as error:
            self._take_back()
            return [self.in_our_words(error)] * len(units)
        finally:
            self._wait_for_others(0)

    def _write_each(self, units: Sequence[Steps]) -> Fared:
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        fared: Fared = []
        for steps in units:
            run("SAVEPOINT one")
            try:
                self._take_steps(steps)
                fared.append(None)
            except Exception as error:
                if not self._connection.in_transaction:
                    raise  # A full disk makes SQLite take the whole batch back by itself.
                run("ROLLBACK TO one")
                fared.append(self.in_our_words(error))
            run("RELEASE one")
        run("COMMIT")
        return fared

    def close(self) -> None:
        self._connection.close()

    def _wait_for_others(self, ms: int) -> None:
        self._connection.execute(f"PRAGMA busy_timeout = {ms}").close()

    def _take_steps(self, steps: Steps) -> None:
        for step in steps:
            if step.marks:
                self._insert(step)
                continue
            if len(step.rows) == 1:
                met = self._connection.execute(step.sql, step.rows[0]).rowcount
            else:
                met = self._connection.executemany(step.sql, step.rows).rowcount
            if step.expecting is not None and met != step.expecting:
                raise LostRace(step.table)

    def _insert(self, step: Step) -> None:
        at, left = 0, len(step.rows)
        while left:
            size = _size(left, len(step.rows[0]))
            values = [value for row in step.rows[at : at + size] for value in row]
            self._connection.execute(_of_rows(step.sql, step.marks, size), values)
            at, left = at + size, left - size

    def _take_back(self) -> None:
        if self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def in_our_words(self, error: Exception) -> Exception:
        """What went wrong, as the unit of work tells it."""
        if isinstance(error, LostRace):
            return error
        words = str(error)
        if isinstance(error, sqlite3.IntegrityError) and words.startswith(_UNIQUE_WORDS):
            try:
                return self._duplicate(words.removeprefix(_UNIQUE_WORDS))
            except sqlite3.Error as worse:
                error = worse
        if is_trouble(error):
            log.error("SQLite could not write: %s", words)
            unavailable = Unavailable(retry_after_s=5)
            unavailable.__cause__ = error
            return unavailable
        return WriteRefused(words)

    def _duplicate(self, taken: str) -> Duplicate:
        """SQLite names the columns, or of an index of expressions the index alone."""
        if (index := _INDEX.fullmatch(taken)) is not None:
            asked = "SELECT tbl_name FROM sqlite_master WHERE type = 'index' AND name = ?"
            found = self._connection.execute(asked, (index[1],)).fetchone()
            return Duplicate(found[0], (index[1],))
        names = [name.split(".") for name in taken.split(", ")]
        return Duplicate(names[0][0], tuple(name[-1] for name in names))


def is_trouble(error: object) -> bool:
    """Whether the file is busy, full or out of reach, rather than our statement wrong."""
    return _code(error) in _TROUBLE


def is_broken(error: object) -> bool:
    """Whether what lies in the file is not, or no longer, a database."""
    return _code(error) in _BROKEN


def _code(error: object) -> int | None:
    return (error.sqlite_errorcode or 0) & 0xFF if isinstance(error, sqlite3.Error) else None


def _alike(units: Iterable[Steps]) -> Iterable[Steps]:
    """Units that insert the same columns of the same tables, and do nothing else, as one.

    Whoever waits together is written in any order, and many rows in one statement sooner.
    """
    groups: dict[object, list[Steps]] = {}
    for steps in units:
        only_inserts = all(step.marks for step in steps)
        key = tuple([step.sql for step in steps]) if only_inserts else object()
        groups.setdefault(key, []).append(steps)
    for group in groups.values():
        if len(group) == 1:
            yield group[0]
        else:
            yield [
                same[0]._replace(rows=[row for step in same for row in step.rows])
                for same in zip(*group, strict=True)
            ]


def _size(rows: int, columns: int) -> int:
    """How many of so many rows go into one statement: a power of two, to keep the texts few."""
    return 1 << (min(rows, MOST_ROWS, max(1, MOST_VALUES // columns)).bit_length() - 1)


@lru_cache(1024)
def _of_rows(sql: str, marks: str, rows: int) -> str:
    return sql.replace(marks, ", ".join([marks] * rows), 1)
