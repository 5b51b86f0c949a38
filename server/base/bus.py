"""Telling other parts and other processes that there is something new, never the thing itself.

Whatever goes over the bus may be lost; the database is the truth. In one process it is a set of
queues, between several it is Redis.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol

import msgspec

MOST_WAITING = 256  # A listener that sleeps longer than that misses the oldest.
REDIS_LIMIT_S = 0.25
PAUSE_S = 1.0
_PREFIX = "mashang:"
log = logging.getLogger("mashang.bus")

Message = dict[str, Any]
Messages = AsyncIterator[Message]


class Bus(Protocol):
    """Publish never waits long and never fails. Who listens hears from the first line on:

    async with bus.subscribe("session") as messages:
        async for message in messages: …

    `reaches_others`: whether anybody but this process can hear it.
    """

    reaches_others: bool

    async def publish(self, topic: str, message: Mapping[str, Any]) -> None: ...
    def subscribe(self, topic: str) -> AbstractAsyncContextManager[Messages]: ...
    async def close(self) -> None: ...


class LocalBus:
    """Within one process."""

    reaches_others = False

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Queue[Message]]] = {}

    async def publish(self, topic: str, message: Mapping[str, Any]) -> None:
        self.hand_out(topic, dict(message))

    @asynccontextmanager
    async def subscribe(self, topic: str) -> AsyncIterator[Messages]:
        waiting: asyncio.Queue[Message] = asyncio.Queue(MOST_WAITING)
        listeners = self._listeners.setdefault(topic, set())
        listeners.add(waiting)
        try:
            yield _from_queue(waiting)
        finally:
            listeners.discard(waiting)

    async def close(self) -> None:
        self._listeners.clear()

    def hand_out(self, topic: str, message: Message) -> None:
        """To everyone who listens here; whoever is far behind loses the oldest."""
        for waiting in self._listeners.get(topic, ()):
            if waiting.full():
                waiting.get_nowait()
            waiting.put_nowait(message)


class RedisBus:
    """Between processes. While Redis is away, this process still hears itself."""

    reaches_others = True

    def __init__(self, url: str) -> None:
        # Loaded here: the embedded town has no Redis and need not keep its driver in memory.
        from redis.asyncio import Redis
        from redis.asyncio.retry import Retry
        from redis.backoff import NoBackoff
        from redis.exceptions import RedisError

        self._local = LocalBus()
        self._name = secrets.token_hex(8)
        self._away: tuple[type[Exception], ...] = (OSError, RedisError)
        self._leave_alone_until = 0.0
        self._is_missed = False
        self._redis: Any = Redis.from_url(
            url,
            socket_timeout=REDIS_LIMIT_S,
            socket_connect_timeout=REDIS_LIMIT_S,
            retry=Retry(NoBackoff(), 0),
            health_check_interval=15,
        )
        self.listening = asyncio.Event()
        self._listener = asyncio.create_task(self._listen())

    async def publish(self, topic: str, message: Mapping[str, Any]) -> None:
        self._local.hand_out(topic, dict(message))
        if time.monotonic() < self._leave_alone_until:
            return
        try:
            body = msgspec.json.encode({"from": self._name, "message": dict(message)})
            await self._redis.publish(_PREFIX + topic, body)
            self._greet()
        except self._away as error:
            self._leave_alone_until = time.monotonic() + PAUSE_S
            self._miss(error)

    def subscribe(self, topic: str) -> AbstractAsyncContextManager[Messages]:
        return self._local.subscribe(topic)

    async def close(self) -> None:
        self._listener.cancel()
        await asyncio.wait([self._listener])
        await self._redis.aclose()

    async def _listen(self) -> None:
        """For ever: what other processes tell, handed out here."""
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as pubsub:
                    await pubsub.psubscribe(_PREFIX + "*")
                    self.listening.set()
                    self._greet()
                    await self._hear(pubsub)
            except self._away as error:
                self._miss(error)
            self.listening.clear()
            await asyncio.sleep(PAUSE_S)

    def _miss(self, error: Exception) -> None:
        """Said once, not every second for as long as it lasts."""
        if not self._is_missed:
            log.warning("Redis is away, so servers do not hear each other: %r", error)
        self._is_missed = True

    def _greet(self) -> None:
        if self._is_missed:
            log.warning("Redis is back")
        self._is_missed = False

    async def _hear(self, pubsub: Any) -> None:
        while True:
            heard = await pubsub.get_message(timeout=PAUSE_S)
            told = _read(heard["data"]) if heard is not None else None
            if heard is not None and told is not None and told.sender != self._name:
                topic = heard["channel"].decode().removeprefix(_PREFIX)
                self._local.hand_out(topic, told.message)


class _Told(msgspec.Struct):
    """What one process tells the others."""

    sender: str = msgspec.field(name="from")
    message: Message


def _read(data: bytes) -> _Told | None:
    """None for what no process of ours has said: whoever shares the Redis may say anything."""
    try:
        return msgspec.json.decode(data, type=_Told)
    except msgspec.DecodeError as error:
        log.warning("somebody else speaks where the town does: %s", error)
        return None


def make_bus(redis_url: str) -> Bus:
    """In-process for an empty address, Redis otherwise. Close it at stop."""
    return RedisBus(redis_url) if redis_url else LocalBus()


async def _from_queue(waiting: "asyncio.Queue[Message]") -> Messages:
    while True:
        yield await waiting.get()
