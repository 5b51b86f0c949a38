"""Starting and stopping the town as an operator does, with the command that is installed."""

import os
import re
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.server_process import COMMAND, environment

START_COSTS_S = 5  # of processor time; how long that takes, scripts/bench prints


@pytest.fixture
def served(start_server):
    return start_server()


def test_it_starts_cheaply_once_the_town_is_there(start_server):
    assert _cpu_s(start_server().process.pid) < START_COSTS_S


def test_ctrl_c_stops_it_without_a_traceback(served):
    httpx.get(f"{served.base_url}/healthz")
    assert served.stop() == 0
    assert "Traceback" not in served.said()


def _cpu_s(pid):
    """Processor time a process has used so far, in user and system."""
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def test_it_prints_the_link_of_a_demo_code_and_the_personas(served):
    assert f"{served.base_url}/c/" in served.said()
    assert "演示-王女士" in served.said()


def test_pages_say_times_in_the_zone_that_is_set(start_server):
    town = start_server(timezone="Asia/Urumqi")
    sign = re.search(rf"{town.base_url}/c/\w+", town.said())[0]
    said = httpx.get(sign).text
    assert re.search(r'<time datetime="[^"]*\+06:00"', said)
    assert "+08:00" not in said


def test_an_empty_town_is_ready_too(start_server):
    empty = start_server(empty=True)
    assert httpx.get(f"{empty.base_url}/readyz").status_code == 200


def test_a_second_server_on_the_same_port_says_so_in_one_sentence(served, tmp_path):
    port = served.base_url.rpartition(":")[2]
    told = subprocess.run(
        [COMMAND, "serve", "--empty", "--port", port],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
    assert port in told.stderr


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("port", "eighty"),
        ("workers", "0"),
        ("workers", "4"),  # with SQLite
        ("database_url", "mysql://localhost/town"),
        ("public_url", "mashang.example"),
        ("timezone", "Asia/Nowhere"),
        ("demo", "maybe"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(tmp_path, variable, value):
    told = subprocess.run(
        [COMMAND, "serve"],
        env=environment(tmp_path, **{variable: value}),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
    assert f"MASHANG_{variable.upper()}={value}" in told.stderr


@pytest.mark.pg
def test_it_serves_from_postgresql(postgres_town):
    assert httpx.get(f"{postgres_town.base_url}/readyz").status_code == 200
