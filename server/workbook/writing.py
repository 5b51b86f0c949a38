"""Writing a checked file through the front doors of those whose rows they are.

Every lot stands by itself and what stands is not written again: the same file twice changes
nothing, and one that was interrupted is made whole by sending it again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from server import catalogue, codes, merchants, org, people, places
from server.base.revision import Revision
from server.workbook.checking import Checked
from server.workbook.draft import Draft
from server.workbook.standing import Values

Told = Callable[[str, int], object]  # what is being written, and how much of it was just now

# What is written after the ground, in this order: nothing before what it names.
_THEN = (
    *("holidays", "units", "staff", "posts", "leave", "answering", "phones", "categories", "rules"),
    *("merchants", "codes"),
)


@dataclass
class Written:
    """How much was new, and how much was changed, by what was written."""

    new: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)

    def add(self, what: str, revision: Revision) -> None:
        self.new[what], self.changed[what] = revision.new, revision.changed

    @property
    def nothing(self) -> bool:
        """Whether everything stood already."""
        return not any(self.new.values()) and not any(self.changed.values())


async def write(checked: Checked, *, told: Told = lambda what, count: None) -> Written:
    """Write every good row of a checked file; of a sheet that is refused there is none.

    The file as it was understood is let go of: what is wrong with it has been told.
    """
    draft, written = checked.draft, Written()
    draft.sent.lines.clear()
    draft.grounds.clear()
    for values in draft.rows["town"]:
        written.changed["town"] = int(await org.refound_town(**values))
    ground = await places.replant(
        draft.planting,
        draft.standing.ground,
        draft.touched,
        told=lambda count: told("places", count),
    )
    written.add("places", ground)
    for what in _THEN:
        written.add(what, await _WRITES[what](draft, lambda count, what=what: told(what, count)))
    return written


async def _holidays(draft: Draft, told: Any) -> Revision:
    return await org.revise_holidays(draft.rows["holidays"], told=told)


async def _units(draft: Draft, told: Any) -> Revision:
    change = org.Reorganizing(draft.standing.org)
    for values in draft.rows["units"]:
        names = ("id", "kind", "name", "parent_id", "phone")
        change.unit({name: values[name] for name in names} | {"area": values["path"]})
    return await change.write(told)


async def _staff(draft: Draft, told: Any) -> Revision:
    return await people.revise_staff(draft.rows["staff"], told=told)


async def _posts(draft: Draft, told: Any) -> Revision:
    change = org.Reorganizing(draft.standing.org)
    for values in draft.rows["posts"]:
        names = ("id", "unit_id", "role", "phone", "show_phone")
        wanted = {name: values[name] for name in names}
        change.post(wanted | {"area": values["path"], "ended_at": None})
        _held(draft, change, values)
    for values in draft.rows["hours"]:
        change.on_duty(values["post_id"], values["hours"])
    for values in draft.rows["shifts"]:
        change.in_turn(values["post_id"], values["shifts"])
    return await change.write(told)


def _held(draft: Draft, change: org.Reorganizing, values: Values) -> None:
    """Who holds the post and where it answers, as far as the file says anything new."""
    before = draft.standing.rows["posts"].get(values["key"], {})
    if values["holder"] != before.get("holder", []):
        change.held_by(values["id"], [draft.staff[login] for login in values["holder"]])
    if sorted(values["answers"] or []) != before.get("answers", []):
        change.post_answers(values["id"], values["role"], values["paths"])


async def _leave(draft: Draft, told: Any) -> Revision:
    change = org.Reorganizing(draft.standing.org)
    for values in draft.rows["leave"]:
        deputy = draft.staff[values["deputy"]] if values["deputy"] else None
        names = ("since", "until", "away_from", "stood_in_at")
        span = {name: values[name] for name in names}
        change.on_leave(draft.staff[values["who"]], deputy_id=deputy, **span)
    return await change.write(told)


async def _answering(draft: Draft, told: Any) -> Revision:
    change = org.Reorganizing(draft.standing.org)
    for values in draft.rows["answering"]:
        change.unit_answers(values["path"], values["role"], values["unit_id"])
    return await change.write(told)


async def _phones(draft: Draft, told: Any) -> Revision:
    change = org.Reorganizing(draft.standing.org)
    for values in draft.rows["phones"]:
        change.phone({name: values[name] for name in ("path", "kind", "title", "number")})
    return await change.write(told)


async def _categories(draft: Draft, told: Any) -> Revision:
    return await catalogue.revise_categories(draft.rows["categories"], told=told)


async def _rules(draft: Draft, told: Any) -> Revision:
    return await catalogue.revise_rules(draft.rows["rules"], told=told)


async def _merchants(draft: Draft, told: Any) -> Revision:
    return await merchants.revise_merchants(draft.rows["merchants"], told=told)


async def _codes(draft: Draft, told: Any) -> Revision:
    return await codes.put_up(draft.rows["codes"], told=told)


_WRITES = {
    "holidays": _holidays,
    "units": _units,
    "staff": _staff,
    "posts": _posts,
    "leave": _leave,
    "answering": _answering,
    "phones": _phones,
    "categories": _categories,
    "rules": _rules,
    "merchants": _merchants,
    "codes": _codes,
}
