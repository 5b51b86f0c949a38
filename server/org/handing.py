"""Who answers at one path, row by row: what ends and begins when a firm leaves an estate."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server.base import database


@dataclass(frozen=True, slots=True)
class AnsweringRow:
    """One row of `responsibility`, with the unit that answers, as a whole or by a post."""

    id: UUID
    role: str
    unit_id: UUID
    unit_name: str
    from_at: datetime
    to_at: datetime | None


@dataclass(frozen=True, slots=True)
class EndedHere:
    """That a unit answered for an estate once, and does not any more."""

    unit_id: UUID
    estate_id: UUID


async def responsibilities_at(path: str, roles: Iterable[str]) -> list[AnsweringRow]:
    """Everything ever answered for at exactly this path in these roles, the latest first."""
    marks, values = database.in_list(roles, start=2)
    rows = await database.fetch(
        "SELECT r.id, r.role, u.id AS unit_id, u.name AS unit_name, r.from_at, r.to_at"
        " FROM responsibility r LEFT JOIN post p ON p.id = r.post_id"
        " JOIN unit u ON u.id = COALESCE(r.unit_id, p.unit_id)"
        f" WHERE r.path = $1 AND r.role IN {marks} ORDER BY r.from_at DESC, r.id",
        path,
        *values,
    )
    return [AnsweringRow(**row) for row in rows]


async def units_answering_at(paths: Collection[str], role: str) -> dict[str, list[AnsweringRow]]:
    """The same for one role, where whole units answer, for each of these paths."""
    if not paths:
        return {}
    marks, values = database.in_list(paths, start=2)
    rows = await database.fetch(
        "SELECT r.path, r.id, r.role, u.id AS unit_id, u.name AS unit_name, r.from_at, r.to_at"
        " FROM responsibility r JOIN unit u ON u.id = r.unit_id"
        f" WHERE r.role = $1 AND r.path IN {marks} ORDER BY r.from_at DESC, r.id",
        role,
        *values,
    )
    found: dict[str, list[AnsweringRow]] = {}
    for row in rows:
        found.setdefault(row.pop("path"), []).append(AnsweringRow(**row))
    return found


async def ended_at_estates(role: str, now: datetime) -> list[EndedHere]:
    """The units whose answering for an estate in this role is over, and did not begin again."""
    rows = await database.fetch(
        "SELECT r.unit_id, p.id AS estate_id FROM responsibility r JOIN place p ON p.path = r.path"
        " WHERE r.role = $1 AND r.to_at <= $2 AND p.kind = 'estate' AND r.unit_id IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM responsibility n WHERE n.path = r.path AND n.role = r.role"
        " AND n.unit_id = r.unit_id AND n.from_at <= $2 AND (n.to_at IS NULL OR n.to_at > $2))"
        " ORDER BY r.path, r.id",
        role,
        now,
    )
    return [EndedHere(**row) for row in rows]


async def posts_at(path: str, unit_ids: set[UUID]) -> list[UUID]:
    """The posts these units have over exactly this area."""
    marks, values = database.in_list(sorted(unit_ids), start=2)
    rows = await database.fetch(
        f"SELECT id FROM post WHERE area = $1 AND ended_at IS NULL AND unit_id IN {marks}",
        path,
        *values,
    )
    return [row["id"] for row in rows]


async def units_of_kind(kind: str) -> dict[UUID, str]:
    """What the units of a kind are called, by name."""
    rows = await database.fetch("SELECT id, name FROM unit WHERE kind = $1 ORDER BY name, id", kind)
    return {row["id"]: row["name"] for row in rows}
