"""The unit of work: all of it or nothing, told only when it is on disk."""

import asyncio
from typing import Any
from unittest.mock import Mock
from uuid import UUID

import pytest

from server.base import database, write_set
from server.base.columns import table_of
from server.base.ids import new_id
from server.base.unit import AnyOf, Duplicate, LostRace, WriteRefused, unit_of_work
from tests.base.toys import Shelf, Toy


async def a_shelf(name: str = "上层") -> UUID:
    shelf = new_id()
    async with unit_of_work() as unit:
        unit.insert(Shelf, id=shelf, name=name)
    return shelf


async def a_toy(shelf: UUID, no: int = 1, **columns: Any) -> None:
    async with unit_of_work() as unit:
        unit.insert(Toy, shelf_id=shelf, no=no, **columns)


async def version_of(shelf: UUID) -> int:
    version: int = await database.fetch_value("SELECT version FROM shelf WHERE id = $1", shelf)
    return version


async def toys() -> list[int]:
    rows = await database.fetch("SELECT no FROM toy ORDER BY id")
    return [row["no"] for row in rows]


async def test_what_a_unit_inserts_is_there_when_the_block_ends(shop: str) -> None:
    shelf = new_id()
    async with unit_of_work() as unit:
        unit.insert(Shelf, id=shelf, name="上层")
        unit.insert(Toy, shelf_id=shelf, no=1)

    assert await toys() == [1]


async def test_an_update_whose_guard_holds_is_written_with_its_inserts(shop: str) -> None:
    shelf = await a_shelf()
    async with unit_of_work() as unit:
        unit.update(Shelf, where={"id": shelf, "version": 1}, set={"version": 2})
        unit.insert(Toy, shelf_id=shelf, no=1)

    assert (await version_of(shelf), await toys()) == (2, [1])


async def test_a_lost_guard_writes_nothing_and_says_so(shop: str) -> None:
    shelf = await a_shelf()
    with pytest.raises(LostRace) as lost:
        async with unit_of_work() as unit:
            unit.insert(Toy, shelf_id=shelf, no=1)
            unit.update(Shelf, where={"id": shelf, "version": 9}, set={"version": 10})

    assert lost.value.tables == ("shelf",)
    assert (await version_of(shelf), await toys()) == (1, [])


@pytest.mark.parametrize("losing", [0, 1, 2])
async def test_of_several_guards_one_lost_undoes_all(shop: str, losing: int) -> None:
    shelves = [await a_shelf(name) for name in ("上", "中", "下")]
    versions = {shelf: 1 for shelf in shelves} | {shelves[losing]: 7}
    with pytest.raises(LostRace):
        async with unit_of_work() as unit:
            for shelf, seen in versions.items():
                unit.update(Shelf, where={"id": shelf, "version": seen}, set={"version": 8})
            unit.insert(Toy, shelf_id=shelves[0], no=1)

    assert [await version_of(shelf) for shelf in shelves] == [1, 1, 1]
    assert await toys() == []


async def test_several_guards_that_hold_are_all_written(shop: str) -> None:
    shelves = [await a_shelf(name) for name in ("上", "中", "下")]
    async with unit_of_work() as unit:
        for shelf in shelves:
            unit.update(Shelf, where={"id": shelf, "version": 1}, set={"version": 2})

    assert [await version_of(shelf) for shelf in shelves] == [2, 2, 2]


async def test_a_guard_that_meets_more_rows_than_expected_undoes_all(shop: str) -> None:
    shelf = await a_shelf()
    await a_toy(shelf, 1)
    await a_toy(shelf, 2)
    with pytest.raises(LostRace):
        async with unit_of_work() as unit:
            unit.update(Toy, where={"shelf_id": shelf}, set={"kind": "doll"})

    assert await database.fetch_value("SELECT count(*) FROM toy WHERE kind = 'doll'") == 0


async def test_an_update_may_expect_any_number(shop: str) -> None:
    shelf = await a_shelf()
    await a_toy(shelf, 1)
    await a_toy(shelf, 2)
    async with unit_of_work() as unit:
        unit.update(Toy, where={"shelf_id": shelf}, set={"kind": "doll"}, expecting=None)

    assert await database.fetch_value("SELECT count(*) FROM toy WHERE kind = 'doll'") == 2


async def test_changes_that_name_different_rows_stand_beside_each_other(shop: str) -> None:
    shelf = await a_shelf()
    await a_toy(shelf, 1)
    await a_toy(shelf, 2)
    async with unit_of_work() as unit:
        unit.update(Toy, where={"no": AnyOf((1,))}, set={"kind": "doll"})
        unit.update(Toy, where={"no": AnyOf((2, 3))}, set={"kind": "kite"})

    assert await database.fetch_value("SELECT kind FROM toy WHERE no = 2") == "kite"


async def test_a_guard_can_ask_for_what_is_empty(shop: str) -> None:
    shelf = await a_shelf()
    await a_toy(shelf, 1, weight=2.5)
    await a_toy(shelf, 2)
    async with unit_of_work() as unit:
        unit.update(Toy, where={"shelf_id": shelf, "weight": None}, set={"weight": 1.0})

    assert await database.fetch_value("SELECT weight FROM toy WHERE no = 2") == 1.0


async def test_a_unit_can_take_rows_away(shop: str) -> None:
    shelf = await a_shelf()
    await a_toy(shelf, 1)
    await a_toy(shelf, 2)
    async with unit_of_work() as unit:
        unit.delete(Toy, where={"shelf_id": shelf, "no": 1}, expecting=1)

    assert await toys() == [2]


async def test_two_changes_of_one_row_in_a_unit_become_one(shop: str) -> None:
    shelf = await a_shelf()
    async with unit_of_work() as unit:
        unit.update(Shelf, where={"id": shelf, "version": 1}, set={"version": 2})
        unit.update(Shelf, where={"id": shelf}, set={"name": "下层"})

    row = await database.fetch_one("SELECT name, version FROM shelf")
    assert row == {"name": "下层", "version": 2}


async def test_two_changes_that_may_meet_the_same_row_are_refused(shop: str) -> None:
    shelf = await a_shelf()
    with pytest.raises(ValueError, match="may meet the same row"):
        async with unit_of_work() as unit:
            unit.update(Toy, where={"shelf_id": shelf}, set={"kind": "doll"}, expecting=None)
            unit.update(Toy, where={"no": 1}, set={"kind": "kite"}, expecting=None)


async def test_rows_named_by_different_keys_are_compared_all_the_same(shop: str) -> None:
    shelf = await a_shelf()
    with pytest.raises(ValueError, match="may meet the same row"):
        async with unit_of_work() as unit:
            unit.update(Toy, where={"shelf_id": shelf, "no": 1}, set={"kind": "doll"})
            unit.update(Toy, where={"shelf_id": shelf, "no": 2}, set={"kind": "doll"})
            unit.update(Toy, where={"id": 1}, set={"kind": "kite"})


@pytest.mark.parametrize("key", ["id", "name"])
def test_many_changes_are_each_compared_with_the_one_of_its_key(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = Mock(wraps=write_set._are_apart)
    monkeypatch.setattr(write_set, "_are_apart", compared)
    shelves, changes = table_of(Shelf, "sqlite"), write_set.WriteSet()
    named = [{"id": UUID(int=n), "name": str(n)}[key] for n in range(1000)]
    for one in [*named, named[7]]:
        changes.change(shelves, {key: one}, {"version": 2}, expecting=1)

    assert (len(changes.guards), compared.call_count) == (1000, 2)


async def test_a_row_inserted_in_a_unit_is_not_changed_in_it(shop: str) -> None:
    shelf = new_id()
    with pytest.raises(ValueError, match="inserts a row of shelf whole"):
        async with unit_of_work() as unit:
            unit.insert(Shelf, id=shelf, name="上层")
            unit.update(Shelf, where={"id": shelf}, set={"version": 2})


async def test_a_taken_key_writes_nothing_and_names_the_columns(shop: str) -> None:
    shelf = await a_shelf()
    await a_toy(shelf, 1)
    with pytest.raises(Duplicate) as taken:
        async with unit_of_work() as unit:
            unit.update(Shelf, where={"id": shelf}, set={"version": 2})
            unit.insert(Toy, shelf_id=shelf, no=2)
            unit.insert(Toy, shelf_id=shelf, no=1)

    assert (taken.value.table, taken.value.columns) == ("toy", ("shelf_id", "no"))
    assert (await version_of(shelf), await toys()) == (1, [1])


async def test_a_lost_race_is_told_before_a_taken_key(shop: str) -> None:
    shelf = await a_shelf()
    await a_toy(shelf, 1)
    with pytest.raises(LostRace):
        async with unit_of_work() as unit:
            unit.update(Shelf, where={"id": shelf, "version": 9}, set={"version": 10})
            unit.insert(Toy, shelf_id=shelf, no=1)


async def test_a_row_that_may_be_there_already_is_left_out_in_silence(shop: str) -> None:
    shelf = await a_shelf()
    await a_toy(shelf, 1)
    async with unit_of_work() as unit:
        unit.insert(Toy, or_ignore=True, shelf_id=shelf, no=1)
        unit.insert(Toy, or_ignore=True, shelf_id=shelf, no=2)

    assert await toys() == [1, 2]


async def test_a_child_without_its_parent_is_refused(shop: str) -> None:
    with pytest.raises(WriteRefused):
        await a_toy(new_id())

    assert await toys() == []


async def test_a_text_longer_than_its_column_is_refused_before_it_is_sent(shop: str) -> None:
    with pytest.raises(ValueError, match=r"shelf\.name takes 20 characters, not 21"):
        await a_shelf("长" * 21)


async def test_a_column_that_is_not_there_is_named(shop: str) -> None:
    with pytest.raises(ValueError, match="shelf has no column nmae"):
        async with unit_of_work() as unit:
            unit.insert(Shelf, nmae="上层")


async def test_a_failing_block_writes_nothing(shop: str) -> None:
    with pytest.raises(ZeroDivisionError):
        async with unit_of_work() as unit:
            unit.insert(Shelf, name="上层")
            raise ZeroDivisionError

    assert await database.fetch("SELECT 1 FROM shelf") == []


async def test_many_rows_go_in_one_unit_in_their_order(shop: str) -> None:
    shelf = new_id()
    async with unit_of_work() as unit:
        unit.insert(Shelf, id=shelf, name="上层")
        unit.bulk(Toy, [{"shelf_id": shelf, "no": no, "notes": {"n": no}} for no in range(2000)])

    assert await toys() == list(range(2000))
    assert await database.fetch_value("SELECT notes FROM toy WHERE no = 1999") == {"n": 1999}


async def test_many_rows_may_hold_lists_of_different_depth(shop: str) -> None:
    shelf = new_id()
    lists: list[object] = [[], [1, 2], [[109.78, 39.6], [109.79, 39.6]], None, {"a": [1]}, "x", 3]
    async with unit_of_work() as unit:
        unit.insert(Shelf, id=shelf, name="上层")
        rows = [{"shelf_id": shelf, "no": no, "notes": lists[no % 7]} for no in range(21)]
        unit.bulk(Toy, [row for row in rows if row["notes"] is not None])

    kept = await database.fetch("SELECT no, notes FROM toy ORDER BY no")
    assert [row["notes"] for row in kept] == [lists[row["no"] % 7] for row in kept]


async def test_of_many_rows_one_bad_undoes_all(shop: str) -> None:
    shelf = await a_shelf()
    with pytest.raises(Duplicate):
        async with unit_of_work() as unit:
            unit.bulk(Toy, [{"shelf_id": shelf, "no": no} for no in [*range(500), 0]])

    assert await toys() == []


async def test_after_commit_is_called_once_and_only_when_written(shop: str) -> None:
    called: list[str] = []

    def wake() -> None:
        called.append("woken")

    shelf = await a_shelf()
    async with unit_of_work() as unit:
        unit.insert(Toy, shelf_id=shelf, no=1)
        unit.after_commit(wake)
        unit.after_commit(wake)
    with pytest.raises(Duplicate):
        async with unit_of_work() as unit:
            unit.insert(Toy, shelf_id=shelf, no=1)
            unit.after_commit(wake)

    assert called == ["woken"]


async def test_a_callback_that_fails_does_not_unwrite_the_unit(shop: str) -> None:
    async with unit_of_work() as unit:
        unit.insert(Shelf, name="上层")
        unit.after_commit(lambda: 1 / 0)

    assert await database.fetch_value("SELECT count(*) FROM shelf") == 1


async def test_of_fifty_at_once_with_one_key_one_is_written(shop: str) -> None:
    told = await asyncio.gather(*(a_shelf("一个") for _ in range(50)), return_exceptions=True)

    assert sum(isinstance(each, UUID) for each in told) == 1
    assert sum(isinstance(each, Duplicate) for each in told) == 49


async def test_of_fifty_at_once_behind_one_guard_one_is_written(shop: str) -> None:
    shelf = await a_shelf()

    async def move(no: int) -> None:
        async with unit_of_work() as unit:
            unit.update(Shelf, where={"id": shelf, "version": 1}, set={"version": 2})
            unit.insert(Toy, shelf_id=shelf, no=1, weight=float(no))

    told = await asyncio.gather(*(move(no) for no in range(50)), return_exceptions=True)

    assert [type(each) for each in told].count(LostRace) == 49
    assert await toys() == [1]


async def test_neighbours_of_a_failing_unit_are_written(shop: str) -> None:
    await a_shelf("taken")
    names = ["a", "taken", "b", "c", "taken", "d"]
    await asyncio.gather(*map(a_shelf, names), return_exceptions=True)

    rows = await database.fetch("SELECT name FROM shelf ORDER BY name")
    assert [row["name"] for row in rows] == ["a", "b", "c", "d", "taken"]


async def test_models_write_in_one_transaction(shop: str) -> None:
    async with unit_of_work().models():
        shelf = await Shelf.create(name="上层")
        await Toy.create(shelf=shelf, no=1)

    assert await toys() == [1]


async def test_models_that_fail_write_nothing(shop: str) -> None:
    with pytest.raises(ZeroDivisionError):
        async with unit_of_work().models():
            await Shelf.create(name="上层")
            raise ZeroDivisionError

    assert await database.fetch("SELECT 1 FROM shelf") == []


async def test_a_unit_inside_models_is_refused_instead_of_waiting_for_itself(shop: str) -> None:
    async with unit_of_work().models():
        with pytest.raises(RuntimeError, match="would wait for itself"):
            async with unit_of_work() as unit:
                unit.insert(Shelf, name="上层")


async def test_models_wake_after_commit_too(shop: str) -> None:
    called: list[str] = []
    async with unit_of_work().models() as unit:
        await Shelf.create(name="上层")
        unit.after_commit(lambda: called.append("woken"))
        assert called == []

    assert called == ["woken"]
