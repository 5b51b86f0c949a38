"""A number of one's own on the sign: by one's own word alone, sealed, and off at any time."""

from datetime import UTC, datetime, timedelta

import pytest

from server import org, rosters
from server.base import cache, clock, database
from server.base.errors import Invalid
from tests.makers import a_town, a_viewer

OWN = "16012345678"
ON_DUTY = datetime(2026, 11, 30, 2, tzinfo=UTC)  # a Monday, ten in the morning


@pytest.fixture
async def town(db):
    return await a_town()


@pytest.fixture
async def worker(town):
    return await a_viewer(town, "grid_worker")


async def on_the_sign(town):
    return (await org.contacts(town.entrance, clock.now()))[0].phone


async def test_it_stands_there_at_once_and_the_office_s_again_when_taken_back(town, worker):
    with clock.stopped_at(ON_DUTY):
        office = await on_the_sign(town)
        await rosters.show_number("160 1234 5678", True, by=worker)
        assert await on_the_sign(town) == OWN
        assert await rosters.own_number(worker) == OWN
        await rosters.hide_number(by=worker)
        assert await on_the_sign(town) == office
        await rosters.show_number(OWN, True, by=worker)
        assert await on_the_sign(town) == OWN


async def test_off_duty_it_does_not_stand_there(town, worker):
    office = await on_the_sign(town)
    with clock.stopped_at(ON_DUTY) as hands:
        await rosters.show_number(OWN, True, by=worker)
        assert await on_the_sign(town) == OWN
        hands.move(timedelta(hours=11))
        assert await on_the_sign(town) == office
        assert (await org.post_card(town.posts["grid_worker"], clock.now())).phone == office


async def test_nothing_is_left_of_it_but_that_it_was_agreed_to(town, worker):
    await rosters.show_number(OWN, True, by=worker)
    kept = await database.fetch_one("SELECT * FROM shown_phone")
    assert OWN.encode() not in bytes(kept["phone_sealed"])
    await rosters.hide_number(by=worker)
    kept = await database.fetch_one("SELECT * FROM shown_phone")
    assert kept["phone_sealed"] is None
    assert kept["agreed_at"] <= kept["withdrawn_at"]


@pytest.mark.parametrize(
    ("phone", "agreed", "field"), [(OWN, False, "agreed"), ("12345", True, "phone")]
)
async def test_without_agreeing_or_a_number_nothing_happens(town, worker, phone, agreed, field):
    with pytest.raises(Invalid) as refused:
        await rosters.show_number(phone, agreed, by=worker)
    assert refused.value.fields[0].field == field
    assert await org.has_shown_number(worker.account_id) is False


async def test_a_value_that_does_not_open_is_not_shown_and_the_sign_stands(town, worker):
    with clock.stopped_at(ON_DUTY):
        office = await on_the_sign(town)
        other = await a_viewer(town, "grid_police")
        await rosters.show_number(OWN, True, by=other)
        moved = await database.fetch_one("SELECT phone_sealed FROM shown_phone")
        assert org.own_number(worker.account_id, moved["phone_sealed"]) is None
        cache.clear()
        assert await on_the_sign(town) == office
