"""Files that only grow: kept beside the database, for what must outlive it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec


def append(path: Path, lines: str) -> None:
    """On disk when this returns. Begins on a new line, also behind one that was cut short."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(opened).st_size
        whole = size == 0 or os.pread(opened, 1, size - 1) == b"\n"
        os.write(opened, (lines if whole else "\n" + lines).encode())
        os.fsync(opened)
    finally:
        os.close(opened)


def read_lines(text: bytes) -> Iterator[dict[str, Any]]:
    """Every line that is a JSON object; one that a crash cut short is passed over."""
    for line in text.split(b"\n"):
        try:
            said = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
        if isinstance(said, dict):
            yield said
