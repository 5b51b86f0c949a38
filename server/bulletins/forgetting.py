"""Letting go of bulletins that ended long ago: their words, their photos, their figures."""

from datetime import datetime
from uuid import UUID

from server import photos
from server.base import database
from server.base.unit import unit_of_work
from server.bulletins.models import Bulletin, BulletinRead

PAGE = 500
# Withdrawn, expired, or a draft nobody has touched since.
_ENDED = "coalesce(withdrawn_at, until_at, changed_at)"


async def old_bulletins(before: datetime) -> int:
    """How many ended before then."""
    found = await database.fetch_value(
        f"SELECT count(*) AS n FROM bulletin WHERE {_ENDED} < $1", before
    )
    return int(found)


async def forget_bulletins(before: datetime) -> int:
    """Delete them with everything that belongs to them; how many that were."""
    forgotten = 0
    while rows := await database.fetch(
        f"SELECT id, photo_ids FROM bulletin WHERE {_ENDED} < $1 ORDER BY id LIMIT {PAGE}", before
    ):
        for row in rows:
            await _forget(row["id"], [UUID(one) for one in row["photo_ids"]])
        forgotten += len(rows)
    return forgotten


async def _forget(bulletin_id: UUID, photo_ids: list[UUID]) -> None:
    async with unit_of_work() as unit:
        unit.delete(Bulletin, where={"id": bulletin_id})
        unit.delete(BulletinRead, where={"bulletin_id": bulletin_id})
        photos.give_up(unit, photo_ids, case_id=bulletin_id)
