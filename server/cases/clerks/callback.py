"""回访: whom to ring up, so that a resident without a page is heard; and her number, for one call.

The same rule as `relations.is_caller`, written in SQL: solved, a number left and no account, in the
area of a post that rings people up, and never solved by the viewer's own unit.
"""

from dataclasses import dataclass
from uuid import UUID

from server import trust
from server.base import database
from server.base.errors import FieldError, Invalid
from server.base.viewer import Viewer
from server.cases.cursors import cursor, read_cursor
from server.cases.errors import CaseUnknown
from server.cases.queries import MOST, find_case
from server.cases.record import reading
from server.cases.record.files import CaseFile, EventFile
from server.cases.record.raisers import raiser_phone
from server.cases.sight.relations import is_caller
from server.cases.sight.scope import Args, area, not_about
from server.flows import CALLER_ROLES
from server.trust import Act

MOST_TRIES = 3
PAGE = 20


@dataclass(frozen=True, slots=True)
class ToCall:
    """One resident to ring up: what she reported, what she is told about it, who missed her."""

    case: CaseFile
    solved: EventFile
    missed: tuple[EventFile, ...]


@dataclass(frozen=True, slots=True)
class CallList:
    """One stretch of the list, the soonest to end in silence first."""

    items: tuple[ToCall, ...]
    next: str | None = None


async def list_to_call(viewer: Viewer, *, after: str | None = None, limit: int = PAGE) -> CallList:
    """Whom this viewer is to ring up; two statements, however many there are."""
    if not 1 <= limit <= MOST:
        raise Invalid(FieldError("limit", "out-of-range", f"一次最多看{MOST}条。"))
    args = Args()
    where = _where(args, viewer)
    if after:
        at, key = read_cursor(after)
        where += f" AND (r.due_at, c.id) > ({args.add(at)}, {args.add(key)})"
    rows = await database.fetch(
        f"SELECT {reading.selected()} FROM cases c"
        f" JOIN case_row r ON r.case_id = c.id AND r.no = 0 WHERE {where}"
        f" ORDER BY r.due_at, c.id LIMIT {limit + 1}",
        *args.values,
    )
    found = [reading.case_of(row) for row in rows[:limit]]
    histories = await reading.read_events_of(case.id for case in found) if found else {}
    items = tuple(_to_call(case, histories) for case in found)
    due_at = found[-1].main.due_at if len(rows) > limit else None
    return CallList(items, cursor(due_at, found[-1].id) if due_at else None)


async def find_to_call(number: str, viewer: Viewer) -> ToCall:
    """One resident to ring up. Raises CaseUnknown for whoever is not the one to ring, and once she
    has answered or was missed too often.
    """
    case = await find_case(number, viewer)
    tries = case.facts.get("made", {}).get("call_missed", (0, ""))[0]
    if case.state != "resolved" or tries >= MOST_TRIES or not is_caller(case, viewer):
        raise CaseUnknown
    return _to_call(case, {case.id: list(await reading.read_events(case.id))})


async def phone_to_call(one: ToCall, viewer: Viewer) -> str:
    """Her number, whole, for one call by whoever `find_to_call` found her for: on record.

    Beside `unmask` the one place where a resident's number is shown to anybody but herself.
    """
    post = next((post for post in viewer.posts if post.role in CALLER_ROLES), None)
    act = Act(action="case.call", by=viewer, post=post, target=one.case.number)
    await trust.record(act)
    return raiser_phone(one.case)


def _where(args: Args, viewer: Viewer) -> str:
    areas = sorted({p.area for p in viewer.posts if p.role in CALLER_ROLES and p.area})
    if not areas:
        return "1 = 0"
    here = " OR ".join(area(args, "c.path", path) for path in areas)
    # The state is spelt out, so that the index of just these cases is used.
    return (
        f"c.state = 'resolved' AND ({here})"
        " AND c.phone_sealed IS NOT NULL AND c.raiser_account_id IS NULL"
        f" AND r.unit_id NOT IN {args.listed(viewer.unit_ids)} AND {not_about(args, viewer)}"
        " AND (SELECT count(*) FROM case_event e"
        f" WHERE e.case_id = c.id AND e.move = 'call_missed') < {MOST_TRIES}"
    )


def _to_call(case: CaseFile, histories: dict[UUID, list[EventFile]]) -> ToCall:
    events = histories[case.id]
    solved = next(event for event in reversed(events) if event.move == "resolve")
    return ToCall(case, solved, tuple(event for event in events if event.move == "call_missed"))
