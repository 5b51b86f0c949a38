"""`mashang serve`: starts in order, says what it needs, stops when told, leaves nothing behind."""

import os
import shlex
import shutil
import signal
import subprocess
import time

import httpx
import pytest

from tests.server_process import (
    COMMAND,
    STOPS_WITHIN_S,
    environment,
    free_port,
    running,
)


@pytest.fixture
def empty_server(tmp_path):
    """A server with nothing in its town, of this test alone."""
    with running(tmp_path / "data", "--empty") as server:
        yield server


def test_sigterm_stops_it_as_well(empty_server):
    empty_server.process.send_signal(signal.SIGTERM)
    assert empty_server.process.wait(STOPS_WITHIN_S) == 0
    assert "Traceback" not in empty_server.said()


def test_a_kept_alive_connection_does_not_hold_up_the_stop(empty_server):
    with httpx.Client(base_url=empty_server.base_url) as client:
        client.get("/healthz")
        assert empty_server.stop() == 0


def test_it_starts_again_where_it_stopped(tmp_path):
    for _ in range(2):
        with running(tmp_path / "data", "--empty") as server:
            pass
    assert server.said().count("migrated: 0001") == 1


def test_an_empty_town_says_how_to_begin(empty_server):
    (typed,) = [line for line in empty_server.said().splitlines() if " staff add " in line]
    done = subprocess.run(
        shlex.split(typed), capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    )
    assert "王敏 (wang) is 管理员" in done.stdout


def test_an_empty_town_has_no_personas(empty_server):
    answered = httpx.get(f"{empty_server.base_url}/m/v1/session/demo")
    assert answered.status_code == 404


def test_the_printed_link_opens(town):
    link = town.said().partition("or open ")[2].split()[0]
    address, _, token = link.rpartition("/c/")
    assert address == town.base_url
    assert httpx.get(f"{town.base_url}/m/v1/codes/{token}").status_code == 200


def test_a_folder_that_cannot_be_made_is_one_sentence():
    done = _serve("/proc/nowhere", "--empty")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path):
    done = _serve(tmp_path, "--empty", database_url="postgres://nobody@127.0.0.1:1/nowhere")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_a_folder_with_the_demo_town_is_not_taken_for_an_empty_one(small_town, tmp_path):
    done = _serve(shutil.copytree(small_town, tmp_path / "demo"), "--empty")
    assert done.returncode == 2
    assert "holds the demo town" in done.stderr


def _serve(data_dir, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    port = [] if "--port" in words else ["--port", str(free_port())]
    return subprocess.run(
        [COMMAND, "serve", *port, *words],
        env=environment(data_dir, **settings) | {"HOME": os.environ.get("HOME", "/")},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("after_s", [0.3, 2.0])
def test_ctrl_c_ends_the_start_without_a_word(tmp_path, after_s):
    start = subprocess.Popen(
        [COMMAND, "serve", "--port", str(free_port())],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    time.sleep(after_s)
    start.send_signal(signal.SIGINT)
    said, _ = start.communicate(timeout=10)
    assert b"Traceback" not in said
