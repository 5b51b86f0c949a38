"""Known outages are told where they are, while they last, by whoever answers there."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from server import catalogue, views
from server.base import cache, clock
from server.base.clock import Hands
from server.base.errors import Invalid
from server.base.viewer import GUEST, Viewer
from server.catalogue import outages
from tests import makers
from tests.desk import asked
from tests.makers import SmallTown

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TONIGHT = MONDAY + timedelta(hours=10)


@pytest.fixture
def hands():
    with clock.stopped_at(MONDAY) as stopped:
        yield stopped


@pytest.fixture
async def town(db: str, hands: Hands) -> SmallTown:
    cache.clear()
    return await makers.a_town()


@pytest.fixture
async def secretary(town: SmallTown) -> Viewer:
    return await makers.a_viewer(town, "community_secretary")


async def announced(town: SmallTown, by: Viewer, text: str = "停暖") -> UUID:
    return await catalogue.announce(town.estate.id, text, TONIGHT, by=by, asked=asked())


async def test_an_outage_is_told_on_every_sign_under_its_place(town, secretary):
    await announced(town, secretary)
    card = await views.scan_card(town.codes["entrance"], GUEST)
    assert [(known.text, known.until) for known in card.known] == [("停暖", TONIGHT)]


async def test_it_is_told_nowhere_else(town, secretary):
    await announced(town, secretary)
    assert (await views.scan_card(town.codes["lamp"], GUEST)).known == []


async def test_it_is_told_no_longer_than_it_is_said_to_last(town, secretary, hands):
    await announced(town, secretary)
    hands.move(timedelta(hours=10))
    assert (await views.scan_card(town.codes["entrance"], GUEST)).known == []


async def test_when_it_is_over_nobody_is_told_of_it(town, secretary):
    outage = await announced(town, secretary)
    await catalogue.end(outage, by=secretary)
    assert (await views.scan_card(town.codes["entrance"], GUEST)).known == []
    assert (await catalogue.list_outages(secretary, clock.now())).items == ()


async def test_sent_twice_it_is_one_outage(town, secretary):
    once = asked()
    ids = {
        await catalogue.announce(town.estate.id, "停暖", TONIGHT, by=secretary, asked=once)
        for _ in range(2)
    }
    assert len(ids) == 1
    assert len((await catalogue.list_outages(secretary, clock.now())).items) == 1


async def test_however_many_there_are_each_is_reached_once(town, secretary, hands, monkeypatch):
    monkeypatch.setattr(outages, "PAGE", 2)
    made = []
    for minute in (0, 0, 1, 1, 1):
        hands.move(timedelta(minutes=minute))
        made.append(await announced(town, secretary))
    first = await catalogue.list_outages(secretary, clock.now())
    await catalogue.end(first.items[-1].id, by=secretary)
    second = await catalogue.list_outages(secretary, clock.now(), after=first.next)
    third = await catalogue.list_outages(secretary, clock.now(), after=second.next)
    found = [one.id for one in (*first.items, *second.items, *third.items)]
    assert found[:3] == made[:1:-1]
    assert (set(found), third.next) == (set(made), None)


async def test_nobody_announces_beyond_his_area(town):
    manager = await makers.a_viewer(town, "property_manager")
    with pytest.raises(Invalid) as wrong:
        await catalogue.announce(town.lamp.id, "停电", TONIGHT, by=manager, asked=asked())
    assert [error.field for error in wrong.value.fields] == ["place"]


async def test_nobody_ends_what_lies_beyond_his_area(town, secretary):
    outage = await catalogue.announce(town.lamp.id, "停电", TONIGHT, by=secretary, asked=asked())
    manager = await makers.a_viewer(town, "property_manager")
    with pytest.raises(catalogue.NoSuchOutage):
        await catalogue.end(outage, by=manager)


async def test_a_grid_worker_announces_nothing(town):
    grid_worker = await makers.a_viewer(town, "grid_worker")
    assert not catalogue.may_announce(grid_worker)
    assert (await catalogue.list_outages(grid_worker, clock.now())).items == ()


@pytest.mark.parametrize(
    ("text", "hours", "fields"),
    [
        (" ", 10, ["text"]),
        ("停" * 61, 10, ["text"]),
        ("停暖", -1, ["until"]),
        ("停暖", 24 * 61, ["until"]),
        ("", -1, ["until", "text"]),
    ],
)
async def test_everything_that_is_wrong_is_said_at_once(town, secretary, text, hours, fields):
    until = MONDAY + timedelta(hours=hours)
    with pytest.raises(Invalid) as wrong:
        await catalogue.announce(town.estate.id, text, until, by=secretary, asked=asked())
    assert [error.field for error in wrong.value.fields] == fields
