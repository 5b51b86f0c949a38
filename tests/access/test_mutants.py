"""The matrix is worth something: a rule of access with one clause left out is noticed by it."""

from collections.abc import Callable

import pytest

from server.trust.unmask import DAILY
from tests.access import mutants
from tests.access.city import a_city
from tests.access.hunt import Hunt

Record = Callable[[str, object], None]


@pytest.fixture
def looks_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has looked too often for today, however often they are asked here."""
    for role in DAILY:
        monkeypatch.setitem(DAILY, role, 100_000)


@pytest.mark.parametrize("kind", ["of_addresses", "of_the_law", "of_the_code"])
async def test_a_rule_without_one_of_its_clauses_is_noticed(
    sqlite_db: str, quick_hashes: None, looks_enough: None, record_property: Record, kind: str
) -> None:
    every = list(getattr(mutants, kind)())
    async with a_city() as city:
        hunt = Hunt(city)
        unnoticed = [one.name for one in every if not await hunt.notices(one)]

    record_property("access-mutants", {"caught": len(every) - len(unnoticed), "all": len(every)})
    assert not unnoticed, "\n".join(unnoticed)
