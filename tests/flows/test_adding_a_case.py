"""docs/adding-a-case.md is true: followed word for word, it makes a new kind of case that works."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "adding-a-case.md"
BLOCK = re.compile(r"^```(\w+) file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def follow(page: str, root: Path) -> list[str]:
    """Do what the page says in a copy of the repository; the names of the files it touched."""
    touched = []
    for kind, name, block in BLOCK.findall(page):
        file = root / name
        if kind == "diff":
            file.write_text(changed(file.read_text(), block, name))
        else:
            assert not file.exists(), f"{name} is there already"
            file.write_text(block)
        touched.append(name)
    return touched


def changed(text: str, block: str, name: str) -> str:
    lines = block.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(old) == 1, f"the page speaks of lines that are not in {name}:\n{old}"
    return text.replace(old, new)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    root = tmp_path_factory.mktemp("adding")
    leave = shutil.ignore_patterns("__pycache__", "migrations")
    for part in ("server", "tests/flows", "scripts"):
        shutil.copytree(ROOT / part, root / part, ignore=leave)
    (root / "docs").mkdir()
    touched = follow(PAGE.read_text(), root)
    result = run(root, "scripts/print-flows")
    assert result.returncode == 0, result.stderr
    return root, touched


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    keep = {"PYTHONPATH": str(root), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=root,
        env={**os.environ, **keep},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_kind_of_case_is_four_files_and_one_line_in_a_list(followed):
    assert dict.fromkeys(followed[1]) == dict.fromkeys(
        [
            "server/flows/found_thing.py",
            "server/flows/__init__.py",
            "server/notices/texts.py",
            "tests/flows/test_found_thing.py",
            "tests/flows/test_soundness.py",
        ]
    )


def test_its_tests_pass(followed):
    root, _ = followed
    told = ["test_found_thing.py", "test_soundness.py", "test_words.py", "test_report.py"]
    options = ["-q", "--noconftest", "--import-mode=importlib", "-p", "no:cacheprovider"]
    files = [str(root / "tests/flows" / name) for name in told]
    result = run(root, "-m", "pytest", *options, "--rootdir", str(root), *files)
    assert result.returncode == 0, result.stdout + result.stderr


def test_it_is_printed_in_the_book_of_flows(followed):
    root, _ = followed
    assert "## 失物招领 `found_thing`, version 1" in (root / "docs/flows.md").read_text()
