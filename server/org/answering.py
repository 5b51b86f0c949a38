"""Reading who answers where: responsibilities with their posts, holders and hours, from the tables.

What is read here does not depend on the hour, so it can be kept for a while; `queries.py` says who
of them answers now.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from server.base import cache, database, seal
from server.base.keyring import SealError
from server.org.duty import DutyHours, Shift

KEPT_S = 30
AWAY = "away"
COLUMNS = """p.id AS post_id, p.role AS post_role, p.ended_at, p.show_phone, p.phone AS post_phone,
    u.id AS unit_id, u.name AS unit_name, u.phone AS unit_phone,
    a.account_id, a.kind, a.from_at AS held_from, a.to_at AS held_to, a.for_account_id, c.name,
    s.phone_sealed"""
HELD = """LEFT JOIN appointment a ON a.post_id = p.id LEFT JOIN account c ON c.id = a.account_id
    LEFT JOIN shown_phone s ON s.account_id = a.account_id"""

_EVER, _NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

Row = dict[str, Any]


def runs(since: datetime, until: datetime | None, at: datetime) -> bool:
    """Whether an instant lies in a half-open stretch of time."""
    return since <= at and (until is None or at < until)


@dataclass(frozen=True, slots=True)
class Holding:
    """An account that holds a post, stands in for a holder, or is away, from when to when.

    `phone` is a number of their own that they agreed to have on the sign.
    """

    account_id: UUID
    name: str
    kind: str  # holder deputy away
    from_at: datetime
    to_at: datetime | None
    for_account_id: UUID | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Answering:
    """A post or a whole unit (`post_id` None) with all it takes to say who it is at any instant."""

    role: str
    post_id: UUID | None
    ended_at: datetime | None
    unit_id: UUID
    unit_name: str
    phone: str | None
    holders: tuple[Holding, ...]
    hours: tuple[DutyHours, ...]
    shifts: tuple[Shift, ...] = ()
    path: str = ""
    from_at: datetime | None = None
    to_at: datetime | None = None

    def answers(self, at: datetime) -> bool:
        """Whether the responsibility runs and its post exists."""
        if self.from_at is not None and not runs(self.from_at, self.to_at, at):
            return False
        return self.ended_at is None or at < self.ended_at

    def holding(self, at: datetime) -> list[Holding]:
        """Who holds the post at this instant and is not away; deputies come before holders."""
        now = [held for held in self.holders if runs(held.from_at, held.to_at, at)]
        away = {held.account_id for held in now if held.kind == AWAY}
        here = (held for held in now if held.account_id not in away)
        return sorted(here, key=lambda held: (held.kind != "deputy", held.from_at))

    def stood_in_for(self, held: Holding, at: datetime) -> str | None:
        """The name of the holder this one stands in for, if so."""
        if held.kind != "deputy":
            return None
        now = (one for one in self.holders if runs(one.from_at, one.to_at, at))
        holders = [one for one in now if one.kind == "holder"]
        meant = [one for one in holders if one.account_id == held.for_account_id]
        return next((one.name for one in (*meant, *holders)), None)


def steady(answering: Iterable[Answering], at: datetime) -> tuple[datetime, datetime]:
    """The stretch of time around `at` in which the same of these responsibilities run."""
    times = ((one.from_at, one.to_at, one.ended_at) for one in answering)
    known = [each for of_one in times for each in of_one if each is not None]
    return (
        max((each for each in known if each <= at), default=_EVER),
        min((each for each in known if each > at), default=_NEVER),
    )


@cache.kept_for(KEPT_S)
async def along(paths: tuple[str, ...]) -> tuple[Answering, ...]:
    """Every responsibility along these paths (widest first), the nearest first."""
    marks, values = database.in_list(paths, start=1)
    rows = await database.fetch(
        f"""SELECT r.id, r.path, r.role, r.from_at, r.to_at, {COLUMNS}
        FROM responsibility r LEFT JOIN post p ON p.id = r.post_id
        JOIN unit u ON u.id = COALESCE(r.unit_id, p.unit_id) {HELD}
        WHERE r.path IN {marks} ORDER BY r.id, a.id""",
        *values,
    )
    depth = {path: at for at, path in enumerate(paths)}
    found = await _grouped(rows, by="id")
    return tuple(sorted(found, key=lambda one: -depth[one.path]))


@cache.kept_for(KEPT_S)
async def post(post_id: UUID) -> Answering | None:
    """One post, whoever holds it."""
    rows = await database.fetch(
        f"SELECT {COLUMNS} FROM post p JOIN unit u ON u.id = p.unit_id {HELD} WHERE p.id = $1"
        " ORDER BY a.id",
        post_id,
    )
    found = await _grouped(rows, by="post_id")
    return found[0] if found else None


async def _grouped(rows: Sequence[Row], *, by: str) -> list[Answering]:
    times = await _times({row["post_id"] for row in rows if row["post_id"]})
    groups: dict[UUID, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[by], []).append(row)
    return [as_answering(group, times) for group in groups.values()]


def as_answering(group: list[Row], times: dict[UUID, list[DutyHours | Shift]]) -> Answering:
    first = group[0]
    its_times = times.get(first["post_id"], [])
    own_phone = first["post_phone"] if first["show_phone"] else None
    return Answering(
        role=first.get("role") or first["post_role"],
        post_id=first["post_id"],
        ended_at=first["ended_at"],
        unit_id=first["unit_id"],
        unit_name=first["unit_name"],
        phone=own_phone or first["unit_phone"],
        holders=tuple(_holding(row) for row in group if row["account_id"] is not None),
        hours=tuple(one for one in its_times if isinstance(one, DutyHours)),
        shifts=tuple(one for one in its_times if isinstance(one, Shift)),
        path=first.get("path", ""),
        from_at=first.get("from_at"),
        to_at=first.get("to_at"),
    )


def _holding(row: Row) -> Holding:
    return Holding(
        account_id=row["account_id"],
        name=row["name"] or "",
        kind=row["kind"],
        from_at=row["held_from"],
        to_at=row["held_to"],
        for_account_id=row["for_account_id"],
        phone=own_number(row["account_id"], row["phone_sealed"]),
    )


def own_number(account_id: UUID, sealed: bytes | None) -> str | None:
    """The number somebody agreed to have on the sign. One that does not open is not shown."""
    if sealed is None:
        return None
    try:
        return seal.open(bytes(sealed), aad=cell(account_id))
    except SealError:
        return None


def cell(account_id: UUID) -> str:
    """What such a number is sealed for, and opens in alone."""
    return f"shown_phone:phone_sealed:{account_id}"


async def _times(post_ids: set[UUID]) -> dict[UUID, list[DutyHours | Shift]]:
    """Weekly hours and shifts, post by post."""
    if not post_ids:
        return {}
    marks, values = database.in_list(post_ids, start=1)
    rows = await database.fetch(
        "SELECT post_id, days, starts, ends, account_id, title, on_day, every_days, until_on"
        f" FROM duty WHERE post_id IN {marks} ORDER BY id",
        *values,
    )
    found: dict[UUID, list[DutyHours | Shift]] = {}
    for row in rows:
        found.setdefault(row["post_id"], []).append(time_of(row))
    return found


def time_of(row: Row) -> DutyHours | Shift:
    """One row of `duty` as what it is."""
    if row["account_id"] is None:
        return DutyHours(row["days"], row["starts"], row["ends"])
    return Shift(
        account_id=row["account_id"],
        title=row["title"],
        starts=row["starts"],
        ends=row["ends"],
        on_day=row["on_day"],
        every=row["every_days"],
        until=row["until_on"],
    )
