"""The real `mashang serve`, as an operator starts it: its own process, port, database and keys."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from tests.databases import a_database_of, sqlite_template
from tests.shared import made_once

COMMAND = str(Path(sys.executable).with_name("mashang"))
READY_WITHIN_S = 60
STOPS_WITHIN_S = 10  # what is being answered, written and told has its own few seconds each


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that answered /readyz 200, and what is needed to watch or stop it."""

    base_url: str
    data_dir: Path
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        """Everything it has written so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """Gone in the middle of whatever it did: kill -9."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Ctrl-C, as a person would; its exit code. Killed with its children if it hangs."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            raise AssertionError(
                f"did not stop within {STOPS_WITHIN_S} s of Ctrl-C:\n{self.said()}"
            ) from None


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """This process's environment, with none of its own settings and these instead."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("MASHANG_")}
    given = {f"MASHANG_{name.upper()}": value for name, value in settings.items()}
    return inherited | {"MASHANG_DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1"} | given


def mashang(data_dir: Path, *words: str, **settings: str) -> str:
    """Run one `mashang` command to its end; what it printed. Fails with its words if it fails."""
    done = subprocess.run(
        [COMMAND, *words],
        env=environment(data_dir, **settings),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, f"mashang {' '.join(words)}:\n{done.stdout}{done.stderr}"
    return done.stdout


@contextmanager
def running(data_dir: Path, *words: str, **settings: str) -> Iterator[RunningServer]:
    """`mashang serve` on a free port until the block ends. Settings by name: database_url=…"""
    server = launched(data_dir, free_port(), *words, **settings)
    try:
        yield server
    finally:
        server.stop()


def launched(
    data_dir: Path, port: int, *words: str, program: tuple[str, ...] = (COMMAND,), **settings: str
) -> RunningServer:
    """`mashang serve` on this port, ready; whoever launches it stops it. It may be any program
    that takes the same words.
    """
    log = data_dir / "server.log"
    data_dir.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*program, "serve", "--port", str(port), *words],
            env=environment(data_dir, **settings),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = RunningServer(f"http://127.0.0.1:{port}", data_dir, process, log)
    try:
        _wait_until_ready(server)
    except BaseException:
        server.stop()
        raise
    return server


def _wait_until_ready(server: RunningServer) -> None:
    give_up_at = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < give_up_at:
        assert server.process.poll() is None, f"the server ended at its start:\n{server.said()}"
        if _is_ready(server.base_url.removeprefix("http://")):
            return
        time.sleep(0.05)
    raise AssertionError(f"not ready within {READY_WITHIN_S} s:\n{server.said()}")


def _is_ready(host: str) -> bool:
    """Asked often during a start, so not by httpx, which reads certificates at each call."""
    with closing(HTTPConnection(host, timeout=2)) as asking:
        try:
            asking.request("GET", "/readyz")
            return asking.getresponse().status == 200
        except (OSError, HTTPException):
            return False  # It is not listening yet.


StartServer = Callable[..., RunningServer]


@pytest.fixture(scope="session")
def small_town() -> Path:
    """A data folder with the small demo town in SQLite. Never served itself: copy it."""
    return made_once("small-town", _a_small_town)


def _a_small_town(folder: Path) -> None:
    template = sqlite_template()
    folder.mkdir()
    shutil.copy(template, folder / "mashang.db")
    mashang(folder, "demo", "--size", "S", demo="1")


@pytest.fixture(scope="session")
def start_server(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[StartServer]:
    """Start servers that live as long as the session, or until their own `stop()`.

    `start_server()` serves a fresh copy of the small town; `empty=True` a town with nothing in it;
    `database_url=…` and any other setting by its name. All tests come from one address, so rates
    are not limited unless asked for with `limits="1"`.
    """
    with ExitStack() as servers:

        def start(*, empty: bool = False, **given: str) -> RunningServer:
            settings = {"limits": "0"} | given
            folder = tmp_path_factory.mktemp("server") / secrets.token_hex(4)
            if empty:
                return servers.enter_context(running(folder, "--empty", **settings))
            if "database_url" in settings:
                mashang(folder, "demo", "--size", "S", demo="1", **settings)
            else:
                shutil.copytree(request.getfixturevalue("small_town"), folder)
            return servers.enter_context(running(folder, **{"demo": "1"} | settings))

        yield start


@pytest.fixture(scope="session")
def town(start_server: StartServer) -> RunningServer:
    """One small demo town on SQLite, shared: tests add to it and count on nothing being absent."""
    return start_server()


@pytest.fixture(scope="session")
def postgres_town(start_server: StartServer, postgres_server: str) -> Iterator[RunningServer]:
    """The same town on PostgreSQL; it stops before its database does."""
    server = start_server(database_url=a_database_of(postgres_server))
    yield server
    server.stop()


@pytest.fixture(
    scope="session",
    params=["town", pytest.param("postgres_town", marks=pytest.mark.pg)],
    ids=["sqlite", "postgres"],
)
def either_town(request: pytest.FixtureRequest) -> RunningServer:
    """The test runs twice: in the town on SQLite and in the town on PostgreSQL."""
    server: RunningServer = request.getfixturevalue(request.param)
    return server


@pytest.fixture
def base_url(town: RunningServer) -> str:
    """Where the shared town answers."""
    return town.base_url
