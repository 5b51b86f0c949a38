"""`mashang staff add`, `codes`, `check`: what an operator does beside the running town."""

import subprocess

import httpx
import pytest

from tests.server_process import COMMAND, environment, mashang, running

UNIT = "演示·湖畔社区居委会"


@pytest.fixture
def empty_town(tmp_path):
    """A data folder with a current schema and nobody in it."""
    mashang(tmp_path, "migrate")
    return tmp_path


def test_the_first_administrator_can_sign_in(empty_town):
    said = mashang(empty_town, "staff", "add", "wang", "王敏")
    password = said.rpartition(": ")[2].strip()
    with running(empty_town, "--empty") as server:
        entered = httpx.post(
            f"{server.base_url}/m/v1/session/staff", json={"login": "wang", "password": password}
        )
    assert entered.json()["account"]["roles"] == ["sys_admin"]


def test_a_login_is_taken_once(empty_town):
    mashang(empty_town, "staff", "add", "wang", "王敏")
    assert "already" in _refused(empty_town, "staff", "add", "WANG", "王明")


def test_a_grid_worker_works_for_a_unit(empty_town):
    said = _refused(empty_town, "staff", "add", "li", "李强", "--role", "grid_worker")
    assert "--unit" in said


def test_a_unit_nobody_knows_is_refused(empty_town):
    said = _refused(
        empty_town, "staff", "add", "li", "李强", "--role", "grid_worker", "--unit", "无名"
    )
    assert "无名" in said


@pytest.mark.parametrize("login", ["a", "a b", "名字", "x" * 41])
def test_a_login_is_letters_and_digits(empty_town, login):
    assert "2 to 40" in _refused(empty_town, "staff", "add", login, "王敏")


def test_a_short_number_nobody_printed_is_refused(empty_town):
    assert "没认出" in _refused(empty_town, "codes", "123456789")


def test_a_command_before_the_schema_says_what_to_run(tmp_path):
    assert "mashang migrate" in _refused(tmp_path, "check")


def test_a_demo_town_is_whole(small_town):
    assert " 0 faults" in mashang(small_town, "check")


@pytest.mark.parametrize(
    "words", [[], ["serve"], ["worker"], ["migrate"], ["demo"], ["staff", "add"], ["check"]]
)
def test_every_command_explains_itself(words):
    said = subprocess.run(
        [COMMAND, *words, "--help"], capture_output=True, text=True, timeout=30, check=True
    )
    assert len(said.stdout) > 200


def _refused(data_dir, *words: str) -> str:
    done = subprocess.run(
        [COMMAND, *words], env=environment(data_dir), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr
