"""A post as it is named on a page: its role, its unit, and whoever holds it now; its colleagues."""

from collections.abc import Iterable
from datetime import UTC, datetime
from operator import itemgetter
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


class _Office(Struct, frozen=True):
    """Who is in office in a unit, in which order, and from when to when just these are."""

    posts: tuple[tuple[UUID, str], ...]
    cards: tuple[PostCard, ...]
    since: datetime
    until: datetime


_offices: dict[tuple[UUID, tuple[bool, ...]], _Office] = cache.shelf()


async def colleagues(unit_id: UUID, at: datetime, path: str) -> tuple[PostCard, ...]:
    """Everybody in office in a unit at that instant, once each: by a post whose area has the place,
    if they hold one.
    """
    posts = await _posts_of_unit(unit_id)
    afar = tuple([not (area and path.startswith(area)) for _, area in posts])
    known = _offices.get((unit_id, afar))
    if known is None or known.posts is not posts or not known.since <= at < known.until:
        known = _offices[unit_id, afar] = await _office(posts, afar, at)
    return known.cards


async def _office(
    posts: tuple[tuple[UUID, str], ...], afar: tuple[bool, ...], at: datetime
) -> _Office:
    days, cards, answering = await calendar(), dict[UUID, PostCard](), list[Answering]()
    for _, post_id in sorted(zip(afar, (post_id for post_id, _ in posts), strict=True), key=_FIRST):
        found = await post(post_id)
        if found is None:
            continue
        answering.append(found)
        card = _card(post_id, found, at, days)
        if card.account_id is not None:
            cards.setdefault(card.account_id, card)
    return _Office(posts, tuple(cards.values()), *_the_same(answering, at))


def _the_same(answering: Iterable[Answering], at: datetime) -> tuple[datetime, datetime]:
    """The stretch of time around `at` in which the same people hold these posts; none where it
    turns with the hour: by a roster, or by whose number is shown on duty.
    """
    times = [at.min.replace(tzinfo=UTC), at.max.replace(tzinfo=UTC)]
    for one in answering:
        if one.shifts or any(held.phone for held in one.holders):
            return at, at
        times += [each for held in one.holders for each in (held.from_at, held.to_at) if each]
        times += [one.ended_at] if one.ended_at else []
    return max(each for each in times if each <= at), min(each for each in times if each > at)


_FIRST = itemgetter(0)


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
