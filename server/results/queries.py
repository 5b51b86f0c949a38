"""How public cases ended, for everybody; which of a case's photos everybody may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from server import cases, places
from server.base import database
from server.base.viewer import HeldPost, Viewer
from server.cases import CaseFile, EventFile
from server.results.errors import NotForAll, PublicPhotoUnknown, TakenAtHome
from server.results.rules import AT_HOME, SAID_AT, SIDES, publishing_post, without_numbers

PAGE = 10
# Word for word what `rules.is_for_all` says of one case, and what the index of migration 0024 says.
FOR_ALL = (
    "NOT c.live AND c.flow = 'report' AND c.state = 'closed' AND c.public AND NOT c.conceal"
    " AND c.about_unit_id IS NULL AND c.about_post_id IS NULL"
)
Answer = tuple[str, date | None]  # what was said, and for which day it was promised
_SILENCE: Answer = ("", None)
_HOMES = ", ".join(f"'{kind}'" for kind in AT_HOME)
_PLACE = f"CASE WHEN p.kind IN ({_HOMES}) THEN coalesce(up.full_name, '') ELSE p.full_name END"


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """One photo everybody may see."""

    id: UUID  # of the publication, not of any photo
    case_id: UUID
    side: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Result:
    """How one case ended. `done_at`: when it was answered, which may be before its end."""

    case_id: UUID
    category: str
    place: str  # of a home or a shop the house or the ground it lies in
    opened_at: datetime
    done_at: datetime
    closed_at: datetime
    ending: str
    outcome: str
    solved: str
    said: str
    planned_on: date | None
    photos: tuple[ShownPhoto, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """One stretch of the list, and where it goes on."""

    items: tuple[Result, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A photo of a case, and how far it is on its way to everybody: "" draft public."""

    photo_id: UUID
    side: str
    state: str = ""
    public_id: UUID | None = None
    copy_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Publishing:
    """A case whose photos the viewer may publish, under which post, and those photos."""

    case: CaseFile
    post: HeldPost
    place: str
    photos: tuple[Candidate, ...]

    def photo(self, photo_id: UUID) -> Candidate:
        """One of them. Raises PublicPhotoUnknown."""
        found = next((one for one in self.photos if one.photo_id == photo_id), None)
        if found is None:
            raise PublicPhotoUnknown
        return found


async def results_under(area: str, *, after: str | None = None, limit: int = PAGE) -> Results:
    """Every ending of public cases at and under a node, newest first: for everybody."""
    values: list[object] = list(places.under(area))
    further = ""
    if after:
        values += cases.read_cursor(after)
        further = " AND (c.closed_at, c.id) < ($3, $4)"
    rows = await database.fetch(
        f"SELECT c.id, c.category, {_PLACE} AS place, c.opened_at, c.resolved_at, c.closed_at,"
        " c.ending, c.outcome, c.solved"
        f" FROM (SELECT c.id FROM cases c WHERE c.path >= $1 AND c.path < $2 AND {FOR_ALL}{further}"
        f" ORDER BY c.closed_at DESC, c.id DESC LIMIT {limit + 1}) newest"
        " JOIN cases c ON c.id = newest.id JOIN place p ON p.id = c.place_id"
        " LEFT JOIN place up ON up.id = p.parent_id ORDER BY c.closed_at DESC, c.id DESC",
        *values,
    )
    shown, more = rows[:limit], len(rows) > limit
    ids = [row["id"] for row in shown]
    said, photos = await _said_in(ids), await _shown_of(ids)
    items = tuple(_result(row, said, photos) for row in shown)
    return Results(items, cases.cursor(items[-1].closed_at, items[-1].case_id) if more else None)


async def shown_copy(public_id: UUID) -> UUID:
    """The photo behind something published: for everybody. Raises PublicPhotoUnknown for what is
    withdrawn, or belongs to a case whose end is no longer for all."""
    row = await database.fetch_one(
        "SELECT x.copy_id FROM public_photo x JOIN cases c ON c.id = x.case_id"
        f" WHERE x.id = $1 AND x.state = 'public' AND {FOR_ALL}",
        public_id,
    )
    if row is None or row["copy_id"] is None:
        raise PublicPhotoUnknown
    return UUID(str(row["copy_id"]))


async def publishing(number: str, viewer: Viewer) -> Publishing:
    """The photos of a case for whoever may publish them.

    Raises CaseUnknown, NotForAll, TakenAtHome.
    """
    case = await cases.find_case(number, viewer)
    if cases.lens_of(case, viewer) != "work":
        raise cases.CaseUnknown
    post, ground = publishing_post(case, viewer), await places.find(case.place_id)
    if post is None:
        raise NotForAll
    if ground.kind in AT_HOME:
        raise TakenAtHome
    known = await _known_of(case.id)
    photos = tuple(
        known.get(photo_id, Candidate(photo_id, side))
        for photo_id, side in _photos_in(await cases.read_events(case.id))
    )
    return Publishing(case, post, ground.full_name, photos)


def _photos_in(events: Iterable[EventFile]) -> list[tuple[UUID, str]]:
    """The photos the report came with, and those of the answer."""
    return [
        (photo_id, SIDES[event.move])
        for event in events
        if event.move in SIDES
        for photo_id in cases.photo_ids(event)
    ]


async def _known_of(case_id: UUID) -> dict[UUID, Candidate]:
    rows = await database.fetch(
        "SELECT id, source_id, side, state, copy_id FROM public_photo"
        " WHERE case_id = $1 AND source_taken IS NOT NULL",
        case_id,
    )
    return {
        row["source_id"]: Candidate(
            row["source_id"], row["side"], row["state"], row["id"], row["copy_id"]
        )
        for row in rows
    }


async def _said_in(case_ids: list[UUID]) -> dict[UUID, Answer]:
    """The last answer of staff in each case; of residents not a word."""
    if not case_ids:
        return {}
    histories = await cases.read_events_of(case_ids)
    return {case_id: _answer(events) for case_id, events in histories.items()}


def _answer(events: list[EventFile]) -> Answer:
    for event in reversed(events):
        if event.move in SAID_AT and event.by_post_id is not None:
            given = event.body["given"]
            until = given.get("until")
            return (
                without_numbers(str(given.get("text") or given.get("reason") or "")),
                date.fromisoformat(until) if isinstance(until, str) else None,
            )
    return _SILENCE


async def _shown_of(case_ids: list[UUID]) -> dict[UUID, list[ShownPhoto]]:
    if not case_ids:
        return {}
    marks, values = database.in_list(case_ids)
    rows = await database.fetch(
        "SELECT x.id, x.case_id, x.side, f.width, f.height FROM public_photo x"
        f" JOIN photo f ON f.id = x.copy_id WHERE x.case_id IN {marks} AND x.state = 'public'"
        " ORDER BY x.side DESC, x.published_at, x.id",
        *values,
    )
    found: dict[UUID, list[ShownPhoto]] = {}
    for row in rows:
        found.setdefault(row["case_id"], []).append(ShownPhoto(**row))
    return found


def _result(
    row: dict[str, Any], answers: dict[UUID, Answer], photos: dict[UUID, list[ShownPhoto]]
) -> Result:
    withdrawn = row["ending"] == "withdrawn"
    said, planned_on = _SILENCE if withdrawn else answers.get(row["id"], _SILENCE)
    return Result(
        case_id=row["id"],
        category=row["category"] or "",
        place=row["place"],
        opened_at=row["opened_at"],
        done_at=row["closed_at"] if withdrawn else row["resolved_at"] or row["closed_at"],
        closed_at=row["closed_at"],
        ending=row["ending"] or "",
        outcome="" if withdrawn else row["outcome"] or "",
        solved=row["solved"] or "",
        said=said,
        planned_on=planned_on,
        photos=tuple(photos.get(row["id"], ())),
    )
