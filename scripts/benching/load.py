"""Many phones at once: requests over connections that stay open, for a while or to the last."""

import asyncio
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"content-length: (\d+)", re.I)


@dataclass
class Load:
    """What came back: how many answers of each status, how long each took, over what time."""

    seconds: float = 0.0
    took_s: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    bodies: list[bytes] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return sum(self.statuses.values()) / self.seconds

    def percentile(self, percent: int) -> float:
        """Milliseconds."""
        cuts = statistics.quantiles(self.took_s, n=100) if len(self.took_s) > 1 else [0.0] * 99
        return cuts[percent - 1] * 1000


class _Phone(asyncio.Protocol):
    """One connection: sends a request, reads the whole answer, sends the next."""

    def __init__(self, load: Load, requests: Iterator[bytes], until: float, *, keep: bool) -> None:
        self._load, self._requests, self._until, self._keep = load, requests, until, keep
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting, self._missing, self._sent_at = b"", -1, 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]
        self._next()

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        if self._missing < 0:
            end = self._waiting.find(b"\r\n\r\n")
            if end < 0:
                return
            found = _LENGTH.search(self._waiting, 0, end)
            self._missing = end + 4 + (int(found[1]) if found else 0)
        if len(self._waiting) >= self._missing:
            self._answered(self._waiting)
            self._next()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server hung up"))

    def _answered(self, answer: bytes) -> None:
        self._load.took_s.append(time.perf_counter() - self._sent_at)
        self._load.statuses[int(answer[9:12])] += 1
        if self._keep:
            self._load.bodies.append(answer[answer.find(b"\r\n\r\n") + 4 :])

    def _next(self) -> None:
        request = next(self._requests, None) if time.perf_counter() < self._until else None
        if request is None:
            self._transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        self._waiting, self._missing, self._sent_at = b"", -1, time.perf_counter()
        self._transport.write(request)


async def run(
    port: int,
    requests: Iterator[bytes],
    *,
    seconds: float = 3600,
    phones: int = 32,
    keep: bool = False,
) -> Load:
    """Send `requests` by so many phones, each one after its last answer, for so many seconds."""
    loop, load, began = asyncio.get_running_loop(), Load(), time.perf_counter()
    made = [
        await loop.create_connection(
            lambda: _Phone(load, requests, began + seconds, keep=keep), "127.0.0.1", port
        )
        for _ in range(phones)
    ]
    await asyncio.gather(*(phone.done for _, phone in made))
    load.seconds = time.perf_counter() - began
    return load


def request(
    method: str, path: str, body: bytes = b"", *, kind: str = "application/json", **headers: str
) -> bytes:
    """One request as it goes over the wire. Header names are written with underscores."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body
