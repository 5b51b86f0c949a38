"""The numbers beside the tabs of a desk, kept while nothing changes where their reader looks.

In a large town they cost more than the list itself, and the list is asked for every few seconds.
"""

from datetime import datetime, timedelta
from uuid import UUID

from server import cases
from server.base import cache, changes
from server.base.viewer import HeldPost, Viewer

KEPT = timedelta(seconds=30)  # so long a case may be late, or change far away, unnoticed
STREET_DEEP = 3  # city, district, street
_Reader = tuple[UUID | None, tuple[HeldPost, ...]]

_kept: dict[_Reader, tuple[datetime, cases.DeskCounts]] = cache.shelf()


async def desk_counts(viewer: Viewer, now: datetime) -> cases.DeskCounts:
    """What `cases.count_desk` says, no older than KEPT and than the last change in their areas."""
    reader = (viewer.account_id, viewer.posts)
    counted = _kept.get(reader)
    if counted is None or not timedelta() <= now - counted[0] < KEPT:
        _forget_old(now)
        # There while it is counted: what changes meanwhile takes it away, and it is not kept.
        _kept[reader] = counted = (now - KEPT, cases.DeskCounts({}, ()))
        found = now, await cases.count_desk(viewer, now=now)
        if _kept.get(reader) is counted and all(post.area for post in viewer.posts):
            _kept[reader] = found
        counted = found
    return counted[1]


@changes.dropper
def drop_counts(path: str) -> None:
    """A case that shows at this path changed: who looks there has it counted anew."""
    for reader in [one for one in _kept if _looks_at(one, path)]:
        del _kept[reader]


def _looks_at(reader: _Reader, path: str) -> bool:
    """In the same street: an estate's own path does not lie on the way to its houses."""
    areas = [_street(post.area) for post in reader[1]]
    return any(path.startswith(area) or area.startswith(path) for area in areas)


def _street(path: str) -> str:
    return "".join(f"{part}/" for part in path.split("/")[:STREET_DEEP] if part)


def _forget_old(now: datetime) -> None:
    for reader in [one for one, (at, _) in _kept.items() if now - at >= KEPT * 2]:
        del _kept[reader]
