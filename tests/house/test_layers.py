"""An import may only go down, and a feature is used through its front door."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, python_of, short

LINT = Path(sys.executable).with_name("lint-imports")
NOT_A_FEATURE = {
    "base",
    "cli",
    "flows",
    "web",
    "views",
    "pages",
    "desk",
    "migrations",
    "demo",
    "open311",
    "inbound",
}


def _lint(checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--no-cache"], cwd=checkout, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for path in python_of("server/", "miniapp_api/"):
        copied = tmp_path / short(path)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copied)
    shutil.copytree(ROOT / "server" / "migrations", tmp_path / "server" / "migrations")
    return tmp_path


def test_every_contract_is_kept():
    linted = _lint(ROOT)
    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize(
    ("file", "import_", "contract"),
    [
        ("server/places/__init__.py", "from server import cases", "One way down BROKEN"),
        ("server/org/__init__.py", "from server.people import models", "Knock at people BROKEN"),
        ("server/flows/__init__.py", "import tortoise", "Flows are pure BROKEN"),
        ("server/cases/__init__.py", "import sanic", "Only surfaces speak Sanic BROKEN"),
        ("server/unheard_of/__init__.py", "", "Every package has a floor BROKEN"),
    ],
)
def test_a_wrong_import_is_caught(copy_of_the_house, file, import_, contract):
    planted = copy_of_the_house / file
    planted.parent.mkdir(exist_ok=True)
    before = planted.read_text(encoding="utf-8") if planted.exists() else ""
    planted.write_text(f"{before}\n{import_}\n", encoding="utf-8")
    assert contract in _lint(copy_of_the_house).stdout


def test_every_feature_has_a_front_door():
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    features = {path.parts[-2] for path in python_of("server/") if path.name == "__init__.py"}
    unguarded = {
        feature
        for feature in features - NOT_A_FEATURE - {"server"}
        if (ROOT / "server" / feature / "__init__.py").is_file()
        and f'name = "Knock at {feature}"' not in contracts
    }
    assert unguarded == set()
