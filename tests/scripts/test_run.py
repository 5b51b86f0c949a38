"""`scripts/run` on a machine that has, or lacks, what it needs: played with programs of straw."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

PYTHONS = ("python3", "python3.11", "python3.12", "python3.13", "python3.14")
TOO_OLD = "exit 1"
WITHOUT_VENV = f'case "$2" in *ensurepip*) exit 1 ;; esac; exec {sys.executable} "$@"'
# Makes a `.venv` whose python writes down what it is asked and whose mashang says its words.
STRAW = """
case "$2" in
  venv)
    for folder; do :; done
    mkdir -p "$folder/bin"; echo "$folder" >"$folder/bin/activate"
    printf '#!/bin/sh\\necho "$@" >>"{asked}"\\n' >"$folder/bin/python"
    printf '#!/bin/sh\\necho "mashang $@"\\n' >"$folder/bin/mashang"
    chmod +x "$folder/bin/python" "$folder/bin/mashang" ;;
esac
"""


class Machine:
    """A checkout with nothing but its scripts, and a PATH where we say what Python is."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "a checkout"
        self.programs = folder / "programs"
        self.asked = folder / "asked"
        shutil.copytree(ROOT / "scripts", self.checkout / "scripts")
        shutil.copy(ROOT / "pyproject.toml", self.checkout)
        self.programs.mkdir()
        self.has_python(STRAW.format(asked=self.asked))

    def has_python(self, script: str) -> None:
        for name in PYTHONS:
            program = self.programs / name
            program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            program.chmod(0o755)

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("MASHANG_", "PYTHON"))}
        return subprocess.run(
            [self.checkout / "scripts" / "run", *words],
            env=kept | {"PATH": f"{self.programs}:/usr/bin:/bin"} | more,
            capture_output=True,
            text=True,
            check=False,
        )

    def installs(self) -> int:
        return self.asked.read_text(encoding="utf-8").count("pip install")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_without_a_recent_python_one_sentence_says_what_to_install(machine):
    machine.has_python(TOO_OLD)
    told = machine.run()
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1
    assert "apt-get install python3 python3-venv" in told.stderr


def test_without_venv_one_sentence_says_what_to_install(machine):
    machine.has_python(WITHOUT_VENV)
    told = machine.run()
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1
    assert "apt-get install python3-venv" in told.stderr


def test_it_serves_with_the_data_beside_the_code(machine):
    assert machine.run().stdout == f"mashang serve --data {machine.checkout}/var\n"


def test_its_words_are_passed_on(machine):
    told = machine.run("--port", "8123", "--empty")
    assert told.stdout.endswith("var --port 8123 --empty\n")


def test_the_operators_own_data_folder_is_kept(machine):
    assert machine.run("--data", "/srv/town").stdout == "mashang serve --data /srv/town\n"
    assert machine.run(MASHANG_DATA_DIR="/srv/town").stdout == "mashang serve\n"


def test_a_second_start_installs_nothing(machine):
    machine.run()
    machine.run()
    assert machine.installs() == 1


def test_a_changed_list_of_packages_is_installed(machine):
    machine.run()
    with (machine.checkout / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write("# changed\n")
    machine.run()
    assert machine.installs() == 2


def test_a_checkout_that_was_moved_is_installed_anew(machine):
    machine.run()
    machine.checkout = machine.checkout.rename(machine.checkout.with_name("elsewhere"))
    machine.run()
    assert machine.installs() == 2


def test_help_installs_nothing(machine):
    assert "--host" in machine.run("--help").stdout
    assert not machine.asked.exists()
