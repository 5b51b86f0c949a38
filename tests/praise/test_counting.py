"""Figures of grids, what looks odd, and letting go."""

from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from server import praise
from server.base import changes, clock, database
from server.base.unit import unit_of_work
from server.praise import forgetting
from server.praise.rules import Mark, oddities
from tests import makers
from tests.cases.conftest import MONDAY
from tests.desk import asked

LONG_AGO = MONDAY - timedelta(days=400)


def marks(count: int, *, accounts: int, apart: timedelta, since: datetime = LONG_AGO):
    return [Mark(MONDAY + nth * apart, nth % accounts, since) for nth in range(count)]


@pytest.mark.parametrize(
    ("given", "met"),
    [
        (marks(10, accounts=10, apart=timedelta(minutes=6)), ("hour",)),
        (marks(10, accounts=10, apart=timedelta(minutes=7)), ()),
        (marks(9, accounts=3, apart=timedelta(hours=9)), ("few",)),
        (marks(9, accounts=4, apart=timedelta(hours=9)), ()),
        (marks(5, accounts=5, apart=timedelta(hours=2), since=MONDAY), ("new",)),
        (marks(4, accounts=4, apart=timedelta(hours=2), since=MONDAY), ()),
        ([], ()),
    ],
)
def test_praise_looks_odd_by_rules_one_can_say(given, met):
    assert oddities(given) == met


async def test_what_looks_odd_is_listed_with_its_rule_and_without_a_giver(thanks, desk):
    for nth in range(5):
        await thanks.give(await makers.a_resident(f"演示-{nth}"))
    (odd,) = await praise.odd_ones(desk.street_dispatcher)
    assert (odd.target_name, odd.praises, odd.accounts) == ("网格员演示-网格员", 5, 5)
    assert odd.rules == ("new",)
    assert await praise.odd_ones(desk.grid_worker) == []


async def test_figures_are_of_grids_in_the_order_of_the_grids(thanks, desk, resident):
    await thanks.give(resident)
    await thanks.waiting()
    await desk.report(category="P02", text="电梯不动了")
    await desk.report(code="lamp")
    found = await praise.grid_figures(desk.street_dispatcher)
    assert [(one.name[-4:], one.praises, one.reports) for one in found] == [
        ("第一网格", 1, 1),
        ("第二网格", 0, 1),
    ]


async def test_after_a_year_praise_only_counts(thanks, desk, resident, hands):
    await thanks.give(resident)
    hands.move(timedelta(days=366))
    young = await thanks.waiting()
    before = clock.now() - timedelta(days=365)
    assert await praise.old_praises(before) == 1
    assert await praise.forget_praises(before) == 1
    assert await praise.old_praises(before) == 0
    assert await thanks.wall() == []
    rows = await database.fetch("SELECT id, account_id, state FROM praise ORDER BY given_at")
    assert [(row["account_id"] is None, row["state"]) for row in rows] == [
        (True, "accepted"),
        (False, "waiting"),
    ]
    assert rows[1]["id"] == young.id


async def test_with_the_account_goes_who_gave_it_and_what_was_written(thanks, resident):
    await thanks.give(resident)
    await thanks.give(resident, post="property_manager", text="谢谢刘经理")
    assert await praise.forget_account(resident.account_id) == 2
    assert await thanks.wall() == []
    rows = await database.fetch("SELECT account_id, text, state FROM praise ORDER BY given_at")
    assert [tuple(row.values()) for row in rows] == [
        (None, "", "accepted"),
        (None, "", "withdrawn"),
    ]


async def test_what_was_accepted_while_its_giver_was_forgotten_leaves_the_signs_as_well(
    thanks, desk, resident, monkeypatch
):
    given, clerk = await thanks.waiting(resident), desk.community_secretary
    told: list[str] = []
    monkeypatch.setattr(changes, "_droppers", [told.append])

    @asynccontextmanager
    async def accepted_just_before():
        monkeypatch.setattr(forgetting, "unit_of_work", unit_of_work)
        await praise.accept(given.id, by=clerk, asked=asked("accept"))
        told.clear()
        async with unit_of_work() as unit:
            yield unit

    monkeypatch.setattr(forgetting, "unit_of_work", accepted_just_before)
    await praise.forget_account(resident.account_id)

    assert told == [desk.town.estate.path]
    assert await thanks.wall() == []
