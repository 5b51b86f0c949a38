"""The lists people work and look through: mine, to-do, the desk."""

from collections.abc import Collection, Iterable

from msgspec import UNSET

from server import cases, notices, places
from server.base import clock
from server.base.viewer import Viewer
from server.cases import CaseFile, DeskFilter
from server.views.counts import desk_counts
from server.views.items import case_item
from server.views.list_shapes import CaseItem, CaseList, DeskList
from server.views.shapes import OptionShape


async def my_cases(viewer: Viewer, *, after: str | None = None, limit: int = 20) -> CaseList:
    """What the viewer raised or joined, newest first; the unread marked."""
    found = await cases.list_mine(viewer, after=after, limit=limit)
    return CaseList(items=await case_items(found.items, viewer), next=found.next or UNSET)


async def todo(viewer: Viewer, *, after: str | None = None, limit: int = 20) -> CaseList:
    """What waits for the viewer's posts, next deadline first, with what they may do."""
    found = await cases.list_todo(viewer, after=after, limit=limit)
    items = await case_items(found.items, viewer, rows=found.rows, moves=True)
    return CaseList(items=items, next=found.next or UNSET)


async def desk_list(
    viewer: Viewer,
    wanted: DeskFilter,
    *,
    after: str | None = None,
    limit: int = 50,
    moves: Collection[str] = (),
) -> DeskList:
    """One tab of the desk with the counts of all tabs and the estates to choose from; of `moves`
    those that are the viewer's in one of the cases listed at least.
    """
    now = clock.now()
    found = await cases.list_desk(viewer, wanted, now=now, after=after, limit=limit)
    counts = await desk_counts(viewer, now)
    estates = [await places.find(estate_id) for estate_id in counts.estates]
    return DeskList(
        items=await case_items(found.items, viewer),
        counts={tab: _number(count) for tab, count in counts.tabs.items()},
        estates=[
            OptionShape(value=str(one.id), title=one.name)
            for one in sorted(estates, key=lambda one: one.path)
        ],
        next=found.next or UNSET,
        reach=found.reach or UNSET,
        moves=cases.theirs_in_some(found.items, viewer, moves),
    )


def _number(count: int) -> str:
    """A count as it is read; it was made no further than to a thousand."""
    return str(count) if count < cases.MOST_COUNTED else f"{cases.MOST_COUNTED - 1}+"


async def case_items(
    found: tuple[CaseFile, ...],
    viewer: Viewer,
    *,
    rows: Iterable[int] = (),
    moves: bool = False,
) -> list[CaseItem]:
    """Cases as lines of a list, the unread marked; with `moves`, what the viewer may do."""
    now = clock.now()
    unread = await notices.unread_for_cases(
        viewer, [case.id for case in found], cases.key_hashes(viewer.keys)
    )
    waiting = list(rows) or [0] * len(found)
    return [
        await case_item(case, viewer, now=now, row=row, unread=case.id in unread, moves=moves)
        for case, row in zip(found, waiting, strict=True)
    ]
