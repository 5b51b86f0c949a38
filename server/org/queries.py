"""Who is responsible here, now: one question, asked by codes, dispatch and contact."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from server.base import cache, database
from server.base.spans import Calendar
from server.base.viewer import HeldPost
from server.org import duty
from server.org.answering import KEPT_S, Answering, along, runs
from server.org.calendar import calendar
from server.org.roles import (
    AT_WORK,
    CONTACT_ROLES,
    INSTEAD,
    UNIT_ROLES,
    role_above,
    role_title,
)
from server.org.town import town
from server.places import Ground, covering_paths


@dataclass(frozen=True, slots=True)
class Responsible:
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


@dataclass(frozen=True, slots=True)
class Contact:
    """One of the three people on the sign: who answers for this place in a role, as of now."""

    post_id: UUID
    role: str
    role_title: str
    name: str
    unit_name: str
    unit_id: UUID
    on_duty: bool
    hours: str
    next_duty: datetime | None
    phone: str | None
    stands_in_for: str | None = None


@dataclass(frozen=True, slots=True)
class PhoneHere:
    """A number that serves this place."""

    kind: str
    title: str
    number: str


async def responsible_for(ground: Ground, role: str, at: datetime) -> Responsible | None:
    """Who answers for this ground in this role; the nearest responsibility wins.

    A post nobody holds passes the question on (网格员 → 网格长 → 社区 → 街道): see `roles.INSTEAD`.
    None only if nobody along that line answers here.
    """
    answering = await along(_asked_paths(ground))
    days = await calendar()
    for asked in (role, *INSTEAD.get(role, ())):
        for one in answering:
            found = _answer(one, at, days) if one.role == asked else None
            if found is not None:
                people = _at_work(one, answering, at, days)
                return _with_hours_of(people, found) if people else found
    return None


async def contacts(ground: Ground, at: datetime) -> list[Contact]:
    """The people to name on a code's page: 网格员, 网格民警, 物业, each as of now."""
    shown = []
    for role in CONTACT_ROLES:
        found = await responsible_for(ground, role, at)
        if found is not None and found.post_id is not None:
            shown.append(_contact(found, found.post_id))
    return list({contact.post_id: contact for contact in shown}.values())


async def superior(ground: Ground, role: str, at: datetime) -> Responsible | None:
    """Who stands one level above this role at this ground; None above the street's leader."""
    above = role_above(role)
    return await responsible_for(ground, above, at) if above else None


async def units_for_dispatch(ground: Ground) -> list[tuple[UUID, str]]:
    """The units that may be dispatched to here: the firm first, then the trades."""
    found: dict[UUID, str] = {}
    answering = await along(_asked_paths(ground))
    for role in UNIT_ROLES:
        for one in answering:
            if one.role == role and one.to_at is None and one.post_id is None:
                found.setdefault(one.unit_id, f"{one.unit_name}（{role_title(role)}）")
                break
    return list(found.items())


async def phones_for(ground: Ground) -> list[PhoneHere]:
    """Utility and rescue numbers that serve this place; of one kind the nearest."""
    rows = await _phones(_asked_paths(ground))
    return list({row.kind: row for row in rows}.values())


async def duty_phone(ground: Ground) -> str:
    """The number somebody answers day and night."""
    numbers = [phone.number for phone in await phones_for(ground) if phone.kind == "duty"]
    return numbers[-1] if numbers else (await town()).phone


async def posts_of(account_id: UUID, at: datetime) -> tuple[HeldPost, ...]:
    """The posts this account holds at this instant, as holder or as deputy."""
    return tuple(held for held, since, until in await _held(account_id) if runs(since, until, at))


async def unit_name(unit_id: UUID) -> str:
    return (await unit_names()).get(unit_id, "")


@cache.kept_for(KEPT_S)
async def unit_names() -> dict[UUID, str]:
    """What every unit is called."""
    return {row["id"]: row["name"] for row in await database.fetch("SELECT id, name FROM unit")}


def _asked_paths(ground: Ground) -> tuple[str, ...]:
    """Nobody is responsible for one room alone: neighbours share an answer in memory."""
    paths = covering_paths(ground)
    return paths[:-1] if ground.kind == "room" else paths


def _answer(one: Answering, at: datetime, days: Calendar) -> Responsible | None:
    if not one.answers(at):
        return None
    if one.post_id is None:
        return _as_unit(one, at, days)
    return _as_post(one, at, days) if one.holding(at) else None


def _at_work(
    unit: Answering, answering: tuple[Answering, ...], at: datetime, days: Calendar
) -> Responsible | None:
    """Whoever works for a unit here: a firm is at work when its manager is."""
    role = AT_WORK.get(unit.role)
    for one in answering if unit.post_id is None and role else ():
        if one.role == role and one.unit_id == unit.unit_id:
            return _answer(one, at, days)
    return None


def _with_hours_of(people: Responsible, unit: Responsible) -> Responsible:
    return replace(unit, on_duty=people.on_duty, hours=people.hours, next_duty=people.next_duty)


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


def _as_post(one: Answering, at: datetime, days: Calendar) -> Responsible:
    on_duty, holding = duty.is_on(one.hours, at, days), one.holding(at)
    absent = [held.name for held in holding if held.kind == "holder"]
    first = holding[0] if holding else None
    return Responsible(
        post_id=one.post_id,
        unit_id=one.unit_id,
        account_id=first.account_id if first else None,
        name=first.name if first else "",
        role=one.role,
        role_title=role_title(one.role),
        unit_name=one.unit_name,
        on_duty=on_duty,
        hours=duty.told(one.hours),
        next_duty=None if on_duty else duty.next_on(one.hours, at, days),
        phone=one.phone,
        stands_in_for=absent[0] if absent and first and first.kind == "deputy" else None,
    )


def _contact(found: Responsible, post_id: UUID) -> Contact:
    return Contact(
        post_id=post_id,
        role=found.role,
        role_title=found.role_title,
        name=found.name,
        unit_name=found.unit_name,
        unit_id=found.unit_id,
        on_duty=found.on_duty,
        hours=found.hours,
        next_duty=found.next_duty,
        phone=found.phone,
        stands_in_for=found.stands_in_for,
    )


@cache.kept_for(KEPT_S)
async def _phones(paths: tuple[str, ...]) -> tuple[PhoneHere, ...]:
    marks, values = database.in_list(paths, start=1)
    rows = await database.fetch(
        f"SELECT path, kind, title, number FROM place_phone WHERE path IN {marks}"
        " ORDER BY length(path), id",
        *values,
    )
    return tuple(PhoneHere(row["kind"], row["title"], row["number"]) for row in rows)


@cache.kept_for(KEPT_S)
async def _held(
    account_id: UUID,
) -> tuple[tuple[HeldPost, datetime, datetime | None], ...]:
    rows = await database.fetch(
        """SELECT p.id, p.role, p.area, p.unit_id, p.ended_at, u.name, a.from_at, a.to_at
        FROM appointment a JOIN post p ON p.id = a.post_id JOIN unit u ON u.id = p.unit_id
        WHERE a.account_id = $1 ORDER BY a.from_at, p.id""",
        account_id,
    )
    return tuple(
        (
            HeldPost(
                row["id"],
                row["role"],
                role_title(row["role"]),
                row["unit_id"],
                row["name"],
                row["area"],
            ),
            row["from_at"],
            min((end for end in (row["to_at"], row["ended_at"]) if end), default=None),
        )
        for row in rows
    )
