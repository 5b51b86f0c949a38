"""Asking the catalogue: the kinds of report, who owns one here now, which to show first."""

from dataclasses import dataclass
from datetime import datetime

from server import org
from server.base import cache, clock, database
from server.catalogue.errors import NoSuchCategory
from server.catalogue.rules import CategoryRow, Rule, choose, roles_in_turn, shown_at
from server.places import Ground

_KEPT_S = 30
OTHER = "Z99"

__all__ = ["Tiles", "categories", "category", "owner_role", "tiles"]


@dataclass(frozen=True, slots=True)
class Tiles:
    """The kinds offered at a place: at most eight, then 其他, and the complete list behind it."""

    first: tuple[CategoryRow, ...]
    other: CategoryRow | None
    every: tuple[CategoryRow, ...]


@cache.kept_for(_KEPT_S)
async def categories() -> dict[str, CategoryRow]:
    """Every kind in use, by its key, in the order of the tiles."""
    rows = await database.fetch(
        "SELECT key, title, icon, rank, respond, resolve, direct, public, conceal, covers,"
        " evidence, urgent, advice, escalate, gb_code FROM category"
        " WHERE retired_at IS NULL ORDER BY rank, key"
    )
    flags = ("direct", "public", "conceal", "urgent")
    return {
        row["key"]: CategoryRow(**(row | {flag: bool(row[flag]) for flag in flags})) for row in rows
    }


async def category(key: str) -> CategoryRow:
    """The kind with this key. Raises NoSuchCategory, naming the field `category`."""
    found = (await categories()).get(key)
    if found is None:
        raise NoSuchCategory
    return found


async def owner_role(category_key: str, ground: Ground, at: datetime) -> str:
    """The responsibility role that owns such a report here at this hour, and is answered for.

    An estate without a firm is its community's; what nobody answers for is the street's.
    """
    rules = (await _rules()).get(category_key, ())
    local = at.astimezone((await org.calendar()).zone)
    role = choose(rules, ground.inside_estate, f"{local:%H:%M}")
    for asked in roles_in_turn(role):
        if await org.responsible_for(ground, asked, at) is not None:
            return asked
    return role


async def tiles(ground: Ground, at: datetime | None = None) -> Tiles:
    """What to offer at this place in this season."""
    known = await categories()
    today = (await org.calendar()).day_of(at or clock.now())
    first = tuple(known[key] for key in shown_at(ground, today) if key in known)
    return Tiles(first=first, other=known.get(OTHER), every=tuple(known.values()))


@cache.kept_for(_KEPT_S)
async def _rules() -> dict[str, tuple[Rule, ...]]:
    rows = await database.fetch(
        "SELECT category_key, inside_estate, starts, ends, owner, weight FROM dispatch_rule"
        " ORDER BY category_key, weight DESC, owner"
    )
    found: dict[str, tuple[Rule, ...]] = {}
    for row in rows:
        inside = None if row["inside_estate"] is None else bool(row["inside_estate"])
        rule = Rule(**(row | {"inside_estate": inside}))
        found[rule.category_key] = (*found.get(rule.category_key, ()), rule)
    return found
