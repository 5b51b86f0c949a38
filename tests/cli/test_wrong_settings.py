"""What cannot work is said before anything is opened: one sentence, and what to change."""

import socket
import subprocess
import sys

import asyncpg
import pytest

from server.cli import commands
from tests.server_process import environment, free_port


@pytest.fixture
def refused(tmp_path, monkeypatch, capsys):
    """What the start says, of a town with these settings."""

    def start(*words: str, **settings: str) -> str:
        for name, value in settings.items():
            monkeypatch.setenv(f"MASHANG_{name.upper()}", value)
        data = ["--data", str(tmp_path / "town")]
        assert commands.run([*(words or ("migrate",)), *data]) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        return said

    return start


OWN_PLACES = ["SECRETS_DIR", "ANCHORS_FILE", "ERASURES_FILE", "PHOTOS_URL", "PRINTS_URL"]


@pytest.mark.parametrize("variable", OWN_PLACES)
def test_a_folder_that_cannot_be_made_is_named_with_its_variable(refused, variable):
    scheme = "file://" if variable.endswith("_URL") else ""
    said = refused(**{variable: f"{scheme}/proc/nowhere/town"})
    assert f"MASHANG_{variable}: cannot make the folder /proc/nowhere" in said


def test_anchors_are_kept_in_a_file_not_in_a_folder(refused, tmp_path):
    assert f"MASHANG_ANCHORS_FILE: {tmp_path} is no file" in refused(anchors_file=str(tmp_path))


def test_a_file_that_is_no_database_is_not_taken_for_one(refused, tmp_path):
    other = tmp_path / "town.xlsx"
    other.write_bytes(b"PK and more of a workbook")
    assert f"{other} is no SQLite database" in refused(database_url=f"sqlite://{other}")


def test_a_damaged_database_is_one_sentence(refused, tmp_path):
    other = tmp_path / "half.db"
    other.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 16)
    assert "MASHANG_DATABASE_URL cannot be used" in refused(database_url=f"sqlite://{other}")


def test_a_command_makes_no_town_where_there_is_none(refused, tmp_path):
    assert "there is no town at" in refused("check")
    assert not (tmp_path / "town").exists()


def test_a_taken_operators_address_is_said_before_the_start(refused):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        said = refused("serve", "--empty", operator_address=address, port=str(free_port()))
    assert f"cannot listen on {address}" in said
    assert "MASHANG_OPERATOR_ADDRESS" in said


def test_what_opens_half_does_not_keep_the_process(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "server.cli", "migrate"],
        env=environment(tmp_path, plaque_line="/nowhere.svg"),
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_a_migration_that_gave_way_says_so_and_what_to_do():
    said = commands._sentence(asyncpg.LockNotAvailableError("canceling statement"))
    assert "held by somebody else for 2 s" in said
    assert "Try `mashang migrate` again" in said
