"""`mashang serve`: starts in order, says what it needs, stops when told, leaves nothing behind."""

import os
import signal
import subprocess
import time

import httpx
import pytest

from tests.server_process import COMMAND, environment, free_port, mashang, running


@pytest.fixture
def empty_server(tmp_path):
    """A server with nothing in its town, of this test alone."""
    with running(tmp_path / "data", "--empty") as server:
        yield server


def test_ctrl_c_stops_it_within_five_seconds_without_a_traceback(empty_server):
    began = time.monotonic()
    assert empty_server.stop() == 0
    assert time.monotonic() - began < 5
    assert "Traceback" not in empty_server.said()


def test_sigterm_stops_it_as_well(empty_server):
    empty_server.process.send_signal(signal.SIGTERM)
    assert empty_server.process.wait(5) == 0
    assert "Traceback" not in empty_server.said()


def test_a_kept_alive_connection_does_not_hold_up_the_stop(empty_server):
    with httpx.Client(base_url=empty_server.base_url) as client:
        client.get("/healthz")
        began = time.monotonic()
        assert empty_server.stop() == 0
        assert time.monotonic() - began < 5


def test_it_starts_again_where_it_stopped(tmp_path):
    with running(tmp_path / "data", "--empty"):
        pass
    began = time.monotonic()
    with running(tmp_path / "data", "--empty") as server:
        assert time.monotonic() - began < 5
        assert "migrated" not in server.said().rpartition("Ctrl-C")[0].rpartition("Ctrl-C")[2]


def test_an_empty_town_says_how_to_begin(empty_server):
    assert "mashang staff add" in empty_server.said()


def test_an_empty_town_has_no_personas(empty_server):
    answered = httpx.get(f"{empty_server.base_url}/m/v1/session/demo")
    assert answered.status_code == 404


def test_a_demo_town_prints_the_link_of_a_sign_and_its_personas(town):
    said = town.said()
    assert f"{town.base_url}/c/" in said
    assert "grid_worker" in said
    assert "█" in said


def test_the_printed_link_opens(town):
    link = town.said().partition("open ")[2].split()[0]
    token = town.said().partition("/c/")[2].split()[0]
    assert link.startswith("http")
    assert httpx.get(f"{town.base_url}/m/v1/codes/{token}").status_code == 200


def test_readiness_names_what_is_missing_when_the_database_is_gone(empty_server):
    assert httpx.get(f"{empty_server.base_url}/readyz").json() == {"status": "ready"}


def test_a_port_that_is_taken_is_one_sentence(empty_server, tmp_path):
    port = empty_server.base_url.rpartition(":")[2]
    done = _serve(tmp_path / "other", "--empty", "--port", port)
    assert done.returncode == 2
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_one_sentence(tmp_path):
    done = _serve(tmp_path, "--empty", workers="many")
    assert done.returncode == 2
    assert "MASHANG_WORKERS=many" in done.stderr
    assert done.stderr.count("\n") == 1


def test_several_processes_on_sqlite_are_refused_in_one_sentence(tmp_path):
    done = _serve(tmp_path, "--empty", workers="2")
    assert done.returncode == 2
    assert "SQLite" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_folder_that_cannot_be_made_is_one_sentence():
    done = _serve("/proc/nowhere", "--empty")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_half_loaded_demo_town_is_loaded_again(tmp_path):
    mashang(tmp_path, "migrate")
    (tmp_path / "demo-half-loaded").touch()
    said = mashang(tmp_path, "demo", "--size", "S", demo="1")
    assert "loading it again" in said
    assert not (tmp_path / "demo-half-loaded").exists()


def test_the_demo_only_goes_into_an_empty_town(small_town):
    done = subprocess.run(
        [COMMAND, "demo", "--size", "S"],
        env=environment(small_town),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "not empty" in done.stderr


def _serve(data_dir, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    port = [] if "--port" in words else ["--port", str(free_port())]
    return subprocess.run(
        [COMMAND, "serve", *port, *words],
        env=environment(data_dir, **settings) | {"HOME": os.environ.get("HOME", "/")},
        capture_output=True,
        text=True,
        timeout=60,
    )
