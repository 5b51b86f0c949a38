"""What a move asks to be given: the short words it is written in, and reading what was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from server.base.errors import FieldError
from server.base.fields import Field, NotTaken
from server.flows.errors import WrongGiven

if TYPE_CHECKING:
    from server.flows.structure import Flow, Move


_CHOSEN = frozenset({"choice", "id", "ids", "key"})


@dataclass(frozen=True, slots=True)
class Need:
    """One word of `needs`: one of `fields` must be given, or may be (`optional`).

    Only where the given `if_field` is `if_value`, when those are set. `fact` stands for the needs
    which the flow's `asks` lists under the value of that fact.
    """

    fields: tuple[str, ...]
    optional: bool = False
    if_field: str = ""
    if_value: str = ""
    fact: str = ""

    def __str__(self) -> str:
        if self.fact:
            return f"@{self.fact}"
        condition = f"{self.if_field}:{self.if_value}>" if self.if_field else ""
        return condition + "|".join(self.fields) + ("?" if self.optional else "")


def read_needs(text: str) -> tuple[Need, ...]:
    """ "text photos? unit|reason outcome:planned>until @evidence" → what is asked."""
    return tuple(_read(word) for word in text.split())


def _read(word: str) -> Need:
    if word.startswith("@"):
        return Need((), fact=word[1:])
    condition, arrow, asked = word.rpartition(">")
    field, _, value = condition.partition(":")
    optional = asked.endswith("?")
    return Need(tuple(asked.rstrip("?").split("|")), optional, field if arrow else "", value)


def asked_of(flow: "Flow", move: "Move", facts: Mapping[str, Any]) -> tuple[Need, ...]:
    """The needs of a move in this case, every `@fact` replaced by what it stands for."""
    if not any(need.fact for need in move.needs):
        return move.needs
    found: list[Need] = []
    for need in move.needs:
        known = flow.asks[need.fact].get(str(facts.get(need.fact)), ()) if need.fact else (need,)
        found += [one for one in known if one not in found]
    return tuple(found)


def on_the_wire(needs: tuple[Need, ...]) -> tuple[str, ...]:
    """The same as phones read it: "text", "photos?", "category|text"; a conditional one is "?"."""
    words: dict[str, None] = {}
    for need in needs:
        if need.if_field:
            words |= dict.fromkeys(f"{one}?" for one in need.fields)
        else:
            words["|".join(need.fields) + ("?" if need.optional else "")] = None
    return tuple(words)


def shown(flow: "Flow", needs: tuple[Need, ...]) -> tuple[tuple[str, ...], tuple[Field, ...]]:
    """What is asked: as phones read it, and each of its fields."""
    names = dict.fromkeys(name for need in needs for name in need.fields)
    return on_the_wire(needs), tuple(flow.known_fields[name] for name in names)


def read_given(
    flow: "Flow", needs: tuple[Need, ...], sent: Mapping[str, Any], today: date
) -> dict[str, Any]:
    """What was sent, cleaned. Raises WrongGiven naming every field that is wrong or lacking."""
    wrong: list[FieldError] = []
    given: dict[str, Any] = {}
    known = {name for need in needs for name in need.fields}
    for name, raw in sent.items():
        if name not in known:
            if raw not in (None, "", [], ()):
                wrong.append(FieldError(str(name), "not-asked", "这一步用不着这一项。"))
            continue
        try:
            value = flow.known_fields[name].take(raw, today=today)
        except NotTaken as no:
            wrong.append(FieldError(name, no.code, no.detail))
            continue
        if value is not None:
            given[name] = value
    refused = {error.field for error in wrong}
    wrong += [
        FieldError(need.fields[0], "required", _lacking(flow, need))
        for need in needs
        if _lacks(need, given) and refused.isdisjoint(need.fields)
    ]
    if wrong:
        raise WrongGiven(*wrong)
    return given


def _lacks(need: Need, given: Mapping[str, Any]) -> bool:
    if need.optional or (need.if_field and given.get(need.if_field) != need.if_value):
        return False
    return not any(name in given for name in need.fields)


def _lacking(flow: "Flow", need: Need) -> str:
    """Of one field not its name: every surface has a label of its own for it."""
    if len(need.fields) > 1:
        titles = "、".join(f"“{flow.known_fields[name].title}”" for name in need.fields)
        return f"{titles}至少要有一样。"
    return "要选一个。" if flow.known_fields[need.fields[0]].kind in _CHOSEN else "不能空着。"
