"""Who is responsible here, now: one question, asked by codes, dispatch and contact."""

import dataclasses
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from server.base import cache
from server.base.spans import Calendar
from server.org import duty
from server.org.answering import Answering, along, post
from server.org.calendar import calendar
from server.org.roles import AT_WORK, INSTEAD, LAST_RESORT, role_above, role_title
from server.org.turns import InTurn, by_hours, in_turn, phone_of
from server.places import Ground, covering_paths

_MOST_KNOWN = 1_000
# What is done at one instant asks for the same people again: to hold, to tell, for the receipt.
_known: dict[tuple[str, str, datetime], "Responsible | None"] = cache.shelf()


class Responsible(Struct, frozen=True):
    """Who answers: a post with whoever holds it now, or a unit as a whole (`post_id` None)."""

    post_id: UUID | None
    unit_id: UUID
    account_id: UUID | None
    name: str
    role: str
    role_title: str
    unit_name: str
    on_duty: bool
    hours: str
    next_duty: datetime | None
    phone: str | None
    stands_in_for: str | None = None  # the absent holder's name


class Barred(Struct, frozen=True):
    """Posts and people a question passes over, as if they were not there."""

    posts: frozenset[UUID] = frozenset()
    accounts: frozenset[UUID] = frozenset()


async def responsible_for(
    ground: Ground, role: str, at: datetime, *, but: Barred | None = None
) -> Responsible | None:
    """Who answers for this ground in this role; the nearest responsibility wins.

    A post nobody holds, whose holders are all away, or whose roster has a gap, passes the question
    on (网格员 → 网格长 → 社区 → 街道): see `roles.INSTEAD`; in the end the duty post has it.
    None only if nobody along that line was ever to answer here.
    """
    asked = (ground.path, role, at)
    if but is None and asked in _known:
        return _known[asked]
    answering = await along(asked_paths(ground))
    days = await calendar()
    if but is not None:
        return _first(role, _without(but, answering), at, days)
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    found = _known[asked] = _first(role, answering, at, days)
    return found


def _without(but: Barred, answering: tuple[Answering, ...]) -> tuple[Answering, ...]:
    return tuple(
        dataclasses.replace(
            one, holders=tuple(h for h in one.holders if h.account_id not in but.accounts)
        )
        for one in answering
        if one.post_id not in but.posts
    )


def _first(
    role: str, answering: tuple[Answering, ...], at: datetime, days: Calendar
) -> Responsible | None:
    line = (role, *INSTEAD.get(role, ()))
    found = _nearest(line, answering, at, days)
    if found is None and any(one.role in line and one.answers(at) for one in answering):
        return _nearest(LAST_RESORT, answering, at, days)
    return found


async def answers_for(
    post_id: UUID | None, unit_id: UUID | None, ground: Ground, at: datetime
) -> Responsible | None:
    """Whoever answers for what this post holds, or this whole unit, with their hours as of now.

    None once the post is abolished; without an account while nobody holds it or all are away.
    """
    days = await calendar()
    if post_id is not None:
        found = await post(post_id)
        if found is None or not found.answers(at):
            return None
        return _as_post(found, at, days, in_turn(found, at, days))
    answering = await along(asked_paths(ground))
    units = (one for one in answering if one.post_id is None and one.unit_id == unit_id)
    unit = next((one for one in units if one.answers(at)), None)
    return _of_unit(unit, answering, at, days) if unit else None


async def superior(
    ground: Ground, role: str, at: datetime, *, but: Barred | None = None
) -> Responsible | None:
    """Who stands one level above this role at this ground; None above the street's leader."""
    above = role_above(role)
    return await responsible_for(ground, above, at, but=but) if above else None


def asked_paths(ground: Ground) -> tuple[str, ...]:
    """Nobody is responsible for one room alone: neighbours share an answer in memory."""
    paths = covering_paths(ground)
    return paths[:-1] if ground.kind == "room" else paths


def _nearest(
    line: tuple[str, ...], answering: tuple[Answering, ...], at: datetime, days: Calendar
) -> Responsible | None:
    for asked in line:
        for one in answering:
            found = _answer(one, at, days) if one.role == asked else None
            if found is not None:
                return found if one.post_id else _of_unit(one, answering, at, days)
    return None


def _answer(one: Answering, at: datetime, days: Calendar) -> Responsible | None:
    if not one.answers(at):
        return None
    if one.post_id is None:
        return _as_unit(one, at, days)
    stands = in_turn(one, at, days)
    return _as_post(one, at, days, stands) if stands is not None else None


def _of_unit(
    unit: Answering, answering: tuple[Answering, ...], at: datetime, days: Calendar
) -> Responsible:
    """A whole unit: at work when its people here are, else in office hours."""
    found, role = _as_unit(unit, at, days), AT_WORK.get(unit.role)
    for one in answering:
        people = _answer(one, at, days) if one.role == role else None
        if people is not None and people.unit_id == unit.unit_id:
            return replace(
                found, on_duty=people.on_duty, hours=people.hours, next_duty=people.next_duty
            )
    return found


def _as_unit(one: Answering, at: datetime, days: Calendar) -> Responsible:
    on_duty = days.is_open(at)
    return Responsible(
        post_id=None,
        unit_id=one.unit_id,
        account_id=None,
        name=one.unit_name,
        role=one.role,
        role_title=role_title(one.role),
        unit_name=one.unit_name,
        on_duty=on_duty,
        hours="",
        next_duty=None if on_duty else days.next_open(at),
        phone=one.phone,
    )


def _as_post(one: Answering, at: datetime, days: Calendar, stands: InTurn | None) -> Responsible:
    """The post with whoever stands for it; with whoever holds it where nobody does now."""
    if stands is None and (holding := one.holding(at)):
        stands = by_hours(one, holding[0], at, days)
    first = stands.first if stands else None
    return Responsible(
        post_id=one.post_id,
        unit_id=one.unit_id,
        account_id=first.account_id if first else None,
        name=first.name if first else "",
        role=one.role,
        role_title=role_title(one.role),
        unit_name=one.unit_name,
        on_duty=stands.on_duty if stands else duty.is_on(one.hours, at, days),
        hours=duty.told(one.hours) or (duty.told_shifts(one.shifts) if one.shifts else ""),
        next_duty=_next_duty(one, at, days, stands),
        phone=phone_of(one, stands),
        stands_in_for=one.stood_in_for(first, at) if first else None,
    )


def _next_duty(
    one: Answering, at: datetime, days: Calendar, stands: InTurn | None
) -> datetime | None:
    if stands is not None:
        return stands.next_duty
    return None if duty.is_on(one.hours, at, days) else duty.next_on(one.hours, at, days)
