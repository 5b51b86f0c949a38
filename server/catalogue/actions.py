"""Giving a town its first catalogue."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from server.base import cache, database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.catalogue.defaults import BY_NIGHT, CATEGORIES, OWNERS
from server.catalogue.models import Category, DispatchRule

_BY_DAY, _AT_NIGHT = 10, 20


async def seed(*, make_id: Callable[[], UUID] = new_id) -> None:
    """Write the default categories and dispatch rules; a catalogue that has any stays as it is."""
    if await database.fetch_value("SELECT count(*) AS n FROM category"):
        return
    async with unit_of_work() as unit:
        unit.bulk(Category, category_rows())
        unit.bulk(DispatchRule, [row | {"id": make_id()} for row in rule_rows()])
    cache.clear()


def category_rows() -> list[dict[str, Any]]:
    return [_category(rank, *line) for rank, line in enumerate(CATEGORIES, start=1)]


def rule_rows() -> list[dict[str, Any]]:
    """The dispatch rules without ids."""
    rows = [_rule(key, None, owner) for key, owner in OWNERS.items() if isinstance(owner, str)]
    for key, owners in OWNERS.items():
        if isinstance(owners, tuple):
            inside, outside = owners
            rows += [_rule(key, True, inside), _rule(key, False, outside)]
    for key, starts, ends, owner in BY_NIGHT:
        rows.append(_rule(key, None, owner) | {"starts": starts, "ends": ends})
        rows[-1]["weight"] = _AT_NIGHT
    return rows


def _category(
    rank: int, key: str, title: str, icon: str, respond: str, /, *rest: str | None
) -> dict[str, Any]:
    resolve, flags, covers, evidence, advice, escalate = rest
    flagged = (flags or "").split()
    return {
        "key": key,
        "title": title,
        "icon": icon,
        "rank": rank,
        "respond": respond,
        "resolve": resolve,
        "direct": "direct" in flagged,
        "public": "hidden" not in flagged,
        "conceal": "conceal" in flagged,
        "covers": covers,
        "evidence": evidence,
        "urgent": "urgent" in flagged,
        "advice": advice,
        "escalate": escalate,
        "gb_code": None,
        "retired_at": None,
    }


def _rule(key: str, inside_estate: bool | None, owner: str) -> dict[str, Any]:
    return {
        "category_key": key,
        "inside_estate": inside_estate,
        "starts": None,
        "ends": None,
        "owner": owner,
        "weight": _BY_DAY,
    }
