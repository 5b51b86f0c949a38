"""The posts of a unit as they are set up: everybody who holds one, its hours, its shifts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server.base import clock, database
from server.base.viewer import OUTSIDE_ROLES
from server.org.answering import COLUMNS, HELD, Answering, as_answering, time_of
from server.org.duty import DutyHours, Shift
from server.places import under

_POSTS = f"""SELECT {COLUMNS}, p.area, a.id AS appointment_id, a.leave_id, pl.full_name AS place
    FROM post p JOIN unit u ON u.id = p.unit_id {HELD} LEFT JOIN place pl ON pl.path = p.area"""
_OUTSIDE = "(" + ", ".join(f"'{role}'" for role in sorted(OUTSIDE_ROLES)) + ")"
_EXISTS = "(p.ended_at IS NULL OR p.ended_at > $2)"
_IN_ORDER = "ORDER BY length(p.area), p.role, p.area, p.id, a.from_at, a.id"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Appointed:
    """One row of who holds a post, stands in, or is away."""

    id: UUID
    account_id: UUID
    name: str
    kind: str  # holder deputy away
    from_at: datetime
    to_at: datetime | None
    for_account_id: UUID | None
    leave_id: UUID | None


@dataclass(frozen=True, slots=True)
class PostOnRoster:
    """A post that exists, as it is set up."""

    id: UUID
    role: str
    unit_id: UUID
    unit_name: str
    area: str
    place: str  # what the area is called
    answering: Answering
    appointed: tuple[Appointed, ...]
    hours: tuple[DutyHours, ...]
    shifts: dict[int, Shift]

    def names(self) -> dict[UUID, str]:
        """What everybody who ever had to do with it is called."""
        return {one.account_id: one.name for one in self.appointed}


@dataclass(frozen=True, slots=True)
class LeaveTaken:
    """One leave somebody takes, with who stands in."""

    id: UUID
    account_id: UUID
    name: str
    from_at: datetime
    to_at: datetime
    deputy_id: UUID | None
    deputy_name: str


async def posts_of_unit(unit_id: UUID) -> list[PostOnRoster]:
    """Every post of a unit that was not abolished, the widest areas first."""
    return await _posts(f"{_POSTS} WHERE p.unit_id = $1 AND {_EXISTS} {_IN_ORDER}", unit_id)


async def post_on_roster(post_id: UUID) -> PostOnRoster | None:
    """One post, if it was not abolished."""
    found = await _posts(f"{_POSTS} WHERE p.id = $1 AND {_EXISTS} {_IN_ORDER}", post_id)
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class KindOfPost:
    """That a unit has posts of a role, and the first of their areas."""

    unit_id: UUID
    unit_name: str
    role: str
    area: str


async def posts_by_unit(areas: Iterable[str], *, everywhere: bool) -> list[KindOfPost]:
    """Which units have posts of which roles at and under these nodes, or anywhere; by unit name."""
    ranges = [("", "~")] if everywhere else [under(area) for area in sorted(set(areas)) if area]
    if not ranges:
        return []
    starts = range(1, 2 * len(ranges), 2)
    inside = " OR ".join(f"(p.area >= ${at} AND p.area < ${at + 1})" for at in starts)
    rows = await database.fetch(
        "SELECT u.id AS unit_id, u.name AS unit_name, p.role, min(p.area) AS area"
        f" FROM post p JOIN unit u ON u.id = p.unit_id WHERE p.ended_at IS NULL AND ({inside})"
        f" AND p.role NOT IN {_OUTSIDE} GROUP BY u.id, u.name, p.role ORDER BY u.name, p.role",
        *(end for ends in ranges for end in ends),
    )
    return [KindOfPost(**row) for row in rows]


async def posts_with_leave(leave_id: UUID) -> list[PostOnRoster]:
    """The posts a leave is about."""
    marked = "SELECT post_id FROM appointment WHERE leave_id = $1"
    return await _posts(f"{_POSTS} WHERE p.id IN ({marked}) AND {_EXISTS} {_IN_ORDER}", leave_id)


async def leaves_of(account_ids: set[UUID], now: datetime) -> list[LeaveTaken]:
    """The leaves these people take or stand in for, that are not over; the next first."""
    if not account_ids:
        return []
    marks, values = database.in_list(account_ids, start=2)
    rows = await database.fetch(
        "SELECT l.id, l.account_id, l.from_at, l.to_at, l.deputy_id, a.name, d.name AS deputy_name"
        " FROM leave l JOIN account a ON a.id = l.account_id"
        " LEFT JOIN account d ON d.id = l.deputy_id"
        " WHERE l.to_at > $1 AND l.taken_back_at IS NULL"
        f" AND (l.account_id IN {marks} OR l.deputy_id IN {marks}) ORDER BY l.from_at, l.id",
        now,
        *values,
    )
    return [LeaveTaken(**row | {"deputy_name": row["deputy_name"] or ""}) for row in rows]


async def leave(leave_id: UUID, now: datetime) -> LeaveTaken | None:
    """One leave that is not over and was not taken back."""
    row = await database.fetch_one("SELECT account_id FROM leave WHERE id = $1", leave_id)
    found = await leaves_of({row["account_id"]}, now) if row else []
    return next((one for one in found if one.id == leave_id), None)


async def has_shown_number(account_id: UUID) -> bool:
    """Whether somebody ever agreed to have a number of theirs on the sign."""
    row = await database.fetch_one(
        "SELECT agreed_at FROM shown_phone WHERE account_id = $1", account_id
    )
    return row is not None


async def shown_number(account_id: UUID) -> Row | None:
    """What is kept of a number on the sign: sealed, since when; None where there is none now."""
    return await database.fetch_one(
        "SELECT phone_sealed, agreed_at FROM shown_phone"
        " WHERE account_id = $1 AND withdrawn_at IS NULL",
        account_id,
    )


async def _posts(sql: str, wanted: UUID) -> list[PostOnRoster]:
    rows = await database.fetch(sql, wanted, clock.now())
    times = await _times({row["post_id"] for row in rows})
    groups: dict[UUID, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["post_id"], []).append(row)
    return [_post(group, times.get(post_id, {})) for post_id, group in groups.items()]


def _post(group: list[Row], times: dict[int, DutyHours | Shift]) -> PostOnRoster:
    first = group[0]
    shifts = {key: one for key, one in times.items() if isinstance(one, Shift)}
    return PostOnRoster(
        id=first["post_id"],
        role=first["post_role"],
        unit_id=first["unit_id"],
        unit_name=first["unit_name"],
        area=first["area"],
        place=first["place"] or "",
        answering=as_answering(group, {first["post_id"]: list(times.values())}),
        appointed=tuple(_appointed(row) for row in group if row["account_id"] is not None),
        hours=tuple(one for one in times.values() if isinstance(one, DutyHours)),
        shifts=shifts,
    )


def _appointed(row: Row) -> Appointed:
    return Appointed(
        id=row["appointment_id"],
        account_id=row["account_id"],
        name=row["name"] or "",
        kind=row["kind"],
        from_at=row["held_from"],
        to_at=row["held_to"],
        for_account_id=row["for_account_id"],
        leave_id=row["leave_id"],
    )


async def _times(post_ids: set[UUID]) -> dict[UUID, dict[int, DutyHours | Shift]]:
    marks, values = database.in_list(post_ids, start=1)
    rows = await database.fetch(
        "SELECT id, post_id, days, starts, ends, account_id, title, on_day, every_days, until_on"
        f" FROM duty WHERE post_id IN {marks} ORDER BY id",
        *values,
    )
    found: dict[UUID, dict[int, DutyHours | Shift]] = {}
    for row in rows:
        found.setdefault(row["post_id"], {})[row["id"]] = time_of(row)
    return found
