"""The matrix is worth something: a rule of access with one clause left out is noticed by it."""

from collections.abc import Callable
from functools import cache

import pytest

from server import cases
from server.cases.desk import finding
from server.trust.unmask import DAILY
from tests.access import mutants
from tests.access.city import a_city
from tests.access.closer.left import ENOUGH
from tests.access.hunt import Hunt
from tests.access.mutants import Mutant
from tests.access.no_difference import NO_DIFFERENCE

Record = Callable[[str, object], None]
KINDS = ("of_addresses", "of_the_law", "of_the_code")


@pytest.fixture
def looks_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has looked too often for today, however often they are asked here."""
    for role in DAILY:
        monkeypatch.setitem(DAILY, role, ENOUGH)


@pytest.fixture
def judged_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk walks along everything, so that only the rule keeps back what is not theirs."""
    monkeypatch.setattr(finding, "FEW", -1)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_rule_without_one_of_its_clauses_is_noticed(
    sqlite_db: str,
    quick_hashes: None,
    looks_enough: None,
    judged_alone: None,
    record_property: Record,
    kind: str,
) -> None:
    every = [one for one in _all(kind) if one.name not in NO_DIFFERENCE]
    async with a_city() as city:
        while await cases.feed():
            continue
        hunt = Hunt(city)
        unnoticed = [one.name for one in every if not await hunt.notices(one)]

    record_property("access-mutants", {"caught": len(every) - len(unnoticed), "all": len(every)})
    assert not unnoticed, "\n".join(unnoticed)


def test_what_is_said_to_change_nothing_is_a_clause_of_a_rule() -> None:
    names = {one.name for kind in KINDS for one in _all(kind)}

    assert sorted(NO_DIFFERENCE.keys() - names) == []


@cache
def _all(kind: str) -> list[Mutant]:
    return list(getattr(mutants, kind)())
