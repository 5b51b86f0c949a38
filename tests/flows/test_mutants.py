"""The stories are worth something: each fault planted in the engine is caught by at least one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STORIES = ("test_report.py", "test_report_promises.py", "test_lanes.py", "test_clocks.py")

MUTANTS = {
    "a state is not looked at": (
        "standing.py",
        "if not move.begins_in(lane.by_key[row.state]):",
        "if False:",
    ),
    "an end is no end": (
        "structure.py",
        "return state.key in self.source if self.source else not state.end",
        "return state.key in self.source if self.source else True",
    ),
    "anybody of any unit is the holder": (
        "parts.py",
        "elif post.unit_id == holder.unit_id and not post.alone:",
        "else:",
    ),
    "a role counts wherever its post is": (
        "standing.py",
        "if post.here and post.role == word",
        "if post.role == word",
    ),
    "the accused keep their posts": (
        "standing.py",
        "return who if len(posts) == len(who.posts) else replace(who, posts=posts)",
        "return who",
    ),
    "whoever has left a lane may still act": (
        "standing.py",
        "if one.lane == word and one.live and (",
        "if one.lane == word and (",
    ),
    "a holder never changes": (
        "draft.py",
        "            holder=holder,\n            changed",
        "            holder=row.holder,\n            changed",
    ),
    "a row that changed does not say so": (
        "draft.py",
        "changed=version,",
        "changed=row.changed,",
    ),
    "a neighbour's step counts as everybody's": (
        "engine.py",
        "here.changed > seen_version",
        "case.version > seen_version",
    ),
    "nothing follows by itself": (
        "draft.py",
        "if not self.flow.has_flow_moves:",
        "if self.flow.has_flow_moves:",
    ),
    "a guard is never asked": (
        "engine.py",
        'if getattr(guard, "on_given", False) is on_given and not guard.holds(moment):',
        "if False:",
    ),
    "a removed fact stays": (
        "draft.py",
        "self.facts = {name: value for name, value in self.facts.items() if value is not None}",
        "pass",
    ),
    "a pause eats what is left": (
        "clocks.py",
        "left -= spans.used(old.since, self.now, _unit(old), self.calendar)",
        "left -= self.now - old.started",
    ),
    "being late is forgotten in a pause": (
        "clocks.py",
        "late = old.is_late(self.now)",
        "late = False",
    ),
    "a stopped clock goes on where it was": (
        "clocks.py",
        'if clock.again != "rest":',
        "if False:",
    ),
    "a resting case runs its clocks": (
        "clocks.py",
        "if case.rests and (row.lane or case.key not in clock.runs):",
        "if False:",
    ),
    "a lane runs on when its case has ended": (
        "clocks.py",
        "if row.lane and case.end:",
        "if False:",
    ),
    "a new length is reckoned from now": (
        "clocks.py",
        "for begun, ended in stretches:",
        "for begun, ended in ():",
    ),
    "a bell rings before its time": ("engine.py", "or now < state.ring_at:", "or False:"),
    "an overdue clock waits for no pause": (
        "clocks.py",
        "after.length - overrun",
        "after.length",
    ),
    "what must be given need not be": (
        "needs.py",
        "    if need.optional or (",
        "    if True or need.optional or (",
    ),
    "an approval forgets what was asked": (
        "draft.py",
        'kept = {**self.facts.get(f"row{no}", {}), **given}',
        "kept = dict(given)",
    ),
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The law and its stories, where they may be spoilt."""
    root = tmp_path_factory.mktemp("mutants")
    for part in ("server/base", "server/flows", "tests/flows"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "server" / "__init__.py").touch()
    return root


def stories(root: Path) -> subprocess.CompletedProcess[str]:
    told = [str(root / "tests/flows" / name) for name in STORIES]
    options = ["-x", "-q", "--noconftest", "--import-mode=importlib", "-p", "no:cacheprovider"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, "--rootdir", str(root), *told],
        cwd=root,
        env={
            **os.environ,
            "PYTHONPATH": str(root),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_unspoilt_the_stories_hold(copied: Path):
    result = stories(copied)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("fault", MUTANTS)
def test_a_planted_fault_is_caught_by_a_story(copied: Path, fault: str):
    name, good, bad = MUTANTS[fault]
    file = copied / "server/flows" / name
    sound = file.read_text()
    assert sound.count(good) == 1, f"{fault}: the engine has changed; plant it anew"
    file.write_text(sound.replace(good, bad))
    result = stories(copied)
    file.write_text(sound)
    assert result.returncode == 1, f"{fault}: no story noticed\n{result.stdout}{result.stderr}"
