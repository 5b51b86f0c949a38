"""The one door through which everything is written to SQLite.

Units that wait at the door share a transaction and so one wait for the disk; each is told it is
written only after COMMIT. The loop itself puts down what is light, which costs it some
microseconds a row; a thread waits for the disk. In the thread as a whole goes what may take long:
many rows, rows looked for without their key, and whatever meets another process that writes. A
thread that made each statement would wait for the interpreter before and after it, which the loop
holds, and was four fifths of its time.
"""

import asyncio
import logging
import queue
import sqlite3
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from server.base.pen import Fared, Pen, Steps, is_trouble

MOST_IN_ONE_COMMIT = 256
LIGHT = 150  # rows of one unit: a report has a dozen
MOST_AT_ONCE = 400  # rows put down by the loop in one go: some milliseconds
CLOSES_WITHIN_S = 2.0
log = logging.getLogger("mashang.database")


@dataclass(slots=True, eq=False)
class _Writing:
    """One unit's steps, and who waits for them."""

    steps: Steps
    weight: int
    is_light: bool
    done: "asyncio.Future[None]"


@dataclass(slots=True, eq=False)
class _Turn:
    """Somebody who writes on another connection: the door stays shut until the turn is over."""

    granted: "asyncio.Future[None]"


class Gate:
    """Opens its own connection; belongs to the event loop it is made in."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._loop = asyncio.get_running_loop()
        self._pen = Pen(connect())
        self._waiting: deque[_Writing | _Turn] = deque()
        self._batch: list[_Writing] = []  # what is being written
        self._open = asyncio.Event()  # nobody waits, is written or has a turn
        self._open.set()
        self._closed = False
        self._work: queue.SimpleQueue[Callable[[], Fared] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="sqlite-gate", daemon=True)
        self._thread.start()

    async def write(self, steps: Steps, *, takes_long: bool = False) -> None:
        """Return when the steps are on disk, all of them, or raise when none is.

        `takes_long`: however few its rows are, the loop does not put them down itself.
        """
        if self._closed:
            raise RuntimeError("the database is closed")
        weight = sum([step.weight for step in steps])
        is_light = weight <= LIGHT and not takes_long
        writing = _Writing(steps, weight, is_light, self._loop.create_future())
        self._wait(writing)
        await writing.done

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Nobody else writes in this process until the block ends."""
        mine = _Turn(self._loop.create_future())
        self._wait(mine)
        try:
            await mine.granted
            yield
        finally:
            if mine.granted.done() and not mine.granted.cancelled():
                self._next()

    async def close(self) -> None:
        """Everything that already waits is written first, unless a turn never ends."""
        self._closed = True
        try:
            await asyncio.wait_for(self._open.wait(), CLOSES_WITHIN_S)
        except TimeoutError:
            log.error("somebody still writes through the models; the door is left to the process")
            return
        self._work.put(None)
        await asyncio.to_thread(self._thread.join)
        self._pen.close()

    def _wait(self, one: _Writing | _Turn) -> None:
        self._waiting.append(one)
        if self._open.is_set():
            self._open.clear()
            self._loop.call_soon(self._next)  # so that whoever comes meanwhile goes along

    def _next(self) -> None:
        """Whoever waits longest, with the writers right behind."""
        while self._waiting:
            first = self._waiting.popleft()
            if isinstance(first, _Writing):
                return self._begin(first)
            if not first.granted.done():  # else whoever wanted it has gone
                return first.granted.set_result(None)
        self._open.set()
        return None

    def _begin(self, first: _Writing) -> None:
        self._batch = batch = self._batch_behind(first)
        units = [each.steps for each in batch]
        if not first.is_light:
            return self._work.put(partial(self._pen.write, units))
        try:
            self._pen.put_down(units)
        except Exception as error:
            if is_trouble(error):
                return self._work.put(partial(self._pen.write, units))
            if len(batch) > 1:
                return self._work.put(partial(self._pen.write_each, units))
            return self._over([self._pen.in_our_words(error)])
        return self._work.put(partial(self._pen.commit, units))

    def _batch_behind(self, first: _Writing) -> list[_Writing]:
        """Those who wait to write now, up to somebody else; with light ones only light ones."""
        batch, weight, is_light = [first], first.weight, first.is_light
        while self._waiting and len(batch) < MOST_IN_ONE_COMMIT:
            following = self._waiting[0]
            if not isinstance(following, _Writing):
                break
            weight += following.weight
            if is_light and (weight > MOST_AT_ONCE or not following.is_light):
                break
            batch.append(following)
            self._waiting.popleft()
        return batch

    def _serve(self) -> None:
        """The thread: whatever may have to wait."""
        while (work := self._work.get()) is not None:
            try:
                fared = work()
            except Exception as error:  # whatever it is, whoever waits is told
                fared = [self._pen.in_our_words(error)] * len(self._batch)
            try:
                self._loop.call_soon_threadsafe(self._over, fared)
            except RuntimeError:
                log.warning("the event loop ended before %d writers could be told", len(fared))

    def _over(self, fared: Fared) -> None:
        """Tell each how it fared; then whoever waits."""
        for each, error in zip(self._batch, fared, strict=True):
            if each.done.done():
                continue
            if error is None:
                each.done.set_result(None)
            else:
                each.done.set_exception(error)
        self._batch = []
        self._loop.call_soon(self._next)  # after those who were told: they may bring more
