"""What server and darkroom agree on: how large a photo may be, and how they pass one."""

import json
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

MAX_BYTES = 20_000_000
MAX_PIXELS = 52_000_000
FULL_SIDE = 2560
THUMB_SIDE = 320
_FONTS = Path(__file__).parents[1] / "fonts"
# In the order in which they are asked for a letter: what is common, what is rare, the rarest.
FONT_FILES = tuple(
    str(_FONTS / name)
    for name in ("microhei-gb2312.ttf", "droid-fallback-more.ttf", "noto-sans-more.ttf")
)

# What a darkroom may answer instead of a picture.
WRONG_TYPE = "type"
TOO_LARGE = "too_large"
UNREADABLE = "unreadable"

_LENGTH = struct.Struct(">I")
LENGTH_BYTES = _LENGTH.size


class Refused(Exception):
    """The picture cannot be taken; `reason` is one of the words above."""

    def __init__(self, reason: str, remark: str = "") -> None:
        self.reason = reason
        self.remark = remark
        super().__init__(f"{reason}: {remark}")


def packed(header: dict[str, Any], *parts: bytes) -> Sequence[bytes]:
    """A message to write: the header's length, the header, then the parts it counts."""
    head = json.dumps({**header, "parts": [len(part) for part in parts]}).encode()
    return (_LENGTH.pack(len(head)), head, *parts)


def length_of(prefix: bytes) -> int:
    return int(_LENGTH.unpack(prefix)[0])


def read_message(stream: BinaryIO) -> tuple[dict[str, Any], list[bytes]] | None:
    """The next message, or None when the other side has gone."""
    prefix = stream.read(LENGTH_BYTES)
    if len(prefix) < LENGTH_BYTES:
        return None
    header = json.loads(stream.read(length_of(prefix)))
    parts = [stream.read(length) for length in header["parts"]]
    return header, parts
