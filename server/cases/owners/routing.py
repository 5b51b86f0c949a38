"""Whose is this now: from the rule a move names to the post or unit that takes the case.

Never ownerless, and never in the hands of those it complains about.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from server import catalogue, flows, org
from server.base.errors import wrong
from server.cases.errors import ConflictOfInterest
from server.cases.record.files import CaseFile
from server.places import Ground

# Where a case goes when nobody in the role, nor anybody above, can have it.
FALLBACKS = ("street_dispatcher", "community_secretary", "grid_leader", "duty_post")
ABOUT_THE_FIRM = "P06"
ABOUT_PEOPLE = frozenset({ABOUT_THE_FIRM, "C04"})  # about the firm or the staff of a place
ASKS_WHOM = ABOUT_PEOPLE - {ABOUT_THE_FIRM}  # only the resident can say about whom these are
FIRST_HOLDER = "grid_worker"


class Holder(Struct, frozen=True):
    """Who holds a row: a post, or a whole unit until one of its posts signs; or a resident."""

    post_id: UUID | None = None
    unit_id: UUID | None = None
    account_id: UUID | None = None
    key_hash: bytes | None = None


class About(Struct, frozen=True):
    """The post or unit a case complains about, if any; `inferred`: nobody named it, but its kind
    says so."""

    unit_id: UUID | None = None
    post_id: UUID | None = None
    inferred: bool = False

    def concerns(self, holder: Holder) -> bool:
        if holder.unit_id is not None and holder.unit_id == self.unit_id:
            return True
        return holder.post_id is not None and holder.post_id == self.post_id


async def about_of(category: str, ground: Ground, given: About, at: datetime) -> About:
    """Whom the case complains about: as said, or the firm of the place for its fees and manners."""
    said = About() if given.inferred else given
    if category != ABOUT_THE_FIRM or said.unit_id or said.post_id:
        return said
    firm = await org.responsible_for(ground, "property_firm", at)
    return About(unit_id=firm.unit_id, inferred=True) if firm else said


def about_facts(about: About) -> dict[str, Any]:
    """The same as facts of the case."""
    return {
        "about_unit_id": str(about.unit_id) if about.unit_id else None,
        "about_post_id": str(about.post_id) if about.post_id else None,
        "about_inferred": about.inferred or None,
    }


async def catalogue_owner(category: str, ground: Ground, about: About, at: datetime) -> Holder:
    """Whom the catalogue names for this place and category, now."""
    role = await catalogue.owner_role(category, ground, at)
    return await in_role(role, ground, about, at)


async def is_for_another(
    case: CaseFile, category: str, ground: Ground, about: About, at: datetime
) -> bool:
    """Whether the catalogue names for this category another than has the case."""
    owner = await catalogue_owner(category, ground, about, at)
    if owner.post_id is not None:
        return owner.post_id != case.main.post_id
    return owner.unit_id != case.main.unit_id


async def in_role(
    role: str, ground: Ground, about: About, at: datetime, *, but: org.Barred | None = None
) -> Holder:
    """Who answers in this role, or the nearest above whom the case does not complain about."""
    for candidate in (role, *FALLBACKS):
        found = await org.responsible_for(ground, candidate, at, but=but)
        while found is not None:
            holder = Holder(post_id=found.post_id, unit_id=found.unit_id)
            if not about.concerns(holder):
                return holder
            found = await org.superior(ground, found.role, at, but=but)
    raise ConflictOfInterest


async def above(
    before: flows.Holder | None,
    ground: Ground,
    about: About,
    at: datetime,
    *,
    but: org.Barred | None = None,
) -> Holder:
    """One level above whoever had it."""
    had = Holder(before.post_id, before.unit_id) if before is not None else Holder()
    roles = await org.standing_above(had.post_id, had.unit_id)
    return await in_role(roles[0] if roles else FALLBACKS[0], ground, about, at, but=but)


async def colleague(
    chosen: UUID, before: flows.Holder | None, about: About, at: datetime
) -> Holder:
    """The post somebody named: one of the unit that has the case, and held by somebody."""
    card = await org.post_card(chosen, at)
    if card is None or before is None or card.unit_id != before.unit_id or not card.account_id:
        raise wrong("post", "not-a-colleague", "只能转给本单位在岗的同事，请从列出的里面选。")
    holder = Holder(post_id=card.post_id, unit_id=card.unit_id)
    if about.concerns(holder):
        raise ConflictOfInterest
    return holder


async def given_unit(chosen: UUID, ground: Ground, about: About, *, field: str) -> Holder:
    """The unit a dispatcher named: one that may be sent to here and is not complained about."""
    if chosen not in {unit_id for unit_id, _ in await org.units_for_dispatch(ground)}:
        raise wrong(field, "not-a-unit-here", "这个单位不管这里，请从列出的单位里选。")
    holder = Holder(unit_id=chosen)
    if about.concerns(holder):
        raise ConflictOfInterest
    return holder


async def starts_at(case: CaseFile, ground: Ground) -> datetime | None:
    """When work on a new case begins, if nobody was on duty when it came and it can wait."""
    kind = (await catalogue.categories()).get(case.category)
    if kind is None or kind.urgent:
        return None
    role = FIRST_HOLDER
    if kind.direct or kind.key in ABOUT_PEOPLE:
        role = await catalogue.owner_role(kind.key, ground, case.opened_at)
    found = await org.responsible_for(ground, role, case.opened_at)
    return None if found is None or found.on_duty else found.next_duty


def about(case: CaseFile) -> About:
    inferred = bool(case.facts.get("about_inferred"))
    return About(unit_id=case.about_unit_id, post_id=case.about_post_id, inferred=inferred)
