"""An answer about people is kept until it changes by itself, and no longer."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server import org, people
from server.base import cache
from server.base.unit import unit_of_work
from server.org import DutyHours, Shift
from tests.makers import SINCE, a_town

BEGIN = datetime(2026, 11, 29, 15, 10, tzinfo=UTC)  # a Sunday, late in the evening there
A_MOMENT, THREE_DAYS = timedelta(microseconds=1), timedelta(days=3)


@pytest.fixture
async def town(sqlite_db):
    """By weekly hours the grid worker, in turns the policeman, one who goes on Tuesday at noon."""
    town = await a_town()
    roster, names = org.Roster(since=SINCE), ("演示-甲", "演示-乙")
    one, other = [await people.add_staff(f"more{n}", None, name) for n, name in enumerate(names)]
    roster.held_by(town.posts["grid_police"], one)
    roster.held_by(town.posts["grid_police"], other)
    await org.enrol(roster)
    tuesday_noon = datetime(2026, 12, 1, 4, tzinfo=UTC)
    stand_in = {"since": SINCE, "until": tuesday_noon, "kind": "deputy"}
    await org.appoint(town.posts["property_manager"], one, **stand_in)
    async with unit_of_work() as unit:
        org.put_hours(unit, town.posts["grid_worker"], [DutyHours("workday", "08:30", "17:45")])
        first = date(2026, 11, 29)
        turns = [
            Shift(one, "", "07:00", "19:00", first, 2),
            Shift(other, "", "19:00", "07:00", first, 1),
        ]
        org.put_shifts(unit, town.posts["grid_police"], turns)
    cache.clear()
    return town


async def test_until_then_everybody_on_the_sign_is_who_they_were(town):
    at, times = BEGIN, []
    while at < BEGIN + THREE_DAYS:
        ends = await org.answers_change_at(town.entrance, at)
        told = await org.contacts(town.entrance, at)
        for later in (at + (ends - at) / 3, ends - A_MOMENT):
            assert await org.contacts(town.entrance, later) == told
        times.append(ends)
        at = ends
    local = {f"{each + timedelta(hours=8):%a %H:%M}" for each in times}
    assert {"Mon 07:00", "Mon 08:30", "Mon 17:45", "Mon 19:00", "Tue 12:00", "Wed 00:00"} <= local
    assert len(times) < 40


async def test_of_one_post_it_is_the_same(town):
    policeman = town.posts["grid_police"]
    ends = await org.post_changes_at(policeman, BEGIN)
    assert ends == datetime(2026, 11, 29, 16, tzinfo=UTC)  # midnight
    assert await org.post_changes_at(policeman, ends) == datetime(2026, 11, 29, 23, tzinfo=UTC)
