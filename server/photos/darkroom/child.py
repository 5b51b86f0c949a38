"""The child process: takes one photo after another from its standard input, under hard limits.

Started by `server/photos/workers.py`. It dies with its parent (end of input), by its own alarm,
or by the memory limit; each of the three costs one photo and nothing else.
"""

import os
import resource
import signal
import sys
from contextlib import suppress
from typing import Any, BinaryIO

from .blots import blot
from .pictures import Developed, develop
from .stamps import stamp
from .terms import UNREADABLE, Refused, packed, read_message

_OPEN_FILES = 32


def main() -> None:
    memory_bytes, seconds = int(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    replies = _private_output()
    _limit(memory_bytes)
    _send(replies, {"ready": True})
    while message := read_message(sys.stdin.buffer):
        signal.alarm(seconds)
        try:
            _send(replies, *_answer(*message))
        except MemoryError:
            _send(replies, {"refused": UNREADABLE, "remark": "MemoryError"})
            return  # What is left of the heap is not to be trusted; the parent starts another.
        signal.alarm(0)


def _answer(header: dict[str, Any], parts: list[bytes]) -> tuple[Any, ...]:
    try:
        made = _made(header, parts[0])
    except Refused as refusal:
        return ({"refused": refusal.reason, "remark": refusal.remark},)
    except MemoryError:
        raise
    except Exception as error:  # Decoders raise whatever they like on hostile bytes.
        return ({"refused": UNREADABLE, "remark": repr(error)[:200]},)
    return ({"width": made.width, "height": made.height}, made.full, made.thumb)


def _made(header: dict[str, Any], source: bytes) -> Developed:
    if header["job"] == "stamp":
        return stamp(source, header["lines"])
    if header["job"] == "blot":
        return blot(source, header["areas"], header["lines"])
    return develop(source)


def _private_output() -> BinaryIO:
    """The pipe to the parent; whatever a library prints goes to standard error instead."""
    mine = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(mine, "wb")


def _limit(memory_bytes: int) -> None:
    limits = {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
    }
    for kind, most in limits.items():
        # Refused where the machine's own limit is lower still, and by macOS for memory.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    os.nice(5)  # A photo may wait; a scan may not.


def _send(replies: BinaryIO, header: dict[str, Any], *parts: bytes) -> None:
    for piece in packed(header, *parts):
        replies.write(piece)
    replies.flush()
