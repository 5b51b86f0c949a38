"""Who and what serves a place: the people on its sign, units, phones; and which posts one holds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server.base import cache, clock, database
from server.base.viewer import HeldPost
from server.org.answering import KEPT_S, Answering, along, runs, steady
from server.org.responsible import Responsible, answers_for, asked_paths, responsible_for
from server.org.roles import (
    CONTACT_ROLES,
    UNIT_ROLES,
    role_title,
)
from server.org.town import town
from server.places import Ground


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


async def contacts(ground: Ground, at: datetime) -> list[Contact]:
    """The people to name on a code's page: 网格员, 网格民警, 物业, each as of now."""
    shown = []
    for role in CONTACT_ROLES:
        found = await responsible_for(ground, role, at)
        if found is not None and found.post_id is not None:
            shown.append(_contact(found, found.post_id))
    return list({contact.post_id: contact for contact in shown}.values())


async def contact_of_post(post_id: UUID, ground: Ground, at: datetime) -> Contact | None:
    """The same of one post, whatever its role, as of now; None for one that never was."""
    found = await answers_for(post_id, None, ground, at)
    return _contact(found, post_id) if found else None


async def units_for_dispatch(ground: Ground) -> list[tuple[UUID, str]]:
    """The units that may be dispatched to here, now: the firm first, then the trades.

    The very same list again while they are the same, and not to be changed.
    """
    paths, now = asked_paths(ground), clock.now()
    answering, kept = await along(paths), _dispatched.get(paths)
    if kept is None or kept.answering is not answering or not kept.since <= now < kept.until:
        if len(_dispatched) >= _MOST_DISPATCHED:
            _dispatched.clear()
        kept = _Dispatched(answering, *steady(answering, now), _units(answering, now))
        _dispatched[paths] = kept
    return kept.units


@dataclass(frozen=True, slots=True)
class _Dispatched:
    """Who may be dispatched to along some paths, and from when to when that is so."""

    answering: tuple[Answering, ...]
    since: datetime
    until: datetime
    units: list[tuple[UUID, str]]


_MOST_DISPATCHED = 2_000
_dispatched: dict[tuple[str, ...], _Dispatched] = cache.shelf()


def _units(answering: tuple[Answering, ...], now: datetime) -> list[tuple[UUID, str]]:
    """Trade by trade the nearest whole unit that answers now."""
    whole = [one for one in answering if one.post_id is None and one.answers(now)]
    found: dict[UUID, str] = {}
    for role in UNIT_ROLES:
        one = next((one for one in whole if one.role == role), None)
        if one is not None:
            found.setdefault(one.unit_id, f"{one.unit_name}（{role_title(role)}）")
    return list(found.items())


async def phones_for(ground: Ground) -> list[PhoneHere]:
    """Utility and rescue numbers that serve this place; of one kind the nearest."""
    rows = await _phones(asked_paths(ground))
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
        WHERE a.account_id = $1 AND a.kind <> 'away' ORDER BY a.from_at, p.id""",
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
