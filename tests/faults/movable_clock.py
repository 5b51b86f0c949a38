"""`mashang` with a clock that the tests move while it runs; nothing else is different.

`python -m tests.faults.movable_clock serve …` adds to every reading the seconds that stand in the
file `hands` of the data folder. `Hands(folder).move(days=2)` writes them there.
"""

import mmap
import os
import struct
from datetime import datetime, timedelta
from pathlib import Path

from server.base import clock
from server.cli import main

_SECONDS = struct.Struct("d")


class Hands:
    """The hands of one server's clock, seen from outside."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "hands"
        self._file.write_bytes(_SECONDS.pack(0.0))

    def move(self, **by: float) -> None:
        """So far from the real time: `days=2`, `hours=-48`; nothing is right again."""
        with self._file.open("r+b") as file:
            file.write(_SECONDS.pack(timedelta(**by).total_seconds()))


class _Moved(clock.Hands):
    """Reads the file with every look at the clock, as memory, without asking the system."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        with path.open("r+b") as file:
            self._seconds = mmap.mmap(file.fileno(), _SECONDS.size)

    def read(self) -> datetime:
        return super().read() + timedelta(seconds=_SECONDS.unpack(self._seconds)[0])


if __name__ == "__main__":
    clock._hands = _Moved(Path(os.environ["MASHANG_DATA_DIR"]) / "hands")
    main()
