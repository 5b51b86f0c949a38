"""A code's end: retired, replaced, voided with its batch; never a hanging one unsaid."""

import pytest

from server import codes, trust
from server.base import clock, database
from server.base.errors import Invalid
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.codes.models import Code
from server.trust import ReplayKey
from tests import makers


async def a_batch():
    """Codes for three rooms, one of which hangs; the town, its clerk, the batch."""
    town = await makers.a_town()
    clerk = await makers.a_viewer(town, "community_secretary")
    made = await codes.make(town.estate.id, ["room"], "", by=clerk)
    first = await database.fetch_value("SELECT id FROM code WHERE batch_id = $1", made.id)
    async with unit_of_work() as unit:
        unit.update(Code, where={"id": first}, set={"mounted_at": clock.now()})
    return codes.Doer(by=clerk), made.id


async def count_active(batch_id):
    return sum(one.active for one in await codes.count_kinds(batch_id))


async def test_a_batch_of_which_something_hangs_is_not_voided_unsaid(sqlite_db):
    doer, batch_id = await a_batch()
    with pytest.raises(codes.BatchMounted) as refused:
        await codes.void(batch_id, "misprinted", also_mounted=False, doer=doer)
    assert refused.value.values == {"count": 1}
    assert await count_active(batch_id) == 3


async def test_a_voided_batch_has_nothing_in_use_and_says_why(db):
    doer, batch_id = await a_batch()
    token = await database.fetch_value("SELECT token FROM code WHERE batch_id = $1", batch_id)
    done = await codes.void(batch_id, "misprinted", also_mounted=True, doer=doer)
    assert (done, await count_active(batch_id)) == (codes.Voided(3, 1), 0)
    with pytest.raises(codes.CodeRetired) as refused:
        await codes.read(token)
    assert refused.value.values["ended_for"] == "印错了"
    with pytest.raises(codes.BatchVoided):
        await codes.void(batch_id, "misprinted", also_mounted=True, doer=doer)


async def test_a_batch_of_another_area_is_not_there(sqlite_db):
    _, batch_id = await a_batch()
    worker = codes.Doer(by=await makers.a_resident())
    with pytest.raises(codes.BatchUnknown):
        await codes.void(batch_id, "misprinted", also_mounted=True, doer=worker)
    with pytest.raises(codes.BatchUnknown):
        await codes.void(new_id(), "misprinted", also_mounted=True, doer=worker)


async def test_a_code_replaced_twice_by_one_request_has_one_successor(sqlite_db):
    town = await makers.a_town()
    clerk = await makers.a_viewer(town, "community_secretary")
    doer = codes.Doer(by=clerk, asked=ReplayKey("clerk", "replace", "k1", b""))
    new = await codes.replace_code(town.token, "damaged", doer=doer)
    assert await codes.replace_code(town.token, "damaged", doer=doer) == new


async def test_the_history_of_a_place_keeps_what_hung_before_and_why_it_went(db):
    town = await makers.a_town()
    new = await codes.replace_code(town.token, "covered", doer=codes.Doer(operator="operator"))
    code, _ = await codes.find_code((await codes.read(new)).id, [town.street.path])
    now, before = await codes.chain_of(code)
    assert (now.token, before.token, before.ended_for) == (new, town.token, "covered")
    assert before.successor_id == now.id
    [record] = await trust.records_since(makers.SINCE, "code.replace")
    assert record["reason"] == codes.ENDED_FOR["covered"]


async def test_a_code_is_not_taken_down_without_a_reason_nor_by_whom_it_is_no_business_of(
    sqlite_db,
):
    town = await makers.a_town()
    clerk = await makers.a_viewer(town, "community_secretary")
    with pytest.raises(Invalid):
        await codes.retire(town.token, "", doer=codes.Doer(by=clerk))
    with pytest.raises(codes.CodeUnknown):
        await codes.retire(town.token, "closed", doer=codes.Doer(by=await makers.a_resident()))
    assert (await codes.read(town.token)).status == "active"


async def test_days_of_scans_are_counted_by_the_towns_day(db):
    town = await makers.a_town()
    code = await codes.read(town.token)
    codes.count_scan(code.id)
    codes.count_scan(code.id)
    await codes.flush_scans()
    [day] = await codes.scans_by_day(code.id)
    assert day.scans == 2


async def test_a_household_code_is_not_found_by_searching(sqlite_db):
    town = await makers.a_town()
    found = (await codes.codes_found([town.street.path], "云锦苑")).items
    assert found
    assert "household" not in {row.kind for row, _ in found}
