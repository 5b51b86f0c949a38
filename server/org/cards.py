"""A post as it is named on a page: its role, its unit, and whoever holds it now; its colleagues."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from server.base import cache, database
from server.base.spans import Calendar
from server.org.answering import AWAY, KEPT_S, Answering, post, runs
from server.org.calendar import calendar
from server.org.roles import role_of_unit, role_title, roles_above
from server.org.turns import first_in_turn, in_turn, phone_of


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
    return _card(post_id, found, at, await calendar()) if found else None


async def holders_of(post_id: UUID, at: datetime) -> frozenset[UUID]:
    """Every account that may act under the post at that instant: holders, also one who is away, and
    deputies."""
    found = await post(post_id)
    held = found.holders if found else ()
    return frozenset(
        one.account_id for one in held if one.kind != AWAY and runs(one.from_at, one.to_at, at)
    )


def _card(post_id: UUID, found: Answering, at: datetime, days: Calendar) -> PostCard:
    first = first_in_turn(found, at, days)
    shows_own = any([held.phone for held in found.holders])
    return PostCard(
        post_id=post_id,
        role=found.role,
        role_title=role_title(found.role),
        unit_id=found.unit_id,
        unit_name=found.unit_name,
        name=first.name if first else "",
        account_id=first.account_id if first else None,
        phone=phone_of(found, in_turn(found, at, days) if shows_own else None),
    )


async def post_ended_at(post_id: UUID, at: datetime) -> datetime | None:
    """When the post was abolished, if it is no more at that instant."""
    found = await post(post_id)
    ended_at = found.ended_at if found else None
    return ended_at if ended_at is not None and ended_at <= at else None


async def colleagues(unit_id: UUID, at: datetime, path: str) -> list[PostCard]:
    """Everybody in office in a unit at that instant, once each: by a post whose area has the place,
    if they hold one.
    """
    days, cards = await calendar(), dict[UUID, PostCard]()
    for post_id, _ in sorted(await _posts_of_unit(unit_id), key=lambda one: not _has(one[1], path)):
        found = await post(post_id)
        card = _card(post_id, found, at, days) if found else None
        if card is not None and card.account_id is not None:
            cards.setdefault(card.account_id, card)
    return list(cards.values())


def _has(area: str, path: str) -> bool:
    return bool(area) and path.startswith(area)


async def standing_above(post_id: UUID | None, unit_id: UUID | None) -> tuple[str, ...]:
    """The roles above a post, or above a whole unit, the nearest first."""
    found = await post(post_id) if post_id is not None else None
    if found is not None:
        return roles_above(found.role)
    kind = (await _unit_kinds()).get(unit_id) if unit_id is not None else None
    return roles_above(role_of_unit(kind)) if kind else ()


@cache.kept_for(KEPT_S)
async def _posts_of_unit(unit_id: UUID) -> tuple[tuple[UUID, str], ...]:
    rows = await database.fetch(
        "SELECT id, area FROM post WHERE unit_id = $1 AND ended_at IS NULL ORDER BY role, id",
        unit_id,
    )
    return tuple((row["id"], row["area"]) for row in rows)


@cache.kept_for(KEPT_S)
async def _unit_kinds() -> dict[UUID, str]:
    return {row["id"]: row["kind"] for row in await database.fetch("SELECT id, kind FROM unit")}
