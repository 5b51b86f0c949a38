"""The unit of work: all of it or nothing, told only when it is on disk."""

from server.base import database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from tests.base.toys import Shelf, Toy


async def test_what_a_unit_inserts_is_there_when_the_block_ends(shop: str) -> None:
    shelf = new_id()
    async with unit_of_work() as unit:
        unit.insert(Shelf, id=shelf, name="上层")
        unit.insert(Toy, shelf_id=shelf, no=1)

    assert await database.fetch_value("SELECT no FROM toy WHERE shelf_id = $1", shelf) == 1
