"""`mashang keys`: a new key while the town is open, and killed half-way; then the old one goes."""

import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from server import trust
from server.base import clock, keyring
from tests.cli.operators import Operator
from tests.journeys.town_client import Person, Street
from tests.server_process import COMMAND, environment, mashang

WITH_KEY = "SELECT count(*) FROM resident WHERE substr(name_sealed, 2, 4) = ?"


@pytest.fixture
def town_folder(small_town: Path, tmp_path: Path) -> Path:
    """A small town of this test alone, nobody serves it."""
    return Path(shutil.copytree(small_town, tmp_path / "town"))


@pytest.fixture
def operator(town_folder: Path, capsys: pytest.CaptureFixture[str]) -> Operator:
    return Operator(town_folder, capsys)


def test_a_key_is_changed_and_the_old_one_goes_a_minute_later(operator: Operator) -> None:
    assert "seal-0002.key, blind-0002.key" in operator.types("keys", "rotate", "--blind")
    assert "seal key is younger than 60 s" in operator.is_refused("keys", "retire")
    with clock.moved_by(timedelta(seconds=61)):
        said = operator.types("keys", "retire")
        assert "Deleted: seal-0001.key." in said
        assert "blind key is younger than 24 hours" in said
    with clock.moved_by(timedelta(days=1, seconds=1)):
        assert "Deleted: blind.key." in operator.types("keys", "retire")

    listed = operator.types("keys", "list")
    assert {line.split()[0] for line in listed.splitlines()} == {
        "seal-0002.key",
        "blind-0002.key",
        "sign.key",
    }
    assert "3 audit records" in operator.types("check", "audit")


def test_a_prepared_key_holds_nothing(operator: Operator) -> None:
    operator.types("keys", "prepare")

    assert "prepared  0 values" in operator.types("keys", "list")
    assert "no key can go" in operator.is_refused("keys", "retire")


def test_a_value_that_does_not_open_keeps_its_key(operator: Operator, town_folder: Path) -> None:
    with closing(sqlite3.connect(town_folder / "mashang.db")) as town, town:
        town.execute(
            "UPDATE resident SET name_sealed = (SELECT name_sealed FROM resident ORDER BY id DESC)"
            " WHERE id = (SELECT min(id) FROM resident)"
        )

    assert "belongs elsewhere" in operator.finds_fault("keys", "rotate")
    assert "no key can go" in operator.is_refused("keys", "retire")


def test_keys_that_were_not_restored_are_not_made_anew(
    operator: Operator, town_folder: Path
) -> None:
    secrets = town_folder / "secrets"
    backup = secrets.rename(town_folder / "apart")

    said = operator.is_refused("check")
    assert "lacks keys of this town (blind, seal, sign)" in said
    assert list(secrets.iterdir()) == []
    assert "lacks keys" in operator.is_refused("migrate")

    shutil.copytree(backup, secrets, dirs_exist_ok=True)
    assert " 0 faults" in operator.types("check")


def test_a_town_whose_keys_are_lost_for_good_begins_with_new_ones(
    operator: Operator, town_folder: Path
) -> None:
    shutil.rmtree(town_folder / "secrets")

    assert "stays shut" in operator.types("keys", "begin")
    assert "lacks no key" in operator.is_refused("keys", "begin")
    operator.types("migrate")


def test_a_key_others_may_read_stops_every_command_with_a_sentence(
    operator: Operator, town_folder: Path
) -> None:
    (town_folder / "secrets" / "sign.key").chmod(0o640)

    assert "others may read" in operator.is_refused("check")


def test_sealing_anew_goes_on_after_being_killed(operator: Operator, town_folder: Path) -> None:
    new = keyring.promote(town_folder / "secrets", "seal")
    key = next(k for k in keyring.read(town_folder / "secrets").keys if k.path == new)
    process = subprocess.Popen(
        [COMMAND, "keys", "reseal"], env=environment(town_folder), stdout=subprocess.DEVNULL
    )
    with closing(sqlite3.connect(town_folder / "mashang.db")) as town:
        while process.poll() is None and town.execute(WITH_KEY, [key.id]).fetchone() == (0,):
            time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()

    operator.types("keys", "reseal")

    assert "old       0 values" in operator.types("keys", "list")


def test_nobody_notices_a_change_of_keys_in_an_open_town(street: Street) -> None:
    town, worker, over = street.town, street.persona("grid_worker"), Event()
    guest = street.guest()
    before = [_reported(guest) for _ in range(5)]
    seen: list[tuple[int, str]] = []

    def report_and_look() -> None:
        while not over.is_set():
            seen.append(_phone_of(worker, _reported(guest)))
            seen.append(_phone_of(worker, before[len(seen) % 5]))

    looking = Thread(target=report_and_look)
    looking.start()
    mashang(town.server.data_dir, "keys", "rotate", "--blind", database_url=town.database_url)
    over.set()
    looking.join()
    gone = town.look(_let_old_keys_go)

    assert len(seen) > 10
    assert gone == 2
    assert {*seen, *(_phone_of(worker, number) for number in before)} == {(200, "160****0001")}


def _reported(guest: Person) -> str:
    return str(guest.report(text="灯不亮", phone="16000000001")["number"])


def _phone_of(worker: Person, number: str) -> tuple[int, str]:
    """How the server answered, and the raiser's phone as the worker sees it."""
    answer = worker.ask(f"/cases/{number}")
    return answer.status_code, answer.json().get("raiser", {}).get("phone", "")


async def _let_old_keys_go() -> int:
    unused = (await trust.survey()).unused()
    keyring.remove(unused)
    return len(unused)
