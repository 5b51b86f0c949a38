"""An SMS provider on loopback that takes messages, or does what providers do on a bad day."""

import asyncio
import contextlib
import hashlib
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec

SECRET = b"what we and he agreed on"
YES = b'{"accepted": true, "id": "1"}'
Manners = Callable[["Provider", asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class Call:
    """One call as it came: headers in small letters, and the body."""

    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> dict[str, Any]:
        return msgspec.json.decode(self.body)

    @property
    def is_signed(self) -> bool:
        """Whether the signature is that of somebody who knows the secret."""
        proven = self.headers["x-mashang-timestamp"].encode() + b"." + self.body
        right = hmac.new(SECRET, proven, hashlib.sha256).hexdigest()
        return self.headers["x-mashang-signature"] == f"v1={right}"


@dataclass(slots=True)
class Provider:
    """What he was told, and how he answers now."""

    url: str
    manners: Manners
    calls: list[Call] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        return [call.said["values"]["code"] for call in self.calls]


def answering(body: bytes = YES, status: str = "200 OK") -> Manners:
    """Answers this, at once."""

    async def answer(_: Provider, writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()

    return answer


async def silent(_: Provider, writer: asyncio.StreamWriter) -> None:
    """Listens, and never says a word."""
    await asyncio.Event().wait()


async def dripping(_: Provider, writer: asyncio.StreamWriter) -> None:
    """Always about to answer: a header line now and then, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Soon: now\r\n")
        await writer.drain()
        await asyncio.sleep(0.01)


async def endless(_: Provider, writer: asyncio.StreamWriter) -> None:
    """Answers more than anybody wants to read."""
    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    while True:
        writer.write(b"[" * 65_536)
        await writer.drain()


async def hanging_up(_: Provider, writer: asyncio.StreamWriter) -> None:
    """Takes the call and hangs up."""
    writer.close()


@asynccontextmanager
async def a_provider(manners: Manners | None = None) -> AsyncIterator[Provider]:
    """A provider who answers until the block ends."""
    calls: set[asyncio.Task[None]] = set()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        calls.add(task)
        try:
            provider.calls.append(await _read(reader))
            await provider.manners(provider, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # The caller had enough, or the test is over.
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    provider = Provider(f"http://127.0.0.1:{port}/sms", manners or answering())
    try:
        yield provider
    finally:
        server.close()
        for task in calls:
            task.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        await server.wait_closed()


async def _read(reader: asyncio.StreamReader) -> Call:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    pairs = (line.partition(":") for line in head[1:] if line)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    return Call(headers, await reader.readexactly(int(headers["content-length"])))
