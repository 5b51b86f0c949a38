"""What those who look after codes read: batches, one code, its history, how often it is scanned.

A code's days are counts; nobody who scanned is in them.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from server import places
from server.base import clock, database
from server.base.viewer import Viewer
from server.codes.errors import BatchUnknown, CodeUnknown
from server.codes.rules import making_areas
from server.places import Found, Ground

DAYS, PAGE = 30, 20
MOST_LISTED = 100
_BATCH = "b.id, b.name, b.path, b.made_at, b.nth, b.count, b.voided_at, p.full_name AS place"
_CODE = """c.id, c.token, c.short, c.kind, c.place_id, c.post_id, c.status, c.issued_at,
    c.retired_at, c.ended_for, c.mounted_at, c.batch_id, c.successor_id"""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch in a list."""

    id: UUID
    name: str
    path: str
    made_at: datetime
    nth: int | None
    count: int
    voided_at: datetime | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Batches:
    """One stretch of the list, and after which it goes on."""

    items: tuple[BatchRow, ...]
    next: UUID | None = None


@dataclass(frozen=True, slots=True)
class KindCount:
    """Of one kind of code in a batch: how many are in use, and how many of them hang."""

    kind: str
    active: int
    mounted: int


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code as it lies in the table, retired or not."""

    id: UUID
    token: str
    short: str | None
    kind: str
    place_id: UUID
    post_id: UUID | None
    status: str
    issued_at: datetime
    retired_at: datetime | None
    ended_for: str
    mounted_at: datetime | None
    batch_id: UUID | None
    successor_id: UUID | None


@dataclass(frozen=True, slots=True)
class CodesFound:
    """Codes at the first places of a name, each with its place; `more`: there may be others."""

    items: tuple[tuple[CodeRow, Found], ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """How often a code was scanned on a day of the town."""

    on: date
    scans: int


async def batches(viewer: Viewer, *, after: UUID | None = None) -> Batches:
    """The batches made for places in the viewer's areas, the newest first; those that were made
    before the one named by `after`."""
    areas = making_areas(viewer)
    if not areas:
        return Batches(())
    values: list[object] = [end for area in areas for end in places.under(area)]
    marks = range(1, len(values), 2)
    inside = " OR ".join(f"(b.path >= ${at} AND b.path < ${at + 1})" for at in marks)
    further = ""
    if after is not None:
        values.append(after)
        last = f"SELECT made_at, id FROM code_batch WHERE id = ${len(values)}"
        further = f" AND (b.made_at, b.id) < ({last})"
    rows = await database.fetch(
        f"SELECT {_BATCH} FROM code_batch b LEFT JOIN place p ON p.path = b.path"
        f" WHERE ({inside}){further} ORDER BY b.made_at DESC, b.id DESC LIMIT {PAGE + 1}",
        *values,
    )
    found = tuple(BatchRow(**row) for row in rows[:PAGE])
    return Batches(found, found[-1].id if len(rows) > PAGE else None)


async def find_batch(batch_id: UUID, viewer: Viewer | None = None) -> BatchRow:
    """One of them; without a viewer for the operator. Raises BatchUnknown."""
    row = await database.fetch_one(
        f"SELECT {_BATCH} FROM code_batch b LEFT JOIN place p ON p.path = b.path WHERE b.id = $1",
        batch_id,
    )
    if row is None or (viewer is not None and not is_inside(making_areas(viewer), row["path"])):
        raise BatchUnknown
    return BatchRow(**row)


async def count_kinds(batch_id: UUID) -> list[KindCount]:
    """What of a batch is in use, kind by kind."""
    rows = await database.fetch(
        "SELECT kind, count(*) AS active, count(mounted_at) AS mounted FROM code"
        " WHERE batch_id = $1 AND status = 'active' GROUP BY kind ORDER BY kind",
        batch_id,
    )
    return [KindCount(row["kind"], int(row["active"]), int(row["mounted"])) for row in rows]


async def every_batch() -> list[BatchRow]:
    """All there are, the newest first, for the operator."""
    rows = await database.fetch(
        f"SELECT {_BATCH} FROM code_batch b LEFT JOIN place p ON p.path = b.path"
        " ORDER BY b.made_at DESC, b.id DESC"
    )
    return [BatchRow(**row) for row in rows]


async def find_code(code_id: UUID, areas: list[str]) -> tuple[CodeRow, Ground]:
    """A code, in use or not, at a place under one of these nodes. Raises CodeUnknown."""
    row = await database.fetch_one(f"SELECT {_CODE} FROM code c WHERE c.id = $1", code_id)
    if row is None:
        raise CodeUnknown
    ground = await places.find(row["place_id"])
    if not is_inside(areas, ground.path):
        raise CodeUnknown
    return CodeRow(**row), ground


async def chain_of(code: CodeRow) -> list[CodeRow]:
    """All codes of this kind at its place, or of its post, the newest first: what hangs now, and
    what hung."""
    column, key = ("post_id", code.post_id) if code.post_id else ("place_id", code.place_id)
    rows = await database.fetch(
        f"SELECT {_CODE} FROM code c WHERE c.{column} = $1 AND c.kind = $2"
        f" ORDER BY c.issued_at DESC, c.id DESC LIMIT {MOST_LISTED}",
        key,
        code.kind,
    )
    return [CodeRow(**row) for row in rows]


async def codes_found(areas: list[str], words: str) -> CodesFound:
    """Codes in use at places under these nodes whose name has these words; household codes, which
    nobody finds by searching, are left out."""
    found = {one.id: one for one in await places.search(areas, words)}
    if not found:
        return CodesFound(())
    marks, values = database.in_list(found)
    rows = await database.fetch(
        f"SELECT {_CODE} FROM code c WHERE c.place_id IN {marks} AND c.status = 'active'"
        " AND c.kind <> 'household'",
        *values,
    )
    order = list(found)
    listed = sorted(rows, key=lambda row: order.index(row["place_id"]))
    return CodesFound(
        tuple((CodeRow(**row), found[row["place_id"]]) for row in listed),
        more=len(found) == places.MOST_FOUND,
    )


async def scans_by_day(code_id: UUID) -> list[Day]:
    """The last thirty days of the town on which it was scanned, the newest first."""
    since = clock.now() - timedelta(days=DAYS)
    rows = await database.fetch(
        "SELECT hour, count FROM scan WHERE code_id = $1 AND hour >= $2", code_id, since
    )
    return _by_day(rows)


def _by_day(rows: list[dict[str, Any]]) -> list[Day]:
    counted: dict[date, int] = {}
    for row in rows:
        day = clock.local(row["hour"]).date()
        counted[day] = counted.get(day, 0) + row["count"]
    return [Day(on, counted[on]) for on in sorted(counted, reverse=True)]


def is_inside(areas: list[str], path: str) -> bool:
    """Whether something at this path lies under one of these nodes."""
    return bool(path) and any(path.startswith(area) for area in areas)
