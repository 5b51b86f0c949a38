"""Plaques handed to a child process that draws them; what it has drawn is told as it goes."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterable, Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from server import photos
from server.codes.printing.shop import shop

Format = Literal["pdf", "svg", "png"]
Layout = Literal["sheet", "single"]
Plaques = Sequence[dict[str, Any]]
LONGEST_ANSWER_S = 120.0
# The folders of `press` and of `darkroom`, which lends its letters, go last on the child's path, so
# that nothing in them hides a library.
_PROGRAM = (
    "import sys; sys.path += sys.argv[1:]; from darkroom.letters import Letters;"
    " from press.child import main; main(Letters)"
)
_FOLDERS = (str(Path(__file__).parent), str(Path(photos.__file__).parent))
_COMMAND = (sys.executable, "-I", "-c", _PROGRAM, *_FOLDERS)


class PressFailed(Exception):
    """The child ended, or was silent for too long; nothing was printed."""


async def press(
    plaques: AsyncIterable[Plaques],
    *,
    layout: Layout,
    format: Format = "pdf",
    art: Mapping[str, Any] | None = None,
    drawn: Callable[[int], Awaitable[None]] | None = None,
) -> bytes:
    """The file. `art` are the town's own drawings, by kind; `drawn` hears how many plaques there
    are so far, and stops it by raising.

    Raises PressFailed. A few at once are drawn; others wait.
    """
    async with shop().free:
        with TemporaryDirectory(prefix="mashang-press-") as folder:
            out = Path(folder) / f"plaques.{format}"
            child = await asyncio.create_subprocess_exec(*_COMMAND, stdin=PIPE, stdout=PIPE)
            try:
                wanted = {"out": str(out), "fonts": photos.FONT_FILES, "art": art or {}}
                _say(child, wanted | {"layout": layout, "format": format})
                async for some in plaques:
                    _say(child, {"plaques": list(some)})
                    count = int(await _answer(child))
                    if drawn is not None:
                        await drawn(count)
                _say(child, {"end": True})
                await _answer(child)
            finally:
                await _send_home(child)
            return await asyncio.to_thread(out.read_bytes)


def _say(child: Process, said: dict[str, Any]) -> None:
    assert child.stdin is not None
    child.stdin.write(json.dumps(said).encode() + b"\n")


async def _answer(child: Process) -> str:
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        await child.stdin.drain()
        line = await asyncio.wait_for(child.stdout.readline(), LONGEST_ANSWER_S)
    except (TimeoutError, ConnectionError) as cause:
        raise PressFailed(repr(cause)) from cause
    if not line:
        raise PressFailed("the press ended before it had printed")
    return line.decode().strip()


async def _send_home(child: Process) -> None:
    if child.returncode is None:
        child.kill()
    await child.wait()
