"""Residents who report one thing after another, and send each again until it is acknowledged."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.faults.line import Broken, Line
from tests.faults.mortal import MortalTown
from tests.journeys.town_client import API, a_key

AGAIN_AFTER_S = 0.05
PATIENCE_S = 60.0
CROWD = 8


@dataclass(slots=True)
class Sent:
    """One report: the key it is sent with, and the number it was acknowledged with."""

    key: str
    number: str = ""

    @property
    def text(self) -> str:
        return f"路灯不亮 {self.key}"


class Resident:
    """One phone, one line. What was answered with anything but 201 is sent again."""

    def __init__(self, town: MortalTown, crowd: "Crowd") -> None:
        self._line, self._crowd = Line(town.port), crowd
        self._code = town.code("lamp")

    def __enter__(self) -> "Resident":
        return self

    def __exit__(self, *_: object) -> None:
        self._line.hang_up()

    async def goes_on(self, enough: asyncio.Event, every_s: float) -> None:
        while not enough.is_set():
            await asyncio.sleep(every_s)
            sent = Sent(a_key())
            self._crowd.sent.append(sent)
            while not sent.number:
                sent.number = await self.sends(sent)

    async def sends(self, sent: Sent) -> str:
        """The number it is acknowledged with; empty if it was not."""
        body = {"flow": "report", "code": self._code, "text": sent.text}
        try:
            answer = await self._line.post(f"{API}/cases", body, idempotency_key=sent.key)
        except Broken:
            await self._failed("cut")
            return ""
        if answer.status != 201:
            await self._failed(str(answer.status))
            return ""
        self._crowd.succeeded()
        return str(answer.json()["number"])

    async def _failed(self, how: str) -> None:
        self._crowd.failed(how)
        await asyncio.sleep(AGAIN_AFTER_S)


@dataclass(slots=True)
class Crowd:
    """All of them, and what they were told."""

    sent: list[Sent] = field(default_factory=list)
    acknowledged: int = 0
    failures: dict[str, int] = field(default_factory=dict)
    failed_at: float = 0.0  # by the monotonic clock: when anybody last met with a failure
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def succeeded(self) -> None:
        self.acknowledged += 1
        self._news.set()

    def failed(self, how: str) -> None:
        self.failures[how] = self.failures.get(how, 0) + 1
        self.failed_at = time.monotonic()
        self._news.set()

    async def is_told(self, more: int) -> float:
        """Wait until so many more are acknowledged; how long that took."""
        began, wanted = time.monotonic(), self.acknowledged + more
        await self._until(lambda: self.acknowledged >= wanted)
        return time.monotonic() - began

    async def fails(self, more: int) -> None:
        """Wait until they met with so many more failures."""
        wanted = sum(self.failures.values()) + more
        await self._until(lambda: sum(self.failures.values()) >= wanted)

    async def _until(self, so: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not so():
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def reporting(
    town: MortalTown, residents: int = CROWD, *, every_s: float = 0
) -> AsyncIterator[Crowd]:
    """Residents report until the block ends; then everything they sent is acknowledged.

    Each waits `every_s` before the next: a day has a hundred thousand numbers.
    """
    crowd, enough = Crowd(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for _ in range(residents):
            group.create_task(_reports(town, crowd, enough, every_s))
        try:
            yield crowd
        finally:
            enough.set()


async def _reports(town: MortalTown, crowd: Crowd, enough: asyncio.Event, every_s: float) -> None:
    with Resident(town, crowd) as resident:
        await resident.goes_on(enough, every_s)
