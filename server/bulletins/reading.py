"""How often a bulletin is opened, community by community; who opened it is not kept.

Counted in the memory of each server and written down now and then, as scans are: a crash loses
seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from server import places
from server.base import database
from server.base.tally import Tally
from server.base.unit import unit_of_work
from server.bulletins.models import BulletinRead
from server.places import Ground


@dataclass(frozen=True, slots=True)
class Figure:
    """How often a bulletin was opened in one community."""

    community: str
    times: int


def count_read(bulletin_id: UUID, ground: Ground) -> None:
    """One more, in the community this place lies in."""
    _reads.count((bulletin_id, _community_of(ground)))


async def flush_reads() -> int:
    """Add what was counted to the table; returns how many. The app calls it now and then."""
    return await _reads.flush()


async def figures(bulletin_id: UUID) -> list[Figure]:
    """How often it was opened, in the order of the communities. Whose it is, was asked."""
    rows = await database.fetch(
        "SELECT r.count, p.full_name FROM bulletin_read r LEFT JOIN place p ON p.path = r.path"
        " WHERE r.bulletin_id = $1 ORDER BY r.path",
        bulletin_id,
    )
    return [Figure(row["full_name"] or "", row["count"]) for row in rows]


async def _add(counted: Mapping[tuple[UUID, str], int]) -> None:
    marks, values = database.in_list({bulletin_id for bulletin_id, _ in counted})
    rows = await database.fetch(
        f"SELECT bulletin_id, path, count FROM bulletin_read WHERE bulletin_id IN {marks}", *values
    )
    kept = {(row["bulletin_id"], row["path"]): row["count"] for row in rows}
    async with unit_of_work() as unit:
        for key, times in counted.items():
            if key not in kept:
                unit.insert(BulletinRead, bulletin_id=key[0], path=key[1], count=times)
            else:
                where = {"bulletin_id": key[0], "path": key[1], "count": kept[key]}
                unit.update(BulletinRead, where=where, set={"count": kept[key] + times})


_reads = Tally(_add)


def _community_of(ground: Ground) -> str:
    """The path of the lowest division the place lies in."""
    nodes = zip(ground.kinds, places.ancestry(ground.path), strict=False)
    return next((path for kind, path in reversed([*nodes]) if kind == "division"), "")
