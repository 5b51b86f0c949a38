"""Several people in turns at one post: who answers now, and who does when the roster has a gap."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from server import org, people
from server.base import cache, clock
from server.base.unit import unit_of_work
from server.org import DutyHours, Shift
from tests.counting import counting
from tests.makers import ROUND_THE_CLOCK, SINCE, a_town

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 11, 30)  # A Monday.
EARLY, LATE, NIGHT = ("07:00", "15:00"), ("15:00", "23:00"), ("23:00", "07:00")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    local = datetime(2026, 11, 30, hour, minute, tzinfo=SHANGHAI) + timedelta(days=day)
    return local.astimezone(UTC)


@pytest.fixture
async def town(sqlite_db):
    return await a_town()


async def two_more(town, *names, role="duty_post"):
    """More holders of a post, and their accounts."""
    roster = org.Roster(since=SINCE)
    added = [await people.add_staff(f"more{nth}", None, name) for nth, name in enumerate(names)]
    for account_id in added:
        roster.held_by(town.posts[role], account_id)
    await org.enrol(roster)
    return added


async def turns(town, *shifts, role="duty_post"):
    async with unit_of_work() as unit:
        org.put_shifts(unit, town.posts[role], shifts)


async def on_duty(town, when, role="duty_post"):
    found = await org.responsible_for(town.entrance, role, when)
    return found.name, found.on_duty


async def test_whose_turn_it_is_answers_and_the_next_day_it_is_the_next_one(town):
    one, other = await two_more(town, "演示-甲", "演示-乙")
    circle = [
        Shift(who, "", *EARLY, FIRST + timedelta(days=nth), every=2)
        for nth, who in enumerate((one, other))
    ]
    await turns(town, *circle)
    assert await on_duty(town, at(0, 8)) == ("演示-甲", True)
    assert await on_duty(town, at(1, 8)) == ("演示-乙", True)
    assert await on_duty(town, at(2, 8)) == ("演示-甲", True)


async def test_a_night_shift_lasts_into_the_morning(town):
    (one,) = await two_more(town, "演示-甲")
    await turns(town, Shift(one, "夜班", *NIGHT, FIRST))
    assert await on_duty(town, at(1, 6, 59)) == ("演示-甲", True)


async def test_a_gap_in_the_roster_is_answered_by_whoever_stands_above(town):
    (one,) = await two_more(town, "演示-甲")
    await turns(town, Shift(one, "早班", *EARLY, FIRST, every=1))
    found = await org.responsible_for(town.entrance, "duty_post", at(0, 20))
    assert found.post_id == town.posts["street_dispatcher"]


async def test_out_of_hours_it_says_who_has_the_next_turn_and_when(town):
    (one,) = await two_more(town, "演示-甲", role="grid_worker")
    await turns(town, Shift(one, "", "09:00", "12:00", FIRST, every=7), role="grid_worker")
    found = await org.responsible_for(town.entrance, "grid_worker", at(0, 7))
    assert (found.name, found.on_duty, found.next_duty) == ("演示-甲", False, at(0, 9))


async def test_a_day_the_roster_says_nothing_of_is_the_holder_s(town):
    (one,) = await two_more(town, "演示-甲")
    await turns(town, Shift(one, "", *EARLY, FIRST))
    assert await on_duty(town, at(2, 8)) == ("演示-24小时值班", True)


async def test_whoever_stands_in_for_somebody_has_their_turns(town):
    one, other = await two_more(town, "演示-甲", "演示-乙")
    await turns(town, Shift(one, "", *EARLY, FIRST, every=1))
    post, span = town.posts["duty_post"], {"since": at(0, 0), "until": at(9, 0)}
    async with unit_of_work() as unit:
        org.put_appointment(unit, post, one, kind="away", **span)
        org.put_appointment(unit, post, other, kind="deputy", stands_for=one, **span)
    assert await on_duty(town, at(0, 8)) == ("演示-乙", True)
    found = await org.responsible_for(town.entrance, "duty_post", at(0, 8))
    assert found.stands_in_for == "演示-甲"


async def test_when_everybody_is_away_the_standing_above_answers(town):
    async with unit_of_work() as unit:
        post, account = town.posts["grid_worker"], town.accounts["grid_worker"]
        org.put_appointment(unit, post, account, kind="away", since=at(0, 0), until=at(5, 0))
    found = await org.responsible_for(town.entrance, "grid_worker", at(1, 9))
    assert found.post_id == town.posts["grid_leader"]
    found = await org.responsible_for(town.entrance, "grid_worker", at(6, 9))
    assert found.post_id == town.posts["grid_worker"]


async def test_in_the_end_the_duty_post_answers(town):
    roster = org.Roster(since=SINCE)
    lonely = roster.unit("department", "演示·无人所")
    post = roster.post("dept_handler", lonely, town.lamp.path)
    roster.answers(town.lamp.path, "hotline_operator", post=post)
    await org.enrol(roster)
    found = await org.responsible_for(town.lamp, "hotline_operator", at(0, 3))
    assert (found.post_id, found.on_duty) == (town.posts["duty_post"], True)


async def test_who_is_away_still_holds_the_post_and_what_is_on_it(town):
    async with unit_of_work() as unit:
        post, account = town.posts["grid_worker"], town.accounts["grid_worker"]
        now = clock.now()
        org.put_appointment(
            unit, post, account, kind="away", since=now, until=now + timedelta(days=1)
        )
    held = await org.posts_of(town.accounts["grid_worker"], clock.now())
    assert [one.id for one in held] == [town.posts["grid_worker"]]


async def test_turns_and_numbers_cost_no_further_question(town):
    (one,) = await two_more(town, "演示-甲")
    await turns(town, Shift(one, "", *EARLY, FIRST, every=1))
    cache.clear()
    with counting() as counted:
        await org.contacts(town.entrance, at(0, 8))
    asked = [sql for sql, _ in counted.asked if "responsibility" in sql or "FROM duty" in sql]
    assert len(asked) == 2


async def test_a_change_is_read_at_once_though_answers_are_kept(town):
    assert (await on_duty(town, at(0, 8)))[0] == "演示-24小时值班"
    async with unit_of_work() as unit:
        org.put_hours(unit, town.posts["duty_post"], [DutyHours("every", "20:00", "24:00")])
    assert await on_duty(town, at(0, 8)) == ("演示-24小时值班", False)


def test_hours_of_a_day_are_told_with_the_night():
    assert org.duty.told((DutyHours("every", "22:00", "06:00"),)) == "每天22:00–次日6:00"
    assert org.duty.told(ROUND_THE_CLOCK) == "24小时"
