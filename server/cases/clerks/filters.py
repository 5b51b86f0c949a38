"""Ways of looking at the desk that a clerk keeps under names of their own."""

from collections.abc import Mapping
from dataclasses import dataclass

from server.base import database, fields
from server.base.errors import wrong
from server.base.unit import Duplicate, unit_of_work
from server.base.viewer import Viewer
from server.cases.errors import TooManyFilters
from server.cases.models import SavedFilter

TITLE_LIMIT = 20
MOST_KEPT = 20


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """One of them: what the desk is asked for, by the names of its filters."""

    id: int
    title: str
    wanted: Mapping[str, str]


async def list_filters(viewer: Viewer) -> tuple[KeptFilter, ...]:
    """The viewer's own, in the order they were kept."""
    rows = await database.fetch(
        "SELECT id, title, wanted FROM saved_filter WHERE account_id = $1 ORDER BY id",
        viewer.account_id,
    )
    return tuple(KeptFilter(row["id"], row["title"], row["wanted"]) for row in rows)


async def keep_filter(viewer: Viewer, title: str, wanted: Mapping[str, str]) -> None:
    """Keep it under this name; what had the name before is replaced.

    Raises Invalid for a name that is empty or too long, TooManyFilters.
    """
    title = fields.clean_text(title, TITLE_LIMIT, field="title").replace("\n", " ")
    if not title:
        raise wrong("title", "missing", "请给这个筛选起个名字。")
    kept = await list_filters(viewer)
    known = next((one for one in kept if one.title == title), None)
    if known is None and len(kept) >= MOST_KEPT:
        raise TooManyFilters(most=MOST_KEPT)
    try:
        async with unit_of_work() as unit:
            if known is None:
                unit.insert(
                    SavedFilter, account_id=viewer.account_id, title=title, wanted=dict(wanted)
                )
            else:
                unit.update(SavedFilter, where={"id": known.id}, set={"wanted": dict(wanted)})
    except Duplicate:  # The same name was kept at this very moment.
        await keep_filter(viewer, title, wanted)


async def drop_filter(viewer: Viewer, filter_id: int) -> None:
    """Forget one of the viewer's own; of anybody else's nothing happens."""
    async with unit_of_work() as unit:
        unit.delete(SavedFilter, where={"id": filter_id, "account_id": viewer.account_id})
