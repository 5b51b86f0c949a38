"""Codes for the places that have none: counted, made once, for whoever has the area."""

import asyncio
from dataclasses import replace

import pytest

from server import codes, trust
from server.base import database
from server.base.errors import Invalid
from server.trust import ReplayKey
from tests import makers

ASKED = ReplayKey("clerk", "POST /desk/codes/new", "k1", b"")


async def a_clerk(town):
    return await makers.a_viewer(town, "community_secretary")


async def count_codes():
    return await database.fetch_value("SELECT count(*) AS n FROM code")


async def test_what_is_missing_is_counted_kind_by_kind(db):
    town = await makers.a_town()
    found = {one.kind: (one.places, one.missing) for one in await codes.survey(town.community)}
    assert found == {
        "entrance": (2, 0),
        "estate": (1, 0),
        "facility": (2, 0),
        "premises": (1, 0),
        "room": (4, 3),
    }


async def test_of_an_estate_its_own_places_are_counted(sqlite_db):
    town = await makers.a_town()
    found = {one.kind: one.places for one in await codes.survey(town.estate)}
    assert found == {"entrance": 2, "estate": 1, "facility": 1, "room": 4}


async def test_only_what_is_missing_is_made_and_it_can_be_scanned(db):
    town = await makers.a_town()
    made = await codes.make(town.estate.id, ["room", "entrance"], "户内", by=await a_clerk(town))
    rows = await database.fetch("SELECT token, short FROM code WHERE batch_id = $1", made.id)
    assert (made.count, {row["short"] for row in rows}) == (3, {None})
    assert (await codes.read(rows[0]["token"])).kind == "household"


async def test_asked_again_nothing_is_made_twice(db):
    town = await makers.a_town()
    clerk = await a_clerk(town)
    made = await codes.make(town.estate.id, ["room"], "", by=clerk, asked=ASKED)
    before = await count_codes()
    assert await codes.make(town.estate.id, ["room"], "", by=clerk, asked=ASKED) == made
    with pytest.raises(codes.NothingMissing):
        await codes.make(town.estate.id, ["room"], "", by=clerk)
    assert await count_codes() == before


async def test_two_who_make_at_once_make_each_code_once(db):
    town = await makers.a_town()
    clerk = await a_clerk(town)
    await asyncio.gather(
        *(codes.make(town.estate.id, ["room"], "", by=clerk) for _ in range(4)),
        return_exceptions=True,
    )
    twice = await database.fetch(
        "SELECT place_id FROM code WHERE status = 'active' GROUP BY place_id HAVING count(*) > 1"
    )
    assert twice == []


async def test_a_node_beyond_ones_area_is_refused(sqlite_db):
    town = await makers.a_town()
    clerk = await a_clerk(town)
    elsewhere = replace(clerk, posts=(replace(clerk.posts[0], area=town.grid.path),))
    with pytest.raises(Invalid):
        await codes.make(town.street_grid.id, ["facility"], "", by=elsewhere)


async def test_a_grid_worker_makes_none(sqlite_db):
    town = await makers.a_town()
    with pytest.raises(Invalid):
        await codes.make(town.grid.id, ["room"], "", by=await makers.a_grid_worker(town))


async def test_a_batch_is_listed_for_whoever_has_its_area_and_is_on_record(db):
    town = await makers.a_town()
    clerk = await a_clerk(town)
    made = await codes.make(town.estate.id, ["room"], "户内第一批", by=clerk)
    assert [row.id for row in (await codes.batches(clerk)).items] == [made.id]
    assert (await codes.batches(await makers.a_grid_worker(town))).items == ()
    [record] = await trust.records_since(makers.SINCE, "code.make")
    assert record["detail"]["codes"] == 3
