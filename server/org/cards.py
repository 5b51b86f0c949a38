"""A post as it is named on a page: its role, its unit, and whoever holds it now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server.base import cache, database
from server.org.roles import role_title

_KEPT_S = 30


@dataclass(frozen=True, slots=True)
class PostCard:
    """`name` is empty and `account_id` None while nobody holds it; a deputy comes first."""

    post_id: UUID
    role: str
    role_title: str
    unit_id: UUID
    unit_name: str
    name: str
    account_id: UUID | None
    phone: str | None  # only where it may be shown


async def post_card(post_id: UUID, at: datetime) -> PostCard | None:
    """The post by its id, with whoever holds it at that instant."""
    rows = await _appointments(post_id)
    if not rows:
        return None
    holding = [row for row in rows if _runs(row, at)]
    holding.sort(key=lambda row: (row["kind"] != "deputy", row["from_at"]))
    first = holding[0] if holding else {}
    post = rows[0]
    return PostCard(
        post_id=post_id,
        role=post["role"],
        role_title=role_title(post["role"]),
        unit_id=post["unit_id"],
        unit_name=post["unit_name"],
        name=first.get("name") or "",
        account_id=first.get("account_id"),
        phone=(post["phone"] if post["show_phone"] else None) or post["unit_phone"],
    )


def _runs(row: dict[str, Any], at: datetime) -> bool:
    if row["account_id"] is None or row["from_at"] > at:
        return False
    return row["to_at"] is None or at < row["to_at"]


@cache.kept_for(_KEPT_S)
async def _appointments(post_id: UUID) -> list[dict[str, Any]]:
    return await database.fetch(
        """SELECT p.role, p.unit_id, p.phone, p.show_phone, u.name AS unit_name,
            u.phone AS unit_phone, a.account_id, a.kind, a.from_at, a.to_at, c.name
        FROM post p JOIN unit u ON u.id = p.unit_id
        LEFT JOIN appointment a ON a.post_id = p.id
        LEFT JOIN account c ON c.id = a.account_id
        WHERE p.id = $1""",
        post_id,
    )
