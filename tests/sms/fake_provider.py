"""An SMS provider on loopback that takes messages, or does what providers do on a bad day."""

import asyncio
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
    calls: list[tuple[asyncio.Task[None], asyncio.StreamWriter]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            provider.calls.append(await _read(reader))
            await provider.manners(provider, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # The caller had enough.
        finally:
            writer.close()

    def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Not a coroutine: whoever is let in is known at once, also if the block ends now.
        calls.append((asyncio.create_task(serve(reader, writer)), writer))

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    provider = Provider(f"http://127.0.0.1:{port}/sms", manners or answering())
    try:
        yield provider
    finally:
        server.close()
        await _two_turns()  # Who is at the door comes in first.
        for task, writer in calls:
            task.cancel()
            writer.transport.abort()  # Whatever he still had to say, nobody reads it.
        await asyncio.gather(*(task for task, _ in calls), return_exceptions=True)
        await _two_turns()
        await server.wait_closed()


async def _two_turns() -> None:
    for _ in range(2):
        await asyncio.sleep(0)


async def _read(reader: asyncio.StreamReader) -> Call:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    pairs = (line.partition(":") for line in head[1:] if line)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    return Call(headers, await reader.readexactly(int(headers["content-length"])))
