"""What the processes of one run share: made once, by whoever asks first, and changed by nobody."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = "TESTS_SHARE"


def pytest_configure(config: pytest.Config) -> None:
    """The first process makes the folder, and its workers find its name; it goes at the end."""
    if FOLDER not in os.environ:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="tests-")
        config.add_cleanup(_take_away)


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """The file or folder of this name, made by `make` when nobody of this run has made it yet."""
    path = Path(os.environ[FOLDER]) / name
    with path.with_name(f"{name}.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        if not path.exists():
            draft = path.with_name(f"{name}.draft")
            make(draft)
            draft.rename(path)
    return path


def _take_away() -> None:
    shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True)
