"""A disk that can be full: a few megabytes of memory, or, where nothing may be mounted, a process
that is allowed no file larger than it has.
"""

import contextlib
import errno
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import psutil

_FILLER = "filler"
_PIECES = (1_000_000, 4_096, 1)


_REFUSE = """
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER no_room BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION no_room()
"""


class SmallDisk(Protocol):
    """Somewhere to put a town, that can be filled to the last byte and freed again."""

    folder: Path

    def fill(self, process_id: int) -> None: ...
    def free(self, process_id: int) -> None: ...


class Tmpfs:
    """The real thing: for everyone who writes there, there is no room."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, process_id: int) -> None:
        with (self.folder / _FILLER).open("ab", buffering=0) as filler:
            for piece in _PIECES:
                with contextlib.suppress(OSError):
                    while filler.write(b"\0" * piece) == piece:
                        pass

    def free(self, process_id: int) -> None:
        (self.folder / _FILLER).unlink()


class FileLimit:
    """Nothing the process writes may make a file larger: the same errors, for it alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, process_id: int) -> None:
        self._limit(process_id, 0)

    def free(self, process_id: int) -> None:
        self._limit(process_id, psutil.RLIM_INFINITY)

    def _limit(self, process_id: int, most: int) -> None:
        process = psutil.Process(process_id)
        _, hard = process.rlimit(psutil.RLIMIT_FSIZE)
        process.rlimit(psutil.RLIMIT_FSIZE, (most, hard))


class Pretence:
    """A PostgreSQL that refuses every new case as it does when its disk is full; `say` tells it."""

    def __init__(self, folder: Path, say: Callable[[str], object]) -> None:
        self.folder, self._say = folder, say

    def fill(self, process_id: int) -> None:
        self._say(_REFUSE)

    def free(self, process_id: int) -> None:
        self._say("DROP TRIGGER no_room ON cases; DROP FUNCTION no_room")


@contextlib.contextmanager
def mounted(megabytes: int) -> Iterator[Path]:
    """A tmpfs of this size. Raises PermissionError where this process may mount nothing."""
    folder = Path(tempfile.mkdtemp(prefix="small-"))
    how = ("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0755", "tmpfs", str(folder))
    try:
        if os.geteuid() != 0 or subprocess.run(how, capture_output=True, check=False).returncode:
            raise PermissionError(errno.EPERM, "nothing may be mounted here")
        yield folder
    finally:
        subprocess.run(("umount", "-l", str(folder)), capture_output=True, check=False)
        folder.rmdir()


def may_mount() -> bool:
    """Whether this process may mount a tmpfs: root outside a container, as a rule."""
    with contextlib.suppress(PermissionError, FileNotFoundError), mounted(1):
        return True
    return False
