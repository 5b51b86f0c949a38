"""N servers are kept alive on one port, started again when they die, and stopped to the last."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.databases import a_database_of
from tests.server_process import mashang, running

pytestmark = pytest.mark.pg
PARENT = """
import sys
from server.supervisor import Supervisor
child = "import sys, time; print('up', flush=True); time.sleep(float(sys.argv[1]))"
Supervisor(lambda n: [sys.executable, "-c", child, sys.argv[1]], 2).run()
"""
STARTING = """
import sys
from server.supervisor import Supervisor
child = "import time; from server.cli import serving; serving.leave_at_once_when_told();" \\
    "print('up', flush=True); time.sleep(60)"
sys.exit(Supervisor(lambda n: [sys.executable, "-c", child], 1).run())
"""
DEAF = """
import sys
from server.supervisor import Supervisor
child = "import os, signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN);" \\
    "print('up', flush=True); os.read(int(sys.argv[-1]), 1)"
sys.exit(Supervisor(lambda n: [sys.executable, "-c", child], 1).run())
"""


@pytest.fixture(scope="module")
def database_url(postgres_server):
    """A database of these tests alone."""
    return a_database_of(postgres_server)


@pytest.fixture(scope="module")
def two_servers(tmp_path_factory, database_url):
    """Two servers over one PostgreSQL."""
    folder = tmp_path_factory.mktemp("two")
    with running(folder, "--empty", database_url=database_url, workers="2") as server:
        yield server


def test_two_servers_answer_on_one_port(two_servers):
    assert len(_children(two_servers.process.pid)) == 2
    assert httpx.get(f"{two_servers.base_url}/readyz").status_code == 200


def test_a_server_that_was_killed_is_started_again(two_servers):
    before = _children(two_servers.process.pid)
    os.kill(before[0], signal.SIGKILL)
    assert _until(lambda: len(set(_children(two_servers.process.pid)) - {before[0]}) == 2)


def test_people_are_served_while_one_is_started_again(two_servers):
    os.kill(_children(two_servers.process.pid)[0], signal.SIGKILL)
    statuses = {_ask_twice(f"{two_servers.base_url}/healthz") for _ in range(40)}
    assert statuses == {200}


def test_all_of_them_stop_when_the_parent_is_told(tmp_path, database_url):
    with running(tmp_path, "--empty", database_url=database_url, workers="2") as server:
        children = _children(server.process.pid)
        assert server.stop() == 0
    assert not [pid for pid in children if _is_alive(pid)]
    assert "Traceback" not in server.said()


def test_a_server_told_while_it_still_starts_has_stopped_in_good_order():
    parent = subprocess.Popen(
        [sys.executable, "-c", STARTING], stdout=subprocess.PIPE, start_new_session=True
    )
    assert parent.stdout.readline() == b"up\n"
    parent.send_signal(signal.SIGTERM)
    parent.communicate(timeout=10)
    assert parent.returncode == 0


def test_a_server_that_missed_the_signal_stops_in_good_order_all_the_same():
    parent = subprocess.Popen(
        [sys.executable, "-c", DEAF], stdout=subprocess.PIPE, start_new_session=True
    )
    assert parent.stdout.readline() == b"up\n"
    parent.send_signal(signal.SIGTERM)
    parent.communicate(timeout=10)
    assert parent.returncode == 0


def test_several_servers_leave_the_duties_to_others_when_told_to(tmp_path, postgres_server):
    database_url = a_database_of(postgres_server)
    mashang(tmp_path, "staff", "add", "wang", "王敏", database_url=database_url)
    settings = {"workers": "2", "database_url": database_url}
    with running(tmp_path, "--no-worker", **settings) as served:
        _until(lambda: len(_children(served.process.pid)) == 2)
        time.sleep(2)
    assert not (tmp_path / "anchors.log").exists()


def test_servers_do_not_outlive_a_killed_parent(tmp_path, database_url):
    with running(tmp_path, "--empty", database_url=database_url, workers="2") as server:
        children = _children(server.process.pid)
        server.process.kill()
        assert _until(lambda: not [pid for pid in children if _is_alive(pid)])


def test_who_dies_at_once_again_and_again_is_started_less_and_less_often():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, "0"], stdout=subprocess.PIPE, start_new_session=True
    )
    time.sleep(4)
    parent.send_signal(signal.SIGTERM)
    out, _ = parent.communicate(timeout=10)
    assert 4 <= out.count(b"up") <= 12


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(each) for each in listed.split()]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _ask_twice(url: str) -> int:
    """As a phone does: once more if the connection broke."""
    try:
        return httpx.get(url, timeout=30).status_code
    except httpx.TransportError:
        return httpx.get(url, timeout=30).status_code


def _until(so: Callable[[], bool]) -> bool:
    give_up_at = time.monotonic() + 15
    while time.monotonic() < give_up_at:
        if so():
            return True
        time.sleep(0.1)
    return False
