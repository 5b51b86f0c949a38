"""Templates that stay compiled: as good as new after any change, and no reason not to start."""

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from server.pages import compiled
from server.pages.compiled import Compiled

PAGE = {"page.html": "Hello {{ name }}"}


def said(folder: Path, texts: dict[str, str], made_by: str = "first") -> str:
    """The page, made by an environment that has just started."""
    environment = Environment(loader=DictLoader(texts), bytecode_cache=Compiled(folder, made_by))
    return environment.get_template("page.html").render(name="Wang")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a first start has left its page."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    said(tmp_path, PAGE)
    return tmp_path


def test_the_next_start_compiles_nothing(folder, monkeypatch):
    monkeypatch.setattr(Environment, "compile", None)
    assert said(folder, PAGE) == "Hello Wang"


def test_a_changed_template_is_compiled_again(folder):
    assert said(folder, {"page.html": "Bye {{ name }}"}) == "Bye Wang"


def test_whatever_is_made_otherwise_is_compiled_again(folder, monkeypatch):
    monkeypatch.setattr(Environment, "compile", None)
    with pytest.raises(TypeError):
        said(folder, PAGE, "second")


@pytest.mark.parametrize("left", [0, 4, 30, 60], ids="{} bytes".format)
def test_a_file_that_broke_off_is_made_again(folder, left):
    [file] = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:left])
    assert said(folder, PAGE) == "Hello Wang"
    assert file.read_bytes() == whole


def test_where_nothing_can_be_written_each_start_compiles(folder):
    assert said(folder / "absent", PAGE) == "Hello Wang"


def test_who_wants_no_files_gets_none(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    said(tmp_path, PAGE)
    assert list(tmp_path.iterdir()) == []


def test_they_lie_where_python_keeps_its_own():
    assert Path(compiled.beside_the_code().directory).name == "__pycache__"
