"""A change may name its rows by several values of one column."""

import pytest

from server.base import database
from server.base.ids import new_id
from server.base.unit import AnyOf, LostRace, unit_of_work
from tests.base.test_unit import a_shelf, a_toy, version_of
from tests.base.toys import Shelf, Toy


async def test_an_update_may_name_several_rows_at_once(shop: str) -> None:
    shelf = await a_shelf()
    for no in (1, 2, 3):
        await a_toy(shelf, no)
    async with unit_of_work() as unit:
        where = {"shelf_id": shelf, "no": AnyOf((1, 3, 9))}
        unit.update(Toy, where=where, set={"kind": "doll"}, expecting=2)

    rows = await database.fetch("SELECT no FROM toy WHERE kind = 'doll' ORDER BY no")
    assert [row["no"] for row in rows] == [1, 3]


async def test_an_update_may_name_more_rows_than_fit_into_one_statement(shop: str) -> None:
    shelf = await a_shelf()
    numbers = range(1, 601)
    async with unit_of_work() as unit:
        for no in numbers:
            unit.insert(Toy, shelf_id=shelf, no=no, kind="kite")
    async with unit_of_work() as unit:
        where = {"shelf_id": shelf, "no": AnyOf(tuple(no for no in numbers if no % 2))}
        unit.update(Toy, where=where, set={"kind": "doll"}, expecting=300)

    asked = "SELECT no FROM toy WHERE kind = 'doll' ORDER BY no"
    assert [row["no"] for row in await database.fetch(asked)] == [*range(1, 601, 2)]


async def test_of_several_rows_named_one_missing_undoes_all(shop: str) -> None:
    shelf = await a_shelf()
    with pytest.raises(LostRace):
        async with unit_of_work() as unit:
            where = {"id": AnyOf((shelf, new_id()))}
            unit.update(Shelf, where=where, set={"version": 5}, expecting=2)

    assert await version_of(shelf) == 1
