"""The only way to write: a unit of work. All of it is written or nothing, whoever hangs up.

    async with unit_of_work() as unit:
        unit.update(Case, where={"id": case.id, "version": 3}, set={"version": 4, "state": "hung"})
        unit.insert(CaseEvent, case_id=case.id, version=4, move="hang", at=now, …)
        unit.after_commit(outbox.wake)

Nothing is sent before the block ends; then everything goes at once (`cte.py`, `gate.py`). When the
block is left without an error, it is on disk. A caller who is cancelled while it is being written
does not know, but the unit is still written whole.
"""

import asyncio
import contextvars
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from types import TracebackType
from typing import Any

from tortoise.models import Model
from tortoise.transactions import in_transaction

from server.base import database, meters, schema
from server.base.columns import table_of
from server.base.write_set import AnyOf, Duplicate, LostRace, WriteRefused, WriteSet

__all__ = [
    "AnyOf",
    "Duplicate",
    "LostRace",
    "Unit",
    "WriteRefused",
    "drain",
    "unit_of_work",
]

DRAIN_LIMIT_S = 10.0
log = logging.getLogger("mashang.unit")

_running: set[asyncio.Task[Any]] = set()
_in_models: contextvars.ContextVar[bool] = contextvars.ContextVar("in_models", default=False)


def unit_of_work(*, takes_long: bool = False) -> "Unit":
    """A new, empty unit: enter it with `async with`, or take its `.models()` for ORM code.

    `takes_long`: its rows are large, or their table has triggers, so that SQLite writes it beside
    the loop however few they are.
    """
    return Unit(takes_long=takes_long)


class Unit:
    """What is to be written together. A row is changed at most once in a unit."""

    def __init__(self, *, takes_long: bool = False) -> None:
        self._write_set = WriteSet(takes_long=takes_long)
        self._callbacks: list[Callable[[], object]] = []
        self._dialect = database.dialect()
        self._through_models = _in_models.get()

    def insert(self, model: type[Model], /, *, or_ignore: bool = False, **columns: Any) -> None:
        """A new row; columns not given take the model's default, or nothing.

        With `or_ignore` a row whose unique key is taken is left out without a word. A parent comes
        before its children.
        """
        self._write_set.insert(self._table(model), columns, or_ignore=or_ignore)

    def bulk(self, model: type[Model], rows: Iterable[Mapping[str, Any]], /) -> None:
        """Many new rows, for imports."""
        table = self._table(model)
        for row in rows:
            self._write_set.insert(table, row, or_ignore=False)

    def update(
        self,
        model: type[Model],
        /,
        *,
        where: Mapping[str, Any],
        set: Mapping[str, Any],
        expecting: int | None = 1,
    ) -> None:
        """Set columns of the rows that equal `where`; None finds what is empty, AnyOf several.

        Unless exactly `expecting` rows are met, LostRace is raised at the end of the block and
        nothing of the unit is written. None expects any number.
        """
        self._write_set.change(self._table(model), where, set, expecting=expecting)

    def delete(
        self, model: type[Model], /, *, where: Mapping[str, Any], expecting: int | None = None
    ) -> None:
        """Take the rows away that equal `where`."""
        self._write_set.change(self._table(model), where, None, expecting=expecting)

    def after_commit(self, callback: Callable[[], object]) -> None:
        """Call this once the unit is on disk, and only then. Asked twice, called once."""
        if callback not in self._callbacks:
            self._callbacks.append(callback)

    async def __aenter__(self) -> "Unit":
        if _in_models.get():
            raise RuntimeError("a unit inside models() would wait for itself: write it there")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is None and (self._write_set or self._callbacks):
            await _shielded(self._apply())

    async def _apply(self) -> None:
        if self._write_set:
            with meters.UNIT.time():
                await database.engine().apply(self._write_set)
        for callback in self._callbacks:
            try:
                callback()
            except Exception:
                log.exception("the unit is written, but %r after it failed", callback)

    def _table(self, model: type[Model]) -> Any:
        if self._through_models:
            raise RuntimeError("inside models() rows are written through the models themselves")
        return table_of(model, self._dialect)

    @asynccontextmanager
    async def models(self) -> AsyncIterator["Unit"]:
        """An ordinary transaction for ORM code: imports, admin pages, odd deletions.

        Nobody else writes to SQLite until the block ends, so keep it short. `database.fetch` does
        not see what it wrote before it ends. A caller cancelled inside loses all of it, and no
        connection with it. Only `after_commit` of the unit may be used here.
        """
        if _in_models.get():
            raise RuntimeError("models() is open already: it is one transaction")
        loop = asyncio.get_running_loop()
        begun: asyncio.Future[Any] = loop.create_future()
        good: asyncio.Future[bool] = loop.create_future()
        holding = _started(self._hold_transaction(begun, good), contextvars.copy_context())
        try:
            await asyncio.wait({begun, holding}, return_when=asyncio.FIRST_COMPLETED)
            if not begun.done():
                holding.result()  # It ended before it began, and says why.
            with schema.speaking_through(begun.result()), _marked():
                self._through_models = True
                yield self
        except BaseException:
            _settle(good, False)
            await asyncio.wait({holding})
            raise
        _settle(good, True)
        await asyncio.shield(holding)

    async def _hold_transaction(
        self, begun: "asyncio.Future[Any]", good: "asyncio.Future[bool]"
    ) -> None:
        """In a task of its own, so that no cancellation of the caller can lose a connection."""
        try:
            async with database.engine().turn(), in_transaction() as connection:
                if database.dialect() == "sqlite":
                    # Tortoise begins deferred, which a write of another process can break.
                    await connection.execute_query("ROLLBACK")
                    await connection.execute_query("BEGIN IMMEDIATE")
                begun.set_result(connection)
                if not await good:
                    raise _TakeBack
        except _TakeBack:
            return
        await self._apply()


async def drain(limit_s: float = DRAIN_LIMIT_S) -> None:
    """Wait at stop until everything being written is written, whoever asked for it."""
    until = asyncio.get_running_loop().time() + limit_s
    while _running and (left := until - asyncio.get_running_loop().time()) > 0:
        await asyncio.wait(set(_running), timeout=left)
    if _running:
        log.error("%d units were still being written at stop", len(_running))


class _TakeBack(Exception):
    """The block failed: roll the transaction back."""


async def _shielded(work: Coroutine[Any, Any, None]) -> None:
    await asyncio.shield(_started(work, contextvars.Context()))


def _started(work: Coroutine[Any, Any, None], context: contextvars.Context) -> "asyncio.Task[None]":
    """A task nobody else can cancel or lose: the loop itself keeps only a weak reference."""
    task = asyncio.get_running_loop().create_task(work, context=context)
    _running.add(task)
    task.add_done_callback(_ended)
    return task


def _ended(task: "asyncio.Task[None]") -> None:
    _running.discard(task)
    if not task.cancelled():
        task.exception()  # Its caller may be gone, and nobody else must be asked to look.


def _settle(future: "asyncio.Future[bool]", value: bool) -> None:
    if not future.done():
        future.set_result(value)


@contextmanager
def _marked() -> Iterator[None]:
    token = _in_models.set(True)
    try:
        yield
    finally:
        _in_models.reset(token)
