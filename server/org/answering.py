"""Reading who answers where: responsibilities with their posts, holders and hours, from the tables.

What is read here does not depend on the hour, so it can be kept for a while; `queries.py` says who
of them answers now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server.base import cache, database
from server.org.duty import DutyHours

KEPT_S = 30
_COLUMNS = """p.id AS post_id, p.role AS post_role, p.ended_at, p.show_phone, p.phone AS post_phone,
    u.id AS unit_id, u.name AS unit_name, u.phone AS unit_phone,
    a.account_id, a.kind, a.from_at AS held_from, a.to_at AS held_to, c.name"""
_HELD = "LEFT JOIN appointment a ON a.post_id = p.id LEFT JOIN account c ON c.id = a.account_id"

Row = dict[str, Any]


def runs(since: datetime, until: datetime | None, at: datetime) -> bool:
    """Whether an instant lies in a half-open stretch of time."""
    return since <= at and (until is None or at < until)


@dataclass(frozen=True, slots=True)
class Holding:
    """An account that holds a post, or stands in for its holder, from when to when."""

    account_id: UUID
    name: str
    kind: str  # holder deputy
    from_at: datetime
    to_at: datetime | None


@dataclass(frozen=True, slots=True)
class Answering:
    """A post or a whole unit (`post_id` None) with all it takes to say who it is at any instant."""

    role: str
    post_id: UUID | None
    ended_at: datetime | None
    unit_id: UUID
    unit_name: str
    phone: str | None
    holders: tuple[Holding, ...]
    hours: tuple[DutyHours, ...]
    path: str = ""
    from_at: datetime | None = None
    to_at: datetime | None = None

    def answers(self, at: datetime) -> bool:
        """Whether the responsibility runs and its post exists."""
        if self.from_at is not None and not runs(self.from_at, self.to_at, at):
            return False
        return self.ended_at is None or at < self.ended_at

    def holding(self, at: datetime) -> list[Holding]:
        """Who holds the post at this instant; a deputy comes before the holder he stands in for."""
        now = [held for held in self.holders if runs(held.from_at, held.to_at, at)]
        return sorted(now, key=lambda held: (held.kind != "deputy", held.from_at))


@cache.kept_for(KEPT_S)
async def along(paths: tuple[str, ...]) -> tuple[Answering, ...]:
    """Every responsibility along these paths (widest first), the nearest first."""
    marks, values = database.in_list(paths, start=1)
    rows = await database.fetch(
        f"""SELECT r.id, r.path, r.role, r.from_at, r.to_at, {_COLUMNS}
        FROM responsibility r LEFT JOIN post p ON p.id = r.post_id
        JOIN unit u ON u.id = COALESCE(r.unit_id, p.unit_id) {_HELD}
        WHERE r.path IN {marks} ORDER BY r.id""",
        *values,
    )
    depth = {path: at for at, path in enumerate(paths)}
    found = await _grouped(rows, by="id")
    return tuple(sorted(found, key=lambda one: -depth[one.path]))


@cache.kept_for(KEPT_S)
async def post(post_id: UUID) -> Answering | None:
    """One post, whoever holds it."""
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM post p JOIN unit u ON u.id = p.unit_id {_HELD} WHERE p.id = $1",
        post_id,
    )
    found = await _grouped(rows, by="post_id")
    return found[0] if found else None


async def _grouped(rows: Sequence[Row], *, by: str) -> list[Answering]:
    hours = await _hours({row["post_id"] for row in rows if row["post_id"]})
    groups: dict[UUID, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[by], []).append(row)
    return [_answering(group, hours) for group in groups.values()]


def _answering(group: list[Row], hours: dict[UUID, tuple[DutyHours, ...]]) -> Answering:
    first = group[0]
    own_phone = first["post_phone"] if first["show_phone"] else None
    return Answering(
        role=first.get("role") or first["post_role"],
        post_id=first["post_id"],
        ended_at=first["ended_at"],
        unit_id=first["unit_id"],
        unit_name=first["unit_name"],
        phone=own_phone or first["unit_phone"],
        holders=tuple(_holding(row) for row in group if row["account_id"] is not None),
        hours=hours.get(first["post_id"], ()),
        path=first.get("path", ""),
        from_at=first.get("from_at"),
        to_at=first.get("to_at"),
    )


def _holding(row: Row) -> Holding:
    return Holding(
        row["account_id"], row["name"] or "", row["kind"], row["held_from"], row["held_to"]
    )


async def _hours(post_ids: set[UUID]) -> dict[UUID, tuple[DutyHours, ...]]:
    if not post_ids:
        return {}
    marks, values = database.in_list(post_ids, start=1)
    rows = await database.fetch(
        f"SELECT post_id, days, starts, ends FROM duty WHERE post_id IN {marks} ORDER BY id",
        *values,
    )
    found: dict[UUID, tuple[DutyHours, ...]] = {}
    for row in rows:
        hours = DutyHours(row["days"], row["starts"], row["ends"])
        found[row["post_id"]] = (*found.get(row["post_id"], ()), hours)
    return found
