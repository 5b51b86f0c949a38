"""`mashang check audit`: an open town is proven whole, a changed row is named and it fails."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from server.cli import commands
from tests.cli.operators import Operator
from tests.server_process import RunningServer, mashang


@pytest.fixture
def operator(tmp_path: Path, small_town: Path, capsys: pytest.CaptureFixture[str]) -> Operator:
    """In a small demo town of this test alone, nobody serves it."""
    return Operator(Path(shutil.copytree(small_town, tmp_path / "town")), capsys)


def test_an_open_town_is_anchored_and_whole(town: RunningServer) -> None:
    said = mashang(town.data_dir, "check", "audit")

    anchored = re.search(r"(\d+) of them in (\d+) anchors", said)
    assert anchored is not None
    assert int(anchored[1]) > 0
    assert (town.data_dir / "anchors.log").read_text().count("\n") >= int(anchored[2])
    assert "\n0 faults" in said


def test_a_changed_event_is_named_and_the_command_fails(operator: Operator) -> None:
    with closing(sqlite3.connect(operator.data_dir / "mashang.db")) as town, town:
        (number,) = town.execute("SELECT number FROM cases ORDER BY id LIMIT 1").fetchone()
        town.execute(
            "UPDATE case_event SET by_name = '别人' WHERE version = 2"
            " AND case_id = (SELECT id FROM cases WHERE number = ?)",
            [number],
        )

    said = operator.finds_fault("check", "audit")

    assert said.startswith(f"case {number}: event 2 was changed, or is missing\n")


def test_events_whose_case_is_gone_are_named(operator: Operator) -> None:
    with closing(sqlite3.connect(operator.data_dir / "mashang.db")) as town, town:
        town.execute("DELETE FROM cases WHERE id = (SELECT min(id) FROM cases)")

    said = operator.finds_fault("check", "audit")
    assert re.search(r"is gone, event \d+ of it is left", said)


def test_anchors_without_the_file_outside_are_said_to_stand_alone(operator: Operator) -> None:
    with closing(sqlite3.connect(operator.data_dir / "mashang.db")) as town, town:
        town.execute(
            "INSERT INTO anchor (no, at, epoch, upto, count, leaves, root, before, hash)"
            " VALUES (1, '2026-11-28 00:00:00+00:00', 1, '{}', 0, x'', x'', x'', x'')"
        )

    said = operator.finds_fault("check", "audit")
    assert "Nothing outside the database vouches for it" in said


@pytest.mark.parametrize("days", ["0", "-1", "99999999"])
def test_nobody_looks_back_further_than_a_century(
    days: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        commands.run(["audit", "--days", days])
    assert f"{days} is not 1 to 36500" in capsys.readouterr().err
