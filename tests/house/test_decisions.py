"""A decision is one page with five parts, and names the test that would notice its loss."""

import re

import pytest

from tests.house.tree import ROOT, functions

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
PARTS = ["Context", "Decision", "Consequences", "Alternatives", "Enforced by"]
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")

every_decision = pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)


def test_the_decisions_are_numbered_without_a_gap():
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@every_decision
def test_a_decision_has_its_five_parts_on_one_page(page):
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.M) == PARTS
    assert len(text.splitlines()) <= 60


@every_decision
def test_a_decision_can_be_quoted_in_one_sentence(page):
    decision = page.read_text(encoding="utf-8").split("## Decision\n")[1].split("\n## ")[0]
    assert re.match(r"\n> \*\*.+\.\*\*\n", decision)


@every_decision
def test_a_decision_names_a_test_that_is_there(page):
    enforced = TEST.findall(page.read_text(encoding="utf-8").split("## Enforced by")[1])
    assert enforced
    missing = [f"{file}::{name}" for file, name in enforced if not _has(file, name)]
    assert missing == []


def _has(file: str, name: str) -> bool:
    path = ROOT / file
    return path.is_file() and (not name or name in {each.name for each in functions(path)})
