"""Photos of plaques on their walls go after their time; that and when one was put up stays."""

from datetime import datetime

from server import photos
from server.base import database
from server.base.unit import AnyOf, unit_of_work
from server.plaques.models import Mounting

AT_ONCE = 100


async def old_photos(before: datetime) -> int:
    """How many there are from before then."""
    found = await database.fetch_value(
        "SELECT count(*) AS n FROM mounting WHERE mounted_at < $1 AND photo_id IS NOT NULL", before
    )
    return int(found)


async def forget_photos(before: datetime) -> int:
    """Delete them; how many that were. When and under which post it was put up stays."""
    forgotten = 0
    while True:
        rows = await database.fetch(
            "SELECT id, photo_id FROM mounting WHERE mounted_at < $1 AND photo_id IS NOT NULL"
            f" ORDER BY mounted_at LIMIT {AT_ONCE}",
            before,
        )
        if not rows:
            return forgotten
        async with unit_of_work() as unit:
            photos.forget(unit, [row["photo_id"] for row in rows])
            which = AnyOf(tuple(row["id"] for row in rows))
            unit.update(Mounting, where={"id": which}, set={"photo_id": None}, expecting=None)
        forgotten += len(rows)
