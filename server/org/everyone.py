"""Everyone who holds a post at some instant, all at once: for telling whole histories."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server.base import database
from server.base.viewer import HeldPost
from server.org.roles import role_title


@dataclass(frozen=True, slots=True)
class Holding:
    """A post, and the account that holds it; a deputy comes before the holder."""

    post: HeldPost
    account_id: UUID
    name: str


async def everyone(at: datetime) -> tuple[Holding, ...]:
    """Every post somebody holds, the widest areas first."""
    rows = await database.fetch(
        """SELECT p.id, p.role, p.unit_id, p.area, u.name AS unit_name, a.account_id, c.name
        FROM post p JOIN unit u ON u.id = p.unit_id
        JOIN appointment a ON a.post_id = p.id JOIN account c ON c.id = a.account_id
        WHERE p.ended_at IS NULL AND a.from_at <= $1 AND (a.to_at IS NULL OR a.to_at > $1)
        AND a.kind <> 'away'
        ORDER BY length(p.area), p.id, a.kind""",
        at,
    )
    return tuple(
        Holding(
            post=HeldPost(
                row["id"],
                row["role"],
                role_title(row["role"]),
                row["unit_id"],
                row["unit_name"],
                row["area"],
            ),
            account_id=row["account_id"],
            name=row["name"] or "",
        )
        for row in rows
    )
