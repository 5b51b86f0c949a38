"""Signs in the database: read, replaced, retired, counted."""

from datetime import UTC, datetime, timedelta

import pytest

from server import codes
from server.base import cache, clock, database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.codes.models import Scan
from server.places.models import Place
from tests.makers import a_town

OPERATOR = codes.Doer(operator="operator test")
HOUR = datetime(2026, 11, 23, 9, tzinfo=UTC)


async def test_a_code_read_in_any_case_says_where_it_hangs(db):
    town = await a_town()
    card = await codes.read(town.token.lower())
    assert (card.ground, card.kind, card.status) == (town.entrance, "outdoor", "active")


async def test_a_token_nobody_printed_is_unknown(db):
    await a_town()
    with pytest.raises(codes.CodeUnknown):
        await codes.read(codes.make_token())


async def test_the_short_number_beside_it_finds_the_same_code(db):
    town = await a_town()
    card = await codes.read(town.token)
    assert await codes.find_short(f" {card.short[:4]} {card.short[4:]}") == card


async def test_a_household_code_has_no_short_number(db):
    town = await a_town()
    assert (await codes.read(town.codes["room"])).short is None


async def test_a_short_number_nobody_printed_is_unknown(db):
    await a_town()
    with pytest.raises(codes.CodeUnknown):
        await codes.find_short(codes.make_short())


async def test_a_replaced_code_says_whom_to_ask_and_which_one_hangs_there_now(db):
    town = await a_town()
    new = await codes.replace_code(town.token, "damaged", doer=OPERATOR)
    with pytest.raises(codes.CodeRetired) as refused:
        await codes.read(town.token)
    said = refused.value.values
    assert (said["name"], said["role_title"], said["successor_token"]) == (
        "演示-网格员",
        "网格员",
        new,
    )
    assert (await codes.read(new)).ground == town.entrance


async def test_a_code_taken_down_for_good_has_no_successor(db):
    town = await a_town()
    await codes.retire(town.token, "closed", doer=OPERATOR)
    with pytest.raises(codes.CodeRetired) as refused:
        await codes.read(town.token)
    assert refused.value.values["successor_token"] is None


async def test_the_code_of_a_demolished_room_is_retired_with_it(db):
    town = await a_town()
    async with unit_of_work() as unit:
        unit.update(Place, where={"id": town.entrance.id}, set={"retired_at": clock.now()})
    cache.clear()
    with pytest.raises(codes.CodeRetired):
        await codes.read(town.token)


async def test_a_code_cannot_be_replaced_twice(db):
    town = await a_town()
    await codes.replace_code(town.token, "damaged", doer=OPERATOR)
    with pytest.raises(codes.CodeUnknown):
        await codes.replace_code(town.token, "damaged", doer=OPERATOR)


async def test_reading_again_asks_the_database_nothing(sqlite_db, monkeypatch):
    town = await a_town()
    card = await codes.read(town.token)
    monkeypatch.setattr(database, "fetch", None)
    monkeypatch.setattr(database, "fetch_one", None)
    assert await codes.read(town.token) == card


async def test_scans_are_counted_by_the_hour_and_name_nobody(db):
    town = await a_town()
    card = await codes.read(town.token)
    with clock.stopped_at(HOUR) as hands:
        codes.count_scan(card.id)
        codes.count_scan(card.id)
        assert await codes.flush_scans() == 2
        codes.count_scan(card.id)
        hands.move(timedelta(hours=1))
        codes.count_scan(card.id)
        assert await codes.flush_scans() == 2
    rows = await database.fetch("SELECT code_id, hour, count FROM scan ORDER BY hour")
    assert [tuple(row.values()) for row in rows] == [
        (card.id, HOUR, 3),
        (card.id, HOUR + timedelta(hours=1), 1),
    ]


async def test_nothing_scanned_writes_nothing(db):
    assert await codes.flush_scans() == 0


async def test_a_count_that_another_process_overtook_is_added_the_next_time(db, monkeypatch):
    town = await a_town()
    card = await codes.read(town.token)
    with clock.stopped_at(HOUR):
        codes.count_scan(card.id)
    async with unit_of_work() as unit:
        unit.insert(Scan, code_id=card.id, hour=HOUR, count=5)

    async def nothing_yet(*_asked):
        return []

    with monkeypatch.context() as before_the_other:
        before_the_other.setattr(database, "fetch", nothing_yet)
        assert await codes.flush_scans() == 0
    assert await codes.flush_scans() == 1
    assert await database.fetch_value("SELECT count FROM scan") == 6


def test_a_code_needs_a_kind_that_exists():
    batch = codes.Batch("一", HOUR)
    with pytest.raises(ValueError, match="tattoo"):
        batch.code(batch.id, "tattoo")


async def test_a_sign_never_scanned_before_is_written_down_with_one_that_was(db):
    known = (await codes.read((await a_town()).token)).id
    codes.count_scan(known)
    await codes.flush_scans()

    codes.count_scan(new_id())
    codes.count_scan(known)

    assert await codes.flush_scans() == 2
