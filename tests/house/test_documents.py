"""The documents are part of the product: what they name is there, and what is there they name."""

import re

import pytest

from server import settings
from tests.house.tree import ROOT, ours, short

LINK = re.compile(r"(?:\]\(|src=\")(?!https?:|mailto:|#)([^)#\s\"]+)")
VARIABLE = re.compile(r"MASHANG_[A-Z_]*[A-Z]")


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_setting_is_in_the_operators_book():
    known = {setting.variable for setting in settings.listing()}
    assert known <= set(VARIABLE.findall(_text("docs/operating.md")))


def test_the_operators_book_names_no_setting_that_is_not_there():
    known = {setting.variable for setting in settings.listing()}
    assert set(VARIABLE.findall(_text("docs/operating.md"))) <= known


@pytest.mark.parametrize("document", [short(path) for path in ours(".md")])
def test_every_link_leads_somewhere(document):
    folder = (ROOT / document).parent
    lost = [link for link in LINK.findall(_text(document)) if not (folder / link).exists()]
    assert lost == []


@pytest.mark.parametrize("command", ["scripts/run", "scripts/test"])
def test_the_first_screen_of_the_readme_shows_the_command(command):
    assert command in "\n".join(_text("README.md").splitlines()[:40])
