"""What was given with a move besides words, as people read it: how long, to whom, how it ended."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from server import catalogue, org
from server.base import cache, dates
from server.base.fields import FIELDS
from server.base.viewer import OUTSIDE_ROLES
from server.cases import EventFile, given_of

# In the order they are read.
_SENTENCES = {
    "outcome": "{}",
    "solved": "{}",
    "rating": "{}",
    "category": "类型改为“{}”",
    "into": "并入{}",
    "unit": "单位：{}",
    "assist": "请{}协办",
    "post": "转给{}",
    "longer": "延长{}",
    "until": "定在{}",
}
_CHOICES = {
    key: dict(FIELDS[key].options) for key in _SENTENCES if key in FIELDS and FIELDS[key].options
}
_CHOICES["solved"] |= {"no": "没有解决"}  # the answer alone, without its question


async def names_given(events: Iterable[EventFile]) -> Mapping[str, str]:
    """What is called by an id or a key in these moves: categories, units, colleagues then, and the
    shops that made one."""
    names = dict[str, str]()
    for event in events:
        given = given_of(event)
        for key in filter(None, (given.get("unit"), *(given.get("assist") or ()))):
            names[key] = (await org.unit_names()).get(UUID(key), "")
        if key := given.get("post"):
            card = await org.post_card(UUID(key), event.at)
            names[key] = f"{card.role_title}{card.name}" if card else ""
        if event.by_role in OUTSIDE_ROLES and event.by_post_id is not None:
            card = await org.post_card(event.by_post_id, event.at)
            names[str(event.by_post_id)] = card.unit_name if card else ""
    titles = _TITLES.of(await catalogue.categories())
    return titles | names if names else titles


def _titles(kinds: Mapping[str, catalogue.CategoryRow]) -> dict[str, str]:
    return {key: kind.title for key, kind in kinds.items()}


_TITLES = cache.Derived(_titles)


def facts_given(given: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """One line of it; nothing where only words were given."""
    return "，".join(
        sentence.format(said)
        for name, sentence in _SENTENCES.items()
        if given.get(name) and (said := _said(name, given[name], names))
    )


def _said(name: str, value: Any, names: Mapping[str, str]) -> str:
    if name in _CHOICES:
        return _CHOICES[name].get(value, "")
    if name == "until":
        return dates.said_full(date.fromisoformat(value))
    if name == "into":
        return str(value)
    return "、".join(names.get(one, "") for one in (value if name == "assist" else [value]))
