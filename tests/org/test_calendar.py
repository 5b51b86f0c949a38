"""The work calendar as rows: seeded, kept as operators left it, loud where it knows nothing."""

from datetime import date, time

from server import org
from server.base import cache
from server.base.unit import unit_of_work
from server.org.models import Holiday
from tests.makers import a_town


async def test_the_years_that_are_published_are_entered(db):
    assert await org.seed_holidays(2025, 2026) == [2025, 2026]
    days = await org.calendar()
    assert not days.is_workday(date(2026, 10, 1))
    assert days.is_workday(date(2026, 10, 10))


async def test_a_year_nobody_published_is_not_entered(db):
    assert await org.seed_holidays(2080, 2081) == []


async def test_what_an_operator_changed_stays_when_seeding_again(db):
    await org.seed_holidays(2026, 2026)
    async with unit_of_work() as unit:
        unit.update(Holiday, where={"day": date(2026, 10, 1)}, set={"workday": True})
    cache.clear()
    assert await org.seed_holidays(2026, 2026) == []
    assert (await org.calendar()).is_workday(date(2026, 10, 1))


async def test_the_calendar_stays_the_same_one_while_nothing_changes_so_it_warns_once(db):
    await org.seed_holidays(2026, 2026)
    before = await org.calendar()
    cache.clear()
    assert await org.calendar() is before


async def test_the_hours_are_the_town_s(db):
    await org.found_town(
        "演示", sponsor="演示", phone="16000000100", work_hours=[("09:00", "17:00")]
    )
    assert (await org.calendar()).hours == ((time(9), time(17)),)


async def test_a_town_nobody_founded_still_has_a_number(db):
    assert (await org.town()).phone == "12345"


async def test_the_town_is_what_it_was_founded_as(db):
    await a_town()
    town = await org.town()
    assert (town.name, town.sponsor, town.demo) == ("演示市", "演示·哈巴格希街道", True)
