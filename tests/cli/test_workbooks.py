"""`mashang import` and `export-town`: a town from Excel by an operator, and back."""

import shutil

import pytest

from tests.cli.operators import Operator
from tests.workbook.files import BUILDINGS, GROUND, a_workbook, changed


@pytest.fixture
def operator(a_sqlite_template, tmp_path, capsys):
    """An operator of a town with a current schema and nothing in it."""
    (tmp_path / "town").mkdir(mode=0o700)
    shutil.copy(a_sqlite_template, tmp_path / "town" / "mashang.db")
    return Operator(tmp_path / "town", capsys)


def test_what_is_wrong_is_said_and_nothing_is_written_in_a_dry_run(operator, tmp_path):
    file = tmp_path / "town.xlsx"
    file.write_bytes(a_workbook(GROUND | {"楼栋": changed(BUILDINGS, 2, 4, "十一")}))
    said = operator.finds_fault("import", str(file), "--dry-run", "--good-rows")
    assert "“楼栋”第3行E列（层数）：“十一”不是数字。" in said
    assert "new" not in said
    assert (tmp_path / "town-wrong.xlsx").stat().st_mode & 0o777 == 0o600
    assert "places: 6 new" in operator.finds_fault("import", str(file), "--good-rows")


def test_a_town_comes_in_and_goes_out_on_record(operator, tmp_path):
    file, out = tmp_path / "town.xlsx", tmp_path / "out.xlsx"
    file.write_bytes(a_workbook(GROUND))
    assert "places: 7 new" in operator.types("import", str(file))
    assert "2 buildings" in operator.types("export-town", str(out))
    assert "Nothing to write" in operator.types("import", str(out))
    assert out.stat().st_mode & 0o777 == 0o600
    printed = operator.types("audit")
    assert [printed.count(said) for said in ("导入城镇", "导出城镇")] == [2, 1]


def test_what_is_no_workbook_is_refused_in_one_sentence(operator, tmp_path):
    (tmp_path / "town.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    assert "xlsx" in operator.is_refused("import", str(tmp_path / "town.xls"))
    assert "No such file" in operator.is_refused("import", str(tmp_path / "none.xlsx"))
    assert "--template" in operator.is_refused("import")
