"""Reading the registry: one merchant, who trades at a place, whose shops these are, and scores."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from server import places
from server.base import clock, database
from server.base.viewer import Viewer
from server.merchants.errors import MerchantUnknown
from server.merchants.rules import ROLE, Lost, band, begins, counts, keeping_post, keeping_posts
from server.merchants.rules import score as score_by

PAGE = 50
LONGEST_SEARCH = 60
_WILD = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
_COLUMNS = (
    "m.id, m.kind, m.name, m.place_id, m.path, m.uscc, m.license_short, m.trade, m.phone, m.duties,"
    " m.duties_signed_on, m.unit_id, m.post_id, m.registered_at, m.closed_at, m.version,"
    " m.renamed_at, m.owners_version,"
    " p.full_name AS place"
)
_FROM = "FROM merchant m JOIN place p ON p.id = m.place_id"


@dataclass(frozen=True, slots=True)
class MerchantFile:
    """One merchant as it is registered; who may see what of it, the views say."""

    id: UUID
    kind: str
    name: str
    place_id: UUID
    path: str
    uscc: str | None
    license_short: str
    trade: str
    phone: str | None
    duties: tuple[str, ...]
    duties_signed_on: date | None
    unit_id: UUID
    post_id: UUID
    registered_at: datetime
    closed_at: datetime | None
    version: int
    renamed_at: datetime | None
    owners_version: int
    place: str


@dataclass(frozen=True, slots=True)
class Merchants:
    """One stretch of the registry, and where it goes on."""

    items: tuple[MerchantFile, ...]
    next: UUID | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How a merchant stands at some instant: points, the band, until when that is so by itself."""

    points: int
    band: str
    until: datetime | None = None  # points come back then


async def find_merchant(merchant_id: UUID) -> MerchantFile:
    """One merchant, trading or not; whose it is, the caller asks. Raises MerchantUnknown."""
    return await _one("m.id = $1", merchant_id)


async def find_kept(merchant_id: UUID, viewer: Viewer) -> MerchantFile:
    """One merchant of the viewer's areas. Raises MerchantUnknown for any other."""
    found = await find_merchant(merchant_id)
    if keeping_post(viewer, found.path) is None:
        raise MerchantUnknown
    return found


async def at_place(place_id: UUID) -> MerchantFile | None:
    """Who trades at this place now."""
    row = await database.fetch_one(f"SELECT {_COLUMNS} {_FROM} WHERE m.trading_at = $1", place_id)
    return _file(row) if row else None


async def last_name_at(place_id: UUID) -> str | None:
    """What whoever traded at this place last is called; None where nobody ever did."""
    found = await database.fetch_value(
        "SELECT name FROM merchant WHERE place_id = $1"
        " ORDER BY registered_at DESC, id DESC LIMIT 1",
        place_id,
    )
    return str(found) if found is not None else None


async def owned_by(viewer: Viewer) -> list[MerchantFile]:
    """The shops whose owner's post the viewer holds, by name."""
    held = [post.id for post in viewer.posts if post.role == ROLE]
    if not held:
        return []
    marks, values = database.in_list(held)
    rows = await database.fetch(
        f"SELECT {_COLUMNS} {_FROM} WHERE m.post_id IN {marks} ORDER BY m.name, m.id", *values
    )
    return [_file(row) for row in rows]


async def vendors_at() -> frozenset[UUID]:
    """Every place at which a vendor trades: its code is a vendor's."""
    rows = await database.fetch(
        "SELECT trading_at FROM merchant WHERE kind = 'vendor' AND trading_at IS NOT NULL"
    )
    return frozenset(row["trading_at"] for row in rows)


async def list_merchants(
    viewer: Viewer,
    *,
    words: str = "",
    closed: bool = False,
    after: UUID | None = None,
    limit: int = PAGE,
) -> Merchants:
    """The merchants of the viewer's areas whose name, place or code has every one of these words:
    those that trade, or those that closed; the newest first."""
    areas = sorted({post.area for post in keeping_posts(viewer)})
    if not areas:
        return Merchants(())
    values: list[object] = [end for area in areas for end in places.under(area)]
    marks = range(1, len(values), 2)
    where = [f"({' OR '.join(f'(m.path >= ${n} AND m.path < ${n + 1})' for n in marks)})"]
    where.append("m.closed_at IS NOT NULL" if closed else "m.closed_at IS NULL")
    for word in words[:LONGEST_SEARCH].split():
        values.append(f"%{word.translate(_WILD)}%")
        like = f"LIKE ${len(values)} ESCAPE '\\'"
        where.append(f"(m.name {like} OR p.full_name {like} OR m.uscc {like})")
    if after is not None:
        values.append(after)
        where.append(f"m.id < ${len(values)}")
    rows = await database.fetch(
        f"SELECT {_COLUMNS} {_FROM} WHERE {' AND '.join(where)}"
        f" ORDER BY m.id DESC LIMIT {limit + 1}",
        *values,
    )
    found = tuple(_file(row) for row in rows[:limit])
    return Merchants(found, found[-1].id if len(rows) > limit else None)


async def score_of(merchant_id: UUID) -> Score:
    """How one merchant stands."""
    return (await scores_of((merchant_id,)))[merchant_id]


async def scores_of(merchant_ids: Iterable[UUID], at: datetime | None = None) -> dict[UUID, Score]:
    """How these merchants stand, each by its id: now, or at that instant."""
    wanted, at = list(merchant_ids), at or clock.now()
    lost = await lost_by(wanted)
    return {key: _score(lost.get(key, ()), at) for key in wanted}


async def lost_by(merchant_ids: Iterable[UUID]) -> Mapping[UUID, tuple[Lost, ...]]:
    """Every deduction of these merchants, also those that came back or were reversed."""
    marks, values = database.in_list(list(merchant_ids))
    rows = await database.fetch(
        "SELECT merchant_id, case_id, points, decided_at, returns_on, reversed_at FROM deduction"
        f" WHERE merchant_id IN {marks} ORDER BY decided_at, id",
        *values,
    )
    found: dict[UUID, tuple[Lost, ...]] = {}
    for row in rows:
        one = Lost(
            row["points"],
            row["decided_at"],
            row["returns_on"],
            row["reversed_at"],
            row["case_id"],
        )
        found[row["merchant_id"]] = (*found.get(row["merchant_id"], ()), one)
    return found


def _score(lost: Iterable[Lost], at: datetime) -> Score:
    missing = [one for one in lost if counts(one, at)]
    points = score_by(missing, at)
    ends = [begins(one.returns_on) for one in missing]
    return Score(points, band(points), min(ends, default=None))


async def _one(where: str, *values: object) -> MerchantFile:
    row = await database.fetch_one(f"SELECT {_COLUMNS} {_FROM} WHERE {where}", *values)
    if row is None:
        raise MerchantUnknown
    return _file(row)


def _file(row: dict[str, Any]) -> MerchantFile:
    return MerchantFile(**row | {"duties": tuple(row["duties"])})
