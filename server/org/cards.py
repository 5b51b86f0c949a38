"""A post as it is named on a page: its role, its unit, and whoever holds it now; its colleagues."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from server.base import cache, database
from server.org.answering import KEPT_S, post
from server.org.calendar import calendar
from server.org.roles import role_of_unit, role_title, roles_above
from server.org.turns import in_turn


class PostCard(Struct, frozen=True):
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
    stands, holding = in_turn(found, at, await calendar()), found.holding(at)
    first = stands.first if stands else holding[0] if holding else None
    return PostCard(
        post_id=post_id,
        role=found.role,
        role_title=role_title(found.role),
        unit_id=found.unit_id,
        unit_name=found.unit_name,
        name=first.name if first else "",
        account_id=first.account_id if first else None,
        phone=(first.phone if first else None) or found.phone,
    )


async def colleagues(unit_id: UUID, at: datetime) -> list[PostCard]:
    """Every post of a unit that somebody holds at that instant."""
    cards = [await post_card(post_id, at) for post_id in await _posts_of_unit(unit_id)]
    return [card for card in cards if card is not None and card.account_id is not None]


async def standing_above(
    post_id: UUID | None, unit_id: UUID | None, at: datetime
) -> tuple[str, ...]:
    """The roles above a post, or above a whole unit, the nearest first."""
    card = await post_card(post_id, at) if post_id is not None else None
    if card is not None:
        return roles_above(card.role)
    kind = (await _unit_kinds()).get(unit_id) if unit_id is not None else None
    return roles_above(role_of_unit(kind)) if kind else ()


@cache.kept_for(KEPT_S)
async def _posts_of_unit(unit_id: UUID) -> tuple[UUID, ...]:
    rows = await database.fetch(
        "SELECT id FROM post WHERE unit_id = $1 AND ended_at IS NULL ORDER BY role, id", unit_id
    )
    return tuple(row["id"] for row in rows)


@cache.kept_for(KEPT_S)
async def _unit_kinds() -> dict[UUID, str]:
    return {row["id"]: row["kind"] for row in await database.fetch("SELECT id, kind FROM unit")}
