"""`mashang staff add`, `check`: what an operator does beside the running town."""

import shutil
import sqlite3
from contextlib import closing

import httpx
import pytest

from server.base.errors import Unavailable
from server.cli import commands
from tests.cli.operators import Operator
from tests.server_process import running


@pytest.fixture(scope="module")
def empty_town(tmp_path_factory):
    """The folder of a town with a current schema and nobody in it; only to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    assert commands.run(["migrate", "--data", str(folder)]) == 0
    return folder


@pytest.fixture
def operator(empty_town, tmp_path, capsys):
    """An operator of such a town."""
    return Operator(shutil.copytree(empty_town, tmp_path / "town"), capsys)


def test_the_first_administrator_can_sign_in(operator):
    password = operator.types("staff", "add", "wang", "王敏").rpartition(": ")[2].strip()
    with running(operator.data_dir, "--empty") as server:
        entered = httpx.post(
            f"{server.base_url}/m/v1/session/staff", json={"login": "wang", "password": password}
        )
    assert entered.json()["account"]["roles"] == ["sys_admin"]


def test_an_appointment_is_on_record(operator):
    operator.types("staff", "add", "wang", "王敏")
    printed = operator.types("audit", "--action", "post.appoint").splitlines()
    assert len(printed) == 2
    assert ",任命岗位,operator " in printed[1]
    assert "wang" in printed[1]


def test_who_lost_the_password_is_given_a_new_one(operator):
    first = operator.types("staff", "add", "wang", "王敏").rpartition(": ")[2].strip()
    second = operator.types("staff", "reset", "WANG").rpartition(": ")[2].strip()
    assert len(second) >= 10
    assert second != first


def test_nobody_is_given_a_password_who_is_not_there(operator):
    assert "nobody" in operator.is_refused("staff", "reset", "wang")


def test_an_empty_town_has_the_catalogue_and_the_holidays(operator):
    kept = sqlite3.connect(operator.data_dir / "mashang.db")
    with closing(kept):
        assert kept.execute("SELECT count(*) FROM category").fetchone() == (38,)
        assert kept.execute("SELECT count(*) FROM calendar_year").fetchone() >= (1,)


def test_a_login_is_taken_once(operator):
    operator.types("staff", "add", "wang", "王敏")
    assert "already" in operator.is_refused("staff", "add", "WANG", "王明")


def test_a_grid_worker_works_for_a_unit(operator):
    said = operator.is_refused("staff", "add", "li", "李强", "--role", "grid_worker")
    assert "--unit" in said


def test_a_unit_nobody_knows_is_refused(operator):
    words = ("staff", "add", "li", "李强", "--role", "grid_worker", "--unit", "无名")
    assert "无名" in operator.is_refused(*words)


@pytest.mark.parametrize("login", ["a", "a b", "名字", "x" * 41])
def test_a_login_is_letters_and_digits(operator, login):
    assert "2 to 40" in operator.is_refused("staff", "add", login, "王敏")


def test_a_command_before_the_schema_says_what_to_run(tmp_path, capsys):
    (tmp_path / "mashang.db").touch()

    assert "mashang migrate" in Operator(tmp_path, capsys).is_refused("check")


@pytest.fixture
def in_a_demo(small_town, tmp_path, capsys):
    """An operator of a copy of the small demo town."""
    return Operator(shutil.copytree(small_town, tmp_path / "demo"), capsys)


def test_a_demo_town_is_whole(in_a_demo):
    assert " 0 faults" in in_a_demo.types("check")


def test_the_demo_only_goes_into_an_empty_town(in_a_demo):
    assert "not empty" in in_a_demo.is_refused("demo", "--size", "S")


def test_a_half_loaded_demo_town_is_loaded_again(operator):
    mark = operator.data_dir / "demo-half-loaded"
    mark.touch()
    assert "loading it again" in operator.types("demo", "--size", "S")
    assert not mark.exists()


@pytest.mark.parametrize(
    "words",
    ["", "serve", "worker", "migrate", "demo", "staff add", "check", "keys list", "codes make"],
)
def test_every_command_explains_itself(capsys, words):
    with pytest.raises(SystemExit):
        commands.parser().parse_args([*words.split(), "--help"])
    assert len(capsys.readouterr().out) > 200


def test_a_disk_without_room_is_said_to_the_operator_in_the_words_of_the_database(
    operator, monkeypatch
):
    async def no_room(*_given):
        full = sqlite3.OperationalError("database or disk is full")
        raise Unavailable from full

    monkeypatch.setattr("server.cli.admin.people.add_staff", no_room)
    assert "database or disk is full" in operator.is_refused("staff", "add", "wang", "王敏")
