"""The few child processes that open photos: started when needed, killed when they overrun.

A photo that hurts its child is answered as unreadable and costs nobody else anything; the next
one gets a fresh child. Idle children are sent home, because an idle child still takes memory.
"""

import asyncio
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from server.base.errors import Unavailable
from server.photos.darkroom.terms import (
    LENGTH_BYTES,
    MAX_PIXELS,
    TOO_LARGE,
    WRONG_TYPE,
    length_of,
    packed,
)
from server.photos.errors import PhotoTooLarge, PhotoTypeUnknown, PhotoUnreadable

log = logging.getLogger(__name__)

# The folder of `darkroom` goes last on the child's path, so that nothing in it hides a library.
_PROGRAM = "import sys; sys.path.append(sys.argv[1]); from darkroom.child import main; main()"
_COMMAND = (sys.executable, "-I", "-c", _PROGRAM, str(Path(__file__).parent))
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LD_LIBRARY_PATH")
_START_LIMIT_S = 30.0
_ALARM_AFTER_S = 5  # The child's own alarm, should the parent die before it can kill.

Parts = list[bytes]


@dataclass(frozen=True, slots=True)
class Limits:
    """What the children may take together, and each on its own."""

    children: int = 2
    waiting: int = 16
    seconds: float = 10.0
    memory_mb: int = 1024
    idle_seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class Rendering:
    """The two JPEGs a child made of a photo."""

    full: bytes
    thumb: bytes
    width: int
    height: int


class Overrun(Exception):
    """A child took too long or died."""


class Darkroom:
    """A small pool of children, for one event loop."""

    def __init__(self, limits: Limits | None = None, command: Sequence[str] = _COMMAND) -> None:
        self._limits = limits or Limits()
        self._command = command
        self._free: list[Process] = []
        self._places = asyncio.Semaphore(self._limits.children)
        self._inside = 0
        self._farewells: set[asyncio.Task[None]] = set()
        self._idle_timer: asyncio.TimerHandle | None = None
        self._closed = False

    async def develop(self, source: bytes) -> Rendering:
        """An upright, clean photo and its thumbnail. Raises one of this feature's errors."""
        return await self._asked({"job": "develop"}, source)

    async def stamp(self, photo: bytes, lines: Sequence[str]) -> Rendering:
        """The photo with an evidence mark."""
        return await self._asked({"job": "stamp", "lines": list(lines)}, photo)

    async def blot(
        self, photo: bytes, areas: Sequence[Sequence[int]], lines: Sequence[str]
    ) -> Rendering:
        """The photo with these areas blotted out, and a mark of these lines if there are any."""
        return await self._asked({"job": "blot", "areas": areas, "lines": list(lines)}, photo)

    async def close(self) -> None:
        """Take no more photos; send every child home, a busy one after its photo."""
        self._closed = True
        self._send_idle_home()
        await asyncio.gather(*self._farewells)

    async def _asked(self, header: dict[str, Any], source: bytes) -> Rendering:
        if self._closed or self._inside >= self._limits.children + self._limits.waiting:
            raise Unavailable(retry_after_s=5)
        self._inside += 1
        try:
            async with self._places:
                answer, parts = await self._job(header, source)
        finally:
            self._inside -= 1
        if "refused" in answer:
            raise _refusal(answer)
        full, thumb = parts
        return Rendering(full, thumb, width=answer["width"], height=answer["height"])

    async def _job(self, header: dict[str, Any], source: bytes) -> tuple[dict[str, Any], Parts]:
        child = self._free.pop() if self._free else await self._started()
        try:
            async with asyncio.timeout(self._limits.seconds):
                answer = await _exchange(child, header, source)
        except (TimeoutError, Overrun) as cause:
            log.warning("photo child %s killed: %r", child.pid, cause)
            self._dismiss(child)
            raise PhotoUnreadable from cause
        except BaseException:
            self._dismiss(child)  # Cancelled half-way: its answer would reach the next photo.
            raise
        self._take_back(child, answer[0])
        return answer

    async def _started(self) -> Process:
        environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
        memory = self._limits.memory_mb * 1024 * 1024
        alarm_s = int(self._limits.seconds) + _ALARM_AFTER_S
        child = await asyncio.create_subprocess_exec(
            *self._command,
            str(memory),
            str(alarm_s),
            stdin=PIPE,
            stdout=PIPE,
            env=environment,
            start_new_session=True,  # Ctrl-C in the terminal is for the server alone.
        )
        try:
            async with asyncio.timeout(_START_LIMIT_S):
                await _answer(child)
        except BaseException as cause:
            self._dismiss(child)
            if not isinstance(cause, TimeoutError | Overrun):
                raise
            log.error("a photo child does not start")
            raise Unavailable(retry_after_s=30) from cause
        return child

    def _take_back(self, child: Process, answer: dict[str, Any]) -> None:
        if self._closed or answer.get("remark") == "MemoryError" or child.returncode is not None:
            self._dismiss(child)
            return
        self._free.append(child)
        if self._idle_timer is not None:
            self._idle_timer.cancel()
        loop = asyncio.get_running_loop()
        self._idle_timer = loop.call_later(self._limits.idle_seconds, self._send_idle_home)

    def _send_idle_home(self) -> None:
        if self._idle_timer is not None:
            self._idle_timer.cancel()
            self._idle_timer = None
        while self._free:
            self._dismiss(self._free.pop())

    def _dismiss(self, child: Process) -> None:
        """Kill it now; the reaping goes on beside."""
        if child.returncode is None:
            child.kill()
        farewell = asyncio.ensure_future(_gone(child))
        self._farewells.add(farewell)
        farewell.add_done_callback(self._farewells.discard)


async def _gone(child: Process) -> None:
    if child.stdin is not None:
        child.stdin.close()
    await child.communicate()


async def _exchange(
    child: Process, header: dict[str, Any], source: bytes
) -> tuple[dict[str, Any], Parts]:
    assert child.stdin is not None
    try:
        child.stdin.writelines(packed(header, source))
        await child.stdin.drain()
    except (BrokenPipeError, ConnectionResetError) as cause:
        raise Overrun("gone while being asked") from cause
    return await _answer(child)


async def _answer(child: Process) -> tuple[dict[str, Any], Parts]:
    assert child.stdout is not None
    try:
        size = length_of(await child.stdout.readexactly(LENGTH_BYTES))
        header = msgspec.json.decode(await child.stdout.readexactly(size))
        parts = [await child.stdout.readexactly(length) for length in header["parts"]]
    except (asyncio.IncompleteReadError, ConnectionResetError) as cause:
        raise Overrun("gone while answering") from cause
    return header, parts


def _refusal(answer: dict[str, Any]) -> Exception:
    log.info("photo refused: %s", answer)
    if answer["refused"] == TOO_LARGE:
        return PhotoTooLarge(limit=f"{MAX_PIXELS // 10_000}万像素")
    return PhotoTypeUnknown() if answer["refused"] == WRONG_TYPE else PhotoUnreadable()
