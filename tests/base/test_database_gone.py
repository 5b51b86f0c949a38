"""PostgreSQL drops our connections: readers do not notice, writers lose nothing they were told."""

import asyncio
from uuid import UUID

import asyncpg
import pytest

from server.base import database
from server.base.errors import Unavailable
from server.base.ids import new_id
from server.base.postgres import MOST_CONNECTIONS
from server.base.unit import Duplicate, unit_of_work
from tests.base.test_unit_cancelled import TOYS_ON_A_SHELF, shelves, write_at_once
from tests.base.toys import Shelf
from tests.databases import beside

pytestmark = pytest.mark.pg

DROP_ALL = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
NO_ROOM = """
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER no_room BEFORE INSERT ON shelf FOR EACH ROW EXECUTE FUNCTION no_room()
"""


async def drop_connections(url: str, times: int) -> None:
    operator = await asyncpg.connect(url)
    for _ in range(times):
        await operator.execute(DROP_ALL)
        await asyncio.sleep(0.05)
    await operator.close()


async def test_a_transaction_that_hangs_does_not_hold_up_the_end(empty_postgres: str) -> None:
    begun = asyncio.Event()

    async def hang() -> None:
        async with unit_of_work().models():
            begun.set()
            await asyncio.sleep(60)

    await database.open(empty_postgres)
    hanging = asyncio.create_task(hang())
    await begun.wait()
    await asyncio.wait_for(database.close(), 5)
    hanging.cancel()
    await asyncio.wait({hanging}, timeout=5)
    assert hanging.done()


async def write_until(done: asyncio.Task[None]) -> set[UUID]:
    """Write shelf after shelf; the ones that were acknowledged."""
    told: set[UUID] = set()
    while not done.done():
        shelf = new_id()
        try:
            await write_at_once(shelf, shelf.hex[12:])
            told.add(shelf)
        except Duplicate:
            continue  # Written by the first try, whose answer was lost with its connection.
    return told


async def test_a_read_outlives_its_connection(postgres_shop: str) -> None:
    await database.fetch("SELECT 1")
    reading = asyncio.create_task(database.fetch_value("SELECT 7 FROM pg_sleep(0.2)"))
    await asyncio.sleep(0.1)
    await drop_connections(postgres_shop, times=1)

    assert await reading == 7


async def test_dropped_again_and_again_it_never_runs_out_of_connections(postgres_shop: str) -> None:
    operator = await asyncpg.connect(postgres_shop)
    for _ in range(3 * MOST_CONNECTIONS):
        reading = [database.fetch("SELECT pg_sleep(0.005)") for _ in range(4)]
        await asyncio.gather(*reading)
        await operator.execute(DROP_ALL)
        await asyncio.sleep(0.01)
    await operator.close()

    assert await database.fetch_value("SELECT 7") == 7


async def test_what_was_acknowledged_while_connections_dropped_is_there(postgres_shop: str) -> None:
    dropping = asyncio.create_task(drop_connections(postgres_shop, times=10))
    told = await asyncio.gather(*(write_until(dropping) for _ in range(4)))
    there = await shelves()

    assert set().union(*told) <= there.keys()
    assert set(there.values()) == {TOYS_ON_A_SHELF}
    assert all(told)


async def test_models_on_a_dropped_connection_write_nothing_and_can_be_tried_again(
    postgres_shop: str,
) -> None:
    with pytest.raises(Exception, match=r"closed|terminat|released"):
        async with unit_of_work().models():
            await Shelf.create(name="half done")
            await drop_connections(postgres_shop, times=1)
            await Shelf.create(name="never")
    async with unit_of_work().models():
        await Shelf.create(name="again")

    assert await database.fetch("SELECT name FROM shelf") == [{"name": "again"}]


async def test_a_database_that_takes_nobody_is_unavailable(postgres_shop: str) -> None:
    name = await database.fetch_value("SELECT current_database()")
    operator = await asyncpg.connect(beside(postgres_shop, "postgres"))
    await operator.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    await operator.execute(DROP_ALL.replace("current_database()", f"'{name}'"))
    await operator.close()

    with pytest.raises(Unavailable):
        await database.fetch("SELECT 1")


async def test_a_database_whose_disk_is_full_is_unavailable(postgres_shop: str) -> None:
    operator = await asyncpg.connect(postgres_shop)
    await operator.execute(NO_ROOM)
    await operator.close()

    with pytest.raises(Unavailable):
        await write_at_once(new_id(), "no room")

    assert await shelves() == {}
