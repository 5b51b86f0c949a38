"""Every way to say no has a name of its own and a sentence a person understands."""

import re
from collections import Counter
from importlib import import_module
from string import Formatter

import pytest

from server.base.errors import Failure
from tests.house.tree import python_of, short

KINDS = set(Failure.__subclasses__())


def _below(kind: type[Failure]) -> set[type[Failure]]:
    return {kind}.union(*map(_below, kind.__subclasses__()))


def _failures() -> list[type[Failure]]:
    for path in python_of("server/"):
        if path.name == "errors.py":
            import_module(short(path).removesuffix(".py").replace("/", "."))
    return sorted(_below(Failure) - {Failure}, key=lambda each: each.__qualname__)


every_failure = pytest.mark.parametrize("failure", _failures(), ids=lambda each: each.__name__)


def test_no_two_failures_share_a_code():
    # A failure may refine one of a lower floor; to whoever reads the code it is the same.
    counted = Counter(each.code for each in _failures() if each.code != each.__base__.code)
    assert [code for code, times in counted.items() if times > 1] == []


@every_failure
def test_a_failure_has_a_code_of_small_words(failure):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", failure.code)


@every_failure
def test_a_failure_is_told_in_a_whole_chinese_sentence(failure):
    carried = re.fullmatch(r"\{\w+\}", failure.sentence)  # a sentence from elsewhere, as it is
    assert carried or re.search(r"[\u4e00-\u9fff].*[。？]$", failure.sentence)


@every_failure
def test_a_failure_is_one_of_the_seven_kinds(failure):
    assert sum(issubclass(failure, kind) for kind in KINDS) == 1


@every_failure
def test_a_failure_can_be_told_with_the_values_it_speaks_of(failure):
    named = {name for _, name, _, _ in Formatter().parse(failure.sentence) if name}
    assert failure.sentence.format(**dict.fromkeys(named, "1"))
