"""The one door through which everything is written to SQLite.

One thread holds the only writing connection. Units that wait at the door share a transaction and
so one wait for the disk; each is told it is written only after COMMIT. When one of them fails, the
batch is taken back and done again with a savepoint around each, so that only the guilty fails.
"""

import asyncio
import logging
import queue
import re
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from server.base.errors import Unavailable
from server.base.write_set import Duplicate, LostRace, WriteRefused

MOST_IN_ONE_COMMIT = 256
MOST_ROWS, MOST_VALUES = 64, 900  # in one statement that inserts
CLOSES_WITHIN_S = 2.0
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
log = logging.getLogger("mashang.database")


class Step(NamedTuple):
    """One statement and its rows of values; `expecting` rows met, or the unit fails.

    `marks` are the places of one row in a statement that inserts and may as well insert several.
    """

    sql: str
    rows: Sequence[Sequence[Any]]
    expecting: int | None
    table: str
    marks: str = ""


@dataclass(slots=True, eq=False)
class _Writing:
    """One unit's steps, and who waits for them."""

    steps: Sequence[Step]
    done: "asyncio.Future[None]"


@dataclass(slots=True, eq=False)
class _Turn:
    """Somebody who writes on another connection: the door stays shut until `over`."""

    granted: "asyncio.Future[None]"
    over: threading.Event


class Gate:
    """Opens its own connection in its own thread; belongs to the event loop it is made in."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: queue.SimpleQueue[_Waiting] = queue.SimpleQueue()
        self._connection = connect()
        self._thread = threading.Thread(target=self._serve, name="sqlite-gate", daemon=True)
        self._thread.start()

    async def write(self, steps: Sequence[Step]) -> None:
        """Return when the steps are on disk, all of them, or raise when none is."""
        if not self._thread.is_alive():
            raise RuntimeError("the database is closed")
        done: asyncio.Future[None] = self._loop.create_future()
        self._waiting.put(_Writing(steps, done))
        await done

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Nobody else writes in this process until the block ends."""
        mine = _Turn(self._loop.create_future(), threading.Event())
        self._waiting.put(mine)
        try:
            await mine.granted
            yield
        finally:
            mine.over.set()

    async def close(self) -> None:
        """Everything that already waits is written first, unless a turn never ends."""
        self._waiting.put(_Stop())
        await asyncio.to_thread(self._thread.join, CLOSES_WITHIN_S)
        if self._thread.is_alive():
            log.error("somebody still writes through the models; the door is left to the process")
        else:
            self._connection.close()

    def _serve(self) -> None:
        """The thread: whoever waits longest, with all writers right behind."""
        ahead: _Waiting | None = None
        while True:
            first = ahead or self._waiting.get()
            ahead = None
            if isinstance(first, _Stop):
                return
            if isinstance(first, _Turn):
                self._tell([(first.granted, None)])
                first.over.wait()
                continue
            batch, ahead = self._batch_behind(first)
            self._tell(list(zip((each.done for each in batch), self._write(batch), strict=True)))

    def _batch_behind(self, first: _Writing) -> tuple[list[_Writing], "_Waiting | None"]:
        """Those who wait to write now; and, if somebody else stands between, him."""
        batch = [first]
        with suppress(queue.Empty):
            while len(batch) < MOST_IN_ONE_COMMIT:
                following = self._waiting.get_nowait()
                if not isinstance(following, _Writing):
                    return batch, following
                batch.append(following)
        return batch, None

    def _write(self, batch: list[_Writing]) -> list[Exception | None]:
        """How each of the batch fared: None is written and on disk."""
        try:
            self._write_together(batch)
            return [None] * len(batch)
        except Exception as error:
            self._take_back()
            if len(batch) == 1:
                return [self._in_our_words(error)]
        try:
            return self._write_one_by_one(batch)
        except Exception as error:
            self._take_back()
            return [self._in_our_words(error)] * len(batch)

    def _write_together(self, batch: list[_Writing]) -> None:
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        for steps in _alike([each.steps for each in batch]):
            self._take_steps(steps)
        run("COMMIT")

    def _write_one_by_one(self, batch: list[_Writing]) -> list[Exception | None]:
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        fared: list[Exception | None] = []
        for each in batch:
            run("SAVEPOINT one")
            try:
                self._take_steps(each.steps)
                fared.append(None)
            except Exception as error:
                if not self._connection.in_transaction:
                    raise  # A full disk makes SQLite take the whole batch back by itself.
                run("ROLLBACK TO one")
                fared.append(self._in_our_words(error))
            run("RELEASE one")
        run("COMMIT")
        return fared

    def _take_steps(self, steps: Sequence[Step]) -> None:
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

    def _in_our_words(self, error: Exception) -> Exception:
        words = str(error)
        if isinstance(error, sqlite3.IntegrityError) and words.startswith(_UNIQUE_WORDS):
            return self._duplicate(words.removeprefix(_UNIQUE_WORDS))
        return _in_our_words(error)

    def _duplicate(self, taken: str) -> Duplicate:
        """SQLite names the columns, or of an index of expressions the index alone."""
        if (index := _INDEX.fullmatch(taken)) is not None:
            asked = "SELECT tbl_name FROM sqlite_master WHERE type = 'index' AND name = ?"
            found = self._connection.execute(asked, (index[1],)).fetchone()
            return Duplicate(found[0], (index[1],))
        names = [name.split(".") for name in taken.split(", ")]
        return Duplicate(names[0][0], tuple(name[-1] for name in names))

    def _tell(self, news: list[tuple["asyncio.Future[None]", Exception | None]]) -> None:
        try:
            self._loop.call_soon_threadsafe(_settle, news)
        except RuntimeError:
            log.warning("the event loop ended before %d writers could be told", len(news))


@dataclass(frozen=True, slots=True)
class _Stop:
    """Behind it nobody is served."""


_Waiting = _Writing | _Turn | _Stop


def _alike(units: Iterable[Sequence[Step]]) -> Iterable[Sequence[Step]]:
    """Units that insert the same columns of the same tables, and do nothing else, as one.

    Whoever waits together is written in any order. Each statement costs the thread a wait for the
    interpreter, so that many rows in one are written sooner, and hinder the loop less.
    """
    groups: dict[object, list[Sequence[Step]]] = {}
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


def _settle(news: list[tuple["asyncio.Future[None]", Exception | None]]) -> None:
    for future, error in news:
        if future.done():
            continue
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)


def is_trouble(error: object) -> bool:
    """Whether the file is busy, full or broken, rather than our statement wrong."""
    if not isinstance(error, sqlite3.Error):
        return False
    return (error.sqlite_errorcode or 0) & 0xFF in _TROUBLE


def _in_our_words(error: Exception) -> Exception:
    if isinstance(error, LostRace):
        return error
    words = str(error)
    if is_trouble(error):
        log.error("SQLite could not write: %s", words)
        return Unavailable(retry_after_s=5)
    return WriteRefused(words)
