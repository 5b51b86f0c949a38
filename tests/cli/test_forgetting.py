"""`mashang retention`, `hold`, `release`: see what is due, keep what the law wants."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from server.retention import RULES
from tests.cli.operators import Operator


@pytest.fixture
def operator(tmp_path: Path, small_town: Path, capsys: pytest.CaptureFixture[str]) -> Operator:
    """In the small demo town, whose cases are a month old at most; nobody serves it."""
    return Operator(Path(shutil.copytree(small_town, tmp_path / "town")), capsys)


def test_a_dry_run_reports_every_rule_and_touches_nothing(operator: Operator) -> None:
    said = operator.types("retention", "--dry-run")

    assert [line.split()[1] for line in said.splitlines()[:-1]] == [rule.key for rule in RULES]
    assert said.endswith("Nothing was touched.\n")
    assert "0 audit records" in operator.types("check", "audit")


def test_a_run_is_on_record(operator: Operator) -> None:
    assert operator.types("retention").endswith("Done, and on record.\n")

    assert "1 audit records" in operator.types("check", "audit")
    printed = operator.types("audit", "--action", "retention.run").splitlines()
    assert len(printed) == 2
    assert ",retention.run,到期清理,operator " in printed[1]


def test_a_case_is_put_on_hold_with_a_reason(operator: Operator) -> None:
    with closing(sqlite3.connect(operator.data_dir / "mashang.db")) as town:
        (number,) = town.execute("SELECT number FROM cases LIMIT 1").fetchone()

    assert "is on legal hold" in operator.types("hold", number, "--reason", "法院")
    assert "请写明依据" in operator.is_refused("hold", number, "--reason", " ")
    assert "没找到" in operator.is_refused("hold", "261123000001", "--reason", "法院")
    assert "no more" in operator.types("release", number, "--reason", "已结案")


def test_a_restored_backup_erases_again_whoever_gave_up_an_account(operator: Operator) -> None:
    with closing(sqlite3.connect(operator.data_dir / "mashang.db")) as town, town:
        town.execute("UPDATE town SET demo = 0")
        (account_id,) = town.execute("SELECT id FROM account WHERE persona = 'resident'").fetchone()
    (operator.data_dir / "erasures.log").write_text(
        json.dumps({"account": str(UUID(bytes=account_id))}) + "\n"
    )

    assert "erased again, as before this backup was restored: 1" in operator.types("migrate")
    assert "erased again" not in operator.types("migrate")
    assert " 0 faults" in operator.types("check", "cases")
