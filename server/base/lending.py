"""Connections to PostgreSQL, lent from hand to hand.

What a pool does around each use (a task of its own, a shield, timers) costs as much as a short
statement. A connection that comes back sound is kept here and lent again; any other goes back to
the pool, which knows how to end what was broken off and how to make a new one.
"""

import asyncio
import contextlib
import logging
from collections import deque
from typing import Any

import asyncpg

log = logging.getLogger("mashang.database")


class Lending:
    """At most so many connections at once; whoever comes later waits in line."""

    def __init__(self, pool: asyncpg.Pool, most: int, wait_s: float) -> None:
        self._pool, self._most, self._wait_s = pool, most, wait_s
        self._idle: list[Any] = []
        self._out_of_pool = 0  # idle here, or lent
        self._line: deque[asyncio.Future[Any]] = deque()
        self._closing = False

    async def take(self) -> Any:
        """A connection. Raises TimeoutError when none comes free within the time."""
        while True:
            while self._idle:
                connection = self._idle.pop()
                if _lives(connection):
                    return connection
                await self.put_away(connection)
            if self._out_of_pool < self._most:
                return await self._from_pool()
            connection = await self._in_line()
            if connection is not None and _lives(connection):
                return connection
            if connection is not None:
                await self.put_away(connection)

    def give_back(self, connection: Any) -> None:
        """It did its work to the end: whoever waits longest has it, or it lies here."""
        if self._closing:
            _end(connection)
        elif not self._call(connection):
            self._idle.append(connection)

    async def put_away(self, connection: Any) -> None:
        """Something went wrong on it: it goes back to the pool."""
        try:
            await self._pool.release(connection)
        finally:
            self._out_of_pool -= 1
            self._call(None)

    async def close(self, within_s: float) -> None:
        """End them all; those still at work are given so long."""
        self._closing = True
        for connection in self._idle:
            _end(connection)
        try:
            await asyncio.wait_for(self._pool.close(), within_s)
        except TimeoutError:
            log.warning("something was still being read when the database was closed")
            self._pool.terminate()

    async def _from_pool(self) -> Any:
        self._out_of_pool += 1
        try:
            return await self._pool.acquire(timeout=self._wait_s)
        except BaseException:
            self._out_of_pool -= 1
            self._call(None)
            raise

    async def _in_line(self) -> Any:
        """A connection handed over; None means that one may be had from the pool."""
        loop = asyncio.get_running_loop()
        place: asyncio.Future[Any] = loop.create_future()
        self._line.append(place)
        late = loop.call_later(self._wait_s, _give_up, place)
        try:
            return await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled() and place.exception() is None:
                self._hand_on(place.result())
            raise
        finally:
            late.cancel()

    def _hand_on(self, connection: Any) -> None:
        if connection is None:
            self._call(None)
        else:
            self.give_back(connection)

    def _call(self, connection: Any) -> bool:
        """Hand it to the first in line who still waits; whether there was one."""
        while self._line:
            place = self._line.popleft()
            if not place.done():
                place.set_result(connection)
                return True
        return False


def _lives(connection: Any) -> bool:
    """Whether it is open. The pool takes one that broke out of our hands; that one says nothing."""
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:
        return False


def _end(connection: Any) -> None:
    with contextlib.suppress(asyncpg.InterfaceError):  # the pool ended it before us
        connection.terminate()


def _give_up(place: "asyncio.Future[Any]") -> None:
    if not place.done():
        place.set_exception(TimeoutError())
