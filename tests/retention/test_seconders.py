"""Whoever joined a case is forgotten with whoever raised it, and nobody of them comes back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import UNSET

from server import cases, retention, views
from server.base import clock, database
from server.base.viewer import GUEST
from tests import makers
from tests.desk import Desk, guest

THREE_YEARS = timedelta(days=3 * 366)


async def test_a_neighbour_who_joined_is_forgotten_with_the_case(
    desk: Desk, hands: clock.Hands, studio: Path
) -> None:
    neighbour = await makers.a_resident("演示-李先生")
    opened = await desk.report()
    await cases.second(opened.number, desk.town.token, by=neighbour)
    joined = await cases.second(opened.number, desk.town.token, by=GUEST)
    await desk.move(opened, "decline", desk.grid_worker, reason="不是公共事务")
    hands.move(THREE_YEARS)

    await retention.run(clock.now(), name="worker")

    for who in (neighbour, replace(GUEST, keys=frozenset({joined.key or ""}))):
        with pytest.raises(cases.CaseUnknown):
            await cases.find_case(opened.number, who)
    kept = await database.fetch("SELECT no FROM case_row WHERE account_id IS NOT NULL")
    hashes = await database.fetch("SELECT no FROM case_row WHERE key_hash IS NOT NULL")
    assert [*kept, *hashes] == []
    assert await cases.check_cases() == []
    assert (await cases.find_case(opened.number, desk.grid_worker)).seconded == 2


async def test_nobody_comes_back_to_what_was_forgotten(
    desk: Desk, hands: clock.Hands, studio: Path
) -> None:
    opened = await desk.report()
    await desk.move(opened, "decline", desk.grid_worker, reason="不是公共事务")
    hands.move(THREE_YEARS)

    await retention.run(clock.now(), name="worker")

    with pytest.raises(cases.CaseUnknown):
        await desk.move(opened, "appeal", guest(opened), reason="还在漏")


async def test_of_a_forgotten_case_nobody_is_said_to_have_erased_an_account(
    desk: Desk, hands: clock.Hands, studio: Path
) -> None:
    opened = await desk.report()
    await desk.move(opened, "decline", desk.grid_worker, reason="不是公共事务")
    hands.move(THREE_YEARS)

    await retention.run(clock.now(), name="worker")

    page = await views.case_page(opened.number, desk.street_dispatcher)
    assert page.raiser is UNSET
