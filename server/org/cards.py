"""A post as it is named on a page: its role, its unit, and whoever holds it now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server.org.answering import post
from server.org.roles import role_title


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
    found = await post(post_id)
    if found is None:
        return None
    holding = found.holding(at)
    first = holding[0] if holding else None
    return PostCard(
        post_id=post_id,
        role=found.role,
        role_title=role_title(found.role),
        unit_id=found.unit_id,
        unit_name=found.unit_name,
        name=first.name if first else "",
        account_id=first.account_id if first else None,
        phone=found.phone,
    )
