"""A line to PostgreSQL that can be cut, or fall silent, at the worst moment."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

CHUNK = 65_536


@dataclass(slots=True)
class Proxy:
    """Passes on what is said, both ways, as long as nothing is wrong with the line."""

    socket: Path
    port: int = 0
    deaf: bool = False  # the database hears and does what it is told; its answers are lost
    open: asyncio.Event = field(default_factory=asyncio.Event)  # not set: nothing passes
    lines: set[asyncio.StreamWriter] = field(default_factory=set)

    def cut(self) -> None:
        """Every line, at once."""
        for line in self.lines:
            line.transport.abort()

    async def answers(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """One connection, from its beginning to its end."""
        far, there = await asyncio.open_unix_connection(self.socket)
        self.lines |= {back, there}
        both = (self._passes(near, there, to_us=False), self._passes(far, back, to_us=True))
        try:
            await asyncio.gather(*both)
        finally:
            for line in (back, there):
                line.transport.abort()
                self.lines.discard(line)

    async def _passes(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, to_us: bool
    ) -> None:
        with suppress(OSError):
            while said := await source.read(CHUNK):
                await self.open.wait()
                if not (to_us and self.deaf):
                    target.write(said)
                    await target.drain()
        target.transport.abort()


@asynccontextmanager
async def between(url: str) -> AsyncIterator[tuple[Proxy, str]]:
    """A proxy before the PostgreSQL of this address, and the address to use instead."""
    parts = urlsplit(url)
    proxy = Proxy(Path(parse_qs(parts.query)["host"][0]) / ".s.PGSQL.5432")
    proxy.open.set()
    server = await asyncio.start_server(proxy.answers, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy, f"postgres://postgres@127.0.0.1:{proxy.port}{parts.path}"
    finally:
        proxy.open.set()
        proxy.cut()
        server.close()
        await server.wait_closed()
