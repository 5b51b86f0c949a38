"""`mashang codes`: the life of a code as an operator types it."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.cli.operators import Operator

STREET = "150600/150603/150603001/"


@pytest.fixture
def operator(small_town, tmp_path, capsys):
    """An operator of a copy of the small demo town."""
    return Operator(shutil.copytree(small_town, tmp_path / "town"), capsys)


def test_a_short_number_nobody_printed_is_refused(operator):
    assert "没认出" in operator.is_refused("codes", "find", "123456789")


def test_codes_are_counted_made_once_and_voided(operator):
    counted = operator.types("codes", "missing", "--area", STREET)
    assert "without a code" in counted
    made = operator.types("codes", "list").split()[0]
    assert "勾选" not in operator.types("codes", "void", made, "--because", "misprinted")
    words = ("codes", "make", "--area", STREET, "--kind", "entrance", "--name", "第二批")
    first = operator.types(*words)
    again = operator.is_refused(*words)
    assert "codes made, batch" in first
    assert "都已经有码" in again


def test_a_batch_is_drawn_into_a_file_that_is_whole(operator, tmp_path):
    first = operator.types("codes", "find", _short_of(operator)).splitlines()
    operator.types("codes", "replace", _short_of(operator), "--because", "damaged")
    batch = operator.types("codes", "list").split()[0]
    out = tmp_path / "plaques.pdf"
    assert "leads to http" in operator.types("codes", "print", batch, "--out", str(out))
    assert first[1].startswith("http")
    assert out.read_bytes().rstrip().endswith(b"%%EOF")


def test_the_towns_own_line_is_checked_looked_at_and_put_on_plaques(operator, tmp_path):
    line, out = tmp_path / "line.svg", tmp_path / "look.png"
    line.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>康巴什</text></svg>')
    assert "先把文字转成轮廓" in operator.is_refused("codes", "art", "line", str(line))
    line.write_text('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h60v9h-60z"/></svg>')
    said = operator.types("codes", "art", "line", str(line), "--look", str(out), "--put")
    assert "from now on" in said
    assert out.read_bytes().startswith(b"\x89PNG")
    assert "on no plaque" in operator.types("codes", "art", "line", "--drop")


def _short_of(operator) -> str:
    """A number of a code in use."""
    with closing(sqlite3.connect(operator.data_dir / "mashang.db")) as kept:
        asked = "SELECT short FROM code WHERE status = 'active' AND short IS NOT NULL LIMIT 1"
        return kept.execute(asked).fetchone()[0]


def test_a_node_nobody_knows_is_refused(operator):
    words = ("codes", "make", "--area", "999/", "--kind", "entrance")
    assert "999/" in operator.is_refused(*words)
