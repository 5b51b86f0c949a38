"""On PostgreSQL many write at once and a cluster may be left: each row is anchored exactly once."""

import asyncio
from collections import Counter
from pathlib import Path

import asyncpg
import pytest

from server import trust
from server.base import clock, database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.trust import WrongCluster, anchors
from server.trust.models import AnchorEpoch
from tests.desk import Desk
from tests.trust.checking import STREAMS, a_moved_case, anchored_rows, findings

pytestmark = pytest.mark.pg


@pytest.fixture
def db(postgres_db: str) -> str:
    """Here everything is on PostgreSQL."""
    return postgres_db


async def test_slow_transactions_are_anchored_once_and_none_is_forgotten(
    db: str, outside: Path
) -> None:
    over = asyncio.Event()

    async def write(writer: int) -> None:
        connection = await asyncpg.connect(db)
        for nth in range(12):
            async with connection.transaction():
                await insert_event(connection, nth)
                await asyncio.sleep(0.013 * ((writer + nth) % 5))
                await insert_event(connection, nth)
        await connection.close()

    async def go_on() -> None:
        while not over.is_set():
            await anchors.anchor_all(STREAMS, clock.now())
            await asyncio.sleep(0.01)

    anchoring = asyncio.create_task(go_on())
    await asyncio.gather(*(write(n) for n in range(8)))
    over.set()
    await anchoring
    await anchors.anchor_all(STREAMS, clock.now())

    rows = await database.fetch("SELECT id FROM case_event")
    assert await anchored_rows() == Counter({(1, row["id"]): 1 for row in rows})
    assert len(rows) == 8 * 12 * 2
    found = await findings(outside)
    assert found.faults == []
    assert found.anchors > 2


async def insert_event(connection: asyncpg.Connection, version: int) -> None:
    await connection.execute(
        "INSERT INTO case_event (case_id, version, at, move, no, by_name, by_role, body, chain)"
        " VALUES ($1, $2, now(), 'open', 0, '', '', '{}', 'x')",
        new_id(),
        version,
    )


async def restored_into_another_cluster() -> None:
    """As after pg_dump and restore: rows bear high transactions, the cluster has another name."""
    async with unit_of_work().models():
        await AnchorEpoch.filter(epoch=1).update(system="another")


async def test_after_a_restore_nothing_is_anchored_before_a_new_epoch_is_opened(
    desk: Desk, db: str, outside: Path
) -> None:
    await restored_into_another_cluster()
    await a_moved_case(desk)

    with pytest.raises(WrongCluster, match="mashang migrate"):
        await anchors.anchor_all(STREAMS, clock.now())


async def test_after_a_restore_old_and_new_rows_are_anchored_once(
    desk: Desk, db: str, outside: Path
) -> None:
    await a_moved_case(desk)
    await anchors.anchor_all(STREAMS, clock.now())
    case = await a_moved_case(desk)
    connection = await asyncpg.connect(db)
    await connection.execute("UPDATE case_event SET tx = '4000000000' WHERE case_id = $1", case.id)
    await connection.close()
    await restored_into_another_cluster()

    assert await trust.open_epoch(STREAMS, clock.now()) == 2
    assert await trust.open_epoch(STREAMS, clock.now()) == 2
    await a_moved_case(desk)
    await anchors.anchor_all(STREAMS, clock.now())

    found = await findings(outside)
    assert found.faults == []
    assert (found.anchors, found.anchored, found.waiting) == (3, 6, 0)
    assert set((await anchored_rows()).values()) == {1}
