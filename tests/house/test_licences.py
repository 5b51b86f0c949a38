"""What others wrote is named with its licence, and is exactly what they published."""

import hashlib
import json
import re
import tomllib
from itertools import chain

import pytest

from tests.house.tree import ROOT

NOTICES = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8").lower()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = [*PROJECT["dependencies"], *chain(*PROJECT["optional-dependencies"].values())]
SHELVES = [path for path in ROOT.glob("*/**/VENDOR.json") if ".venv" not in path.parts]
VENDORED = [
    pytest.param(shelf.parent, entry, id=f"{shelf.parent.name}-{entry['file']}")
    for shelf in SHELVES
    for entry in json.loads(shelf.read_text(encoding="utf-8"))
]


def test_every_dependency_is_named():
    names = {re.split(r"[\[=]", each)[0].lower() for each in WANTED}
    assert {name for name in names if f"| {name} |" not in NOTICES} == set()


def test_every_dependency_is_pinned():
    assert [each for each in WANTED if "==" not in each] == []


@pytest.mark.parametrize(("shelf", "entry"), VENDORED)
def test_a_vendored_file_is_what_was_published(shelf, entry):
    content = (shelf / entry["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]


@pytest.mark.parametrize(("shelf", "entry"), VENDORED)
def test_a_vendored_file_keeps_its_licence(shelf, entry):
    assert (shelf / entry["licence_file"]).is_file()
    assert f"| {entry['name'].lower()} |" in NOTICES
