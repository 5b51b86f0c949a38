"""A case as one line of a list."""

from datetime import datetime

from msgspec import UNSET

from server import cases, org
from server.base.viewer import Viewer
from server.cases import CaseFile
from server.flows import FLOWS
from server.views.list_shapes import CaseItem
from server.views.moves import move_shapes
from server.views.places import place_line
from server.views.words import category_title, state_title


async def case_item(
    case: CaseFile,
    viewer: Viewer,
    *,
    now: datetime,
    row: int = 0,
    unread: bool = False,
    moves: bool = False,
) -> CaseItem:
    """The line this viewer sees. `row` is what waits for them; with `moves`, what they may do."""
    lens = cases.lens_of(case, viewer) or "title"
    deadline = cases.next_deadline(case, row) or cases.next_deadline(case)
    words = cases.sees_words(lens)
    return CaseItem(
        number=case.number,
        title=await category_title(case),
        state=case.state,
        state_title=state_title(case, staff=lens == "work"),
        ending=case.ending or UNSET,
        ending_title=FLOWS[case.flow].endings.get(case.ending or "", UNSET),
        place=await place_line(case, inside=lens == "work"),
        opened_at=case.opened_at,
        overdue=cases.is_overdue(case, now),
        seconded=case.seconded,
        spot=(case.spot or UNSET) if words else UNSET,
        text=(case.text or UNSET) if words else UNSET,
        photo_count=cases.photo_count(case) if words else UNSET,
        due_at=deadline.due_at if deadline and deadline.due_at else UNSET,
        due_title=FLOWS[case.flow].clock_title(deadline.key) if deadline else UNSET,
        now_with=await _now_with(case, now) or UNSET,
        version=case.version,
        moves=await move_shapes(case, viewer, row) if moves else UNSET,
        unread=unread,
    )


async def _now_with(case: CaseFile, now: datetime) -> str:
    """A post's holder by name, or the unit."""
    main = case.main
    if not case.live:
        return ""
    card = await org.post_card(main.post_id, now) if main.post_id else None
    if card is not None:
        return card.name or card.unit_name
    return await org.unit_name(main.unit_id) if main.unit_id else ""
