"""The schema: made by migrations alone, the same on both databases, current after `migrate`."""

import asyncio
import sys
import time
from pathlib import Path

import asyncpg
import pytest

from server.base import database, schema
from tests.databases import opened

PATHS = """
    SELECT count(*) FROM information_schema.columns
    WHERE table_schema = 'public' AND (column_name LIKE '%path' OR column_name = 'area')
      AND collation_name IS DISTINCT FROM 'C'
"""


async def test_models_and_migrations_agree(sqlite_db: str) -> None:
    assert await schema.undrafted() == [], "run `python -m server.migrations` and read its draft"


async def test_every_index_the_tables_ask_for_is_there(db: str) -> None:
    """SQLite loses those of a table that is made anew, and says nothing."""
    asked = {
        (model._meta.db_table, tuple(index))
        for model in schema.all_models()
        for index in model._meta.indexes
    }

    assert asked - await _indexed() == set()


async def test_after_migrating_nothing_is_pending(db: str) -> None:
    assert await database.pending() == []


async def test_an_empty_database_says_what_it_lacks(tmp_path: Path) -> None:
    async with opened(f"sqlite://{tmp_path / 'empty.db'}"):
        assert "0001_initial" in await database.pending()


async def test_migrating_again_does_nothing(db: str) -> None:
    assert await database.migrate() == []


async def test_every_path_sorts_by_byte_on_postgres(postgres_db: str) -> None:
    connection = await asyncpg.connect(postgres_db)
    unsorted = await connection.fetchval(PATHS)
    await connection.close()

    assert unsorted == 0


async def test_a_file_may_lie_in_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    async with opened(f"sqlite://{tmp_path / 'new' / 'town.db'}"):
        assert await database.fetch_value("SELECT 1") == 1


async def test_two_processes_that_start_at_once_migrate_once(empty_postgres: str) -> None:
    one, other = await asyncio.gather(_migrating(empty_postgres), _migrating(empty_postgres))

    done = (
        "0001_initial 0002_paths_by_byte 0003_filing 0004_outages 0005_trust 0006_rights 0007_lists"
        " 0008_desk 0009_praise 0010_contact 0011_duty 0012_signs 0013_imports"
        " 0014_merchants 0015_bulletins 0016_stations 0017_public_photos 0018_binding"
        " 0019_canned_replies"
        " 0020_plaque_art"
        " 0021_station_version"
        " 0022_talks"
        " 0023_found_once"
        " 0024_endings_for_all"
        " 0025_found_by_kind"
    )
    assert sorted((one, other)) == ["", done]


async def test_a_migration_gives_way_to_who_holds_its_table(postgres_db: str) -> None:
    holder = await asyncpg.connect(postgres_db)
    await holder.execute("DELETE FROM tortoise_migrations WHERE name = '0025_found_by_kind'")
    held = holder.transaction()
    await held.start()
    await holder.execute("LOCK TABLE case_search_cursor")

    began = time.monotonic()
    with pytest.raises(asyncpg.LockNotAvailableError):
        await database.migrate()
    waited = time.monotonic() - began
    still_pending = await database.pending()
    await held.rollback()
    await holder.close()

    assert 1 < waited < 10
    assert still_pending == ["0025_found_by_kind"]
    assert await database.migrate() == still_pending


async def _migrating(url: str) -> str:
    """A process of its own that starts, migrates and says what it did."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", MIGRATE, url, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    return said.decode().strip()


MIGRATE = """
import asyncio, sys
from server.base import database
async def main():
    await database.open(sys.argv[1])
    print(*await database.migrate())
    await database.close()
asyncio.run(main())
"""


async def _indexed() -> set[tuple[str, tuple[str, ...]]]:
    if database.dialect() == "sqlite":
        rows = await database.fetch(
            "SELECT t.name AS t, group_concat(c.name) AS columns FROM sqlite_master t"
            " JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c"
            " WHERE t.type = 'table' AND c.name IS NOT NULL GROUP BY t.name, i.name"
        )
    else:
        rows = await database.fetch(
            "SELECT i.indrelid::regclass::text AS t, string_agg(a.attname::text, ',' ORDER BY"
            " a.attnum) AS columns FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indexrelid"
            " GROUP BY i.indrelid, i.indexrelid"
        )
    return {(row["t"], tuple(row["columns"].split(","))) for row in rows}
