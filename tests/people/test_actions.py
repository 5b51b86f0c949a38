"""Entering residents: sealed before they are written, found by a blind index."""

from datetime import UTC, date, datetime

import pytest

from server import people
from server.base import database, seal

ID_NO, PHONE, NAME = "159999198001010015", "16000001234", "演示-王秀英"


async def a_registered_resident():
    registry = people.Registry()
    key = registry.resident(NAME, id_no=ID_NO, phone=PHONE, birth_year=1980, sex="m")
    await people.register(registry)
    return key, await database.fetch_one("SELECT * FROM resident WHERE id = $1", key)


async def test_nothing_personal_stands_in_the_row(db):
    _, row = await a_registered_resident()
    kept = b"".join(value for value in row.values() if isinstance(value, bytes))
    assert ID_NO.encode() not in kept
    assert PHONE.encode() not in kept
    assert "王".encode() not in kept


async def test_a_sealed_value_opens_in_its_own_cell_only(db):
    key, row = await a_registered_resident()
    assert seal.open(row["phone_sealed"], aad=f"resident:phone_sealed:{key}") == PHONE
    with pytest.raises(seal.SealError):
        seal.open(row["phone_sealed"], aad=f"resident:name_sealed:{key}")


async def test_a_resident_is_found_by_the_number_without_opening_anything(db):
    key, _ = await a_registered_resident()
    found = await database.fetch_value(
        "SELECT id FROM resident WHERE id_no_blind = $1", seal.blind(ID_NO, "id_no")
    )
    assert found == key


async def test_who_lives_where_is_kept_with_when_it_was_known(db):
    registry = people.Registry()
    key = registry.resident(NAME)
    recorded = datetime(2026, 1, 2, tzinfo=UTC)
    registry.lives_in(key, key, kind="owner", since=date(2020, 5, 1), recorded_at=recorded)
    await people.register(registry)
    row = await database.fetch_one("SELECT * FROM occupancy WHERE resident_id = $1", key)
    assert (row["from_on"], row["to_on"], row["recorded_at"]) == (date(2020, 5, 1), None, recorded)


def test_a_made_up_way_of_living_somewhere_is_refused(keys):
    registry = people.Registry()
    key = registry.resident(NAME)
    recorded = datetime(2026, 1, 2, tzinfo=UTC)
    with pytest.raises(ValueError, match="squatter"):
        registry.lives_in(key, key, kind="squatter", since=recorded.date(), recorded_at=recorded)


async def test_personas_come_in_the_order_they_were_made(db):
    await people.add_resident_account("演示-王女士", persona="resident")
    await people.add_staff("a", None, "演示-巴特尔", persona="grid_worker")
    listed = [(one.key, one.kind, one.name) for one in await people.personas()]
    assert listed == [
        ("resident", "resident", "演示-王女士"),
        ("grid_worker", "staff", "演示-巴特尔"),
    ]
