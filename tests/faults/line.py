"""One line to a server, spoken by hand: cheap enough for a crowd, and cut wherever one likes."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PATIENCE_S = 30.0


class Broken(Exception):
    """The line was cut: nobody knows whether the request arrived."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Line:
    """A connection that is kept, and made anew after it broke. `source` is the caller's address."""

    def __init__(self, port: int, *, source: str = "127.0.0.1") -> None:
        self._port, self._source = port, source
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()

    async def get(self, path: str, **headers: str) -> Answer:
        return await self.ask(request("GET", path, b"", headers))

    async def post(self, path: str, body: Any, **headers: str) -> Answer:
        """A body as JSON. Header names are given with underscores."""
        said = json.dumps(body, ensure_ascii=False).encode()
        return await self.ask(
            request("POST", path, said, {"content_type": "application/json"} | headers)
        )

    async def ask(self, said: bytes) -> Answer:
        """The answer to a request. Raises Broken if the line is cut before it is there."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._asked(said)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as cause:
            self.hang_up()
            raise Broken from cause
        except BaseException:
            self.hang_up()
            raise

    async def say(self, said: bytes) -> None:
        """Send something, and wait for nothing."""
        try:
            _, writer = await self._open()
            writer.write(said)
            await writer.drain()
        except OSError as cause:
            self.hang_up()
            raise Broken from cause

    def hang_up(self) -> None:
        """Without a word, as a phone in a tunnel does."""
        if self._writer is not None:
            self._writer.transport.abort()
        self._reader = self._writer = None

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(
                "127.0.0.1", self._port, local_addr=(self._source, 0)
            )
        return self._reader, self._writer

    async def _asked(self, said: bytes) -> Answer:
        reader, writer = await self._open()
        writer.write(said)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in head[1:] if line)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.hang_up()
        return Answer(int(head[0].split()[1]), headers, body)


def request(method: str, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """A whole request as it goes over the line."""
    told = {"host": "town", "content_length": str(len(body))} | headers
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in told.items()]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode() + body
