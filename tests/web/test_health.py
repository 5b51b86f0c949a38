"""Ready means: people may be sent here."""

from server.base import database, unit
from server.web.health import unready


async def test_a_town_with_a_current_database_is_ready(db):
    assert await unready() == []


async def test_a_town_without_a_database_says_so():
    assert await unready() == ["database"]


async def test_a_town_whose_schema_is_old_says_so(tmp_path):
    await database.open(f"sqlite://{tmp_path}/new.db")
    try:
        assert await unready() == ["migrations"]
    finally:
        await unit.drain()
        await database.close()
