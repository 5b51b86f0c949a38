"""What was weighed and refused does not come back by the side door."""

import re
import tomllib

import pytest

from tests.house.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED_FOR = {
    re.split(r"[\[=<>~!]", each)[0].lower()
    for group in (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    for each in group
}


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
    assert {"sanic", "tortoise-orm", "pillow", "redis"} <= ASKED_FOR
