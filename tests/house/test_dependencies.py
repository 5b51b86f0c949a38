"""What was weighed and refused does not come back by the side door."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.house.tree import ROOT, parsed, python_of, short

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OWN = {"server", "miniapp_api", "static"}
BROUGHT_ALONG = {
    "markupsafe",
    "websockets",
}  # by jinja2, which hands it out; by sanic, which needs it
PACKAGES = packages_distributions()


def names_of(wanted):
    return {re.split(r"[\[=<>~!]", each)[0].lower() for each in wanted}


COMES_WITH_THE_TOWN = names_of(PROJECT["dependencies"])
ASKED_FOR = COMES_WITH_THE_TOWN.union(
    *(names_of(extra) for extra in PROJECT["optional-dependencies"].values())
)


@pytest.mark.parametrize(
    "package",
    [
        "python-statemachine",  # decision 3
        "transitions",  # decision 3
        "taskiq",  # decision 4
        "arq",  # decision 4
        "aioredis",  # decision 8
        "sanic-ext",  # decision 9
    ],
)
def test_what_a_decision_refused_is_not_asked_for(package):
    assert package not in ASKED_FOR


def test_what_the_owner_asked_for_is_there():
    assert {"sanic", "tortoise-orm", "pillow", "redis"} <= COMES_WITH_THE_TOWN


def test_whatever_the_town_imports_anywhere_comes_with_it():
    """Also inside a function: a setting must not lead to a package nobody installed."""
    missing = {
        f"{short(path)}: {package}"
        for path in python_of("server/", "miniapp_api/")
        for package in _imported(path) - OWN - BROUGHT_ALONG - sys.stdlib_module_names
        if not _brought_by(package) & COMES_WITH_THE_TOWN
    }
    assert missing == set()


def _brought_by(package):
    return {each.lower().replace("_", "-") for each in PACKAGES.get(package, ())}


def _imported(path):
    """The top names of what a file imports."""
    names = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}
