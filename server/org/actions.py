"""Setting up who answers for what: the town, units, posts, appointments, responsibilities."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from server.base import cache, clock
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.org.duty import DutyHours, Shift
from server.org.models import (
    Appointment,
    Duty,
    PlacePhone,
    Post,
    Responsibility,
    Town,
    Unit,
)
from server.org.roles import POST_ROLES, ROLE_TITLES
from server.org.writing import shift_columns

Row = dict[str, Any]


@dataclass
class Roster:
    """Units and posts being set up. `make_id` may be replaced, so that a demo is always equal."""

    since: datetime
    make_id: Callable[[], UUID] = new_id
    units: list[Row] = field(default_factory=list)
    posts: list[Row] = field(default_factory=list)
    appointments: list[Row] = field(default_factory=list)
    duties: list[Row] = field(default_factory=list)
    responsibilities: list[Row] = field(default_factory=list)
    phones: list[Row] = field(default_factory=list)

    def unit(
        self,
        kind: str,
        name: str,
        *,
        area: str = "",
        phone: str | None = None,
        above: UUID | None = None,
    ) -> UUID:
        key = self.make_id()
        self.units.append(
            {"id": key, "kind": kind, "name": name, "parent_id": above, "area": area}
            | {"phone": phone}
        )
        return key

    def post(
        self,
        role: str,
        unit_id: UUID,
        area: str,
        *,
        phone: str | None = None,
        show_phone: bool = True,
        hours: Sequence[DutyHours] = (),
    ) -> UUID:
        """A role for a unit over an area, with its weekly hours."""
        if role not in POST_ROLES:
            raise ValueError(f"no such role for a post: {role!r}")
        key = self.make_id()
        self.posts.append(
            {"id": key, "unit_id": unit_id, "role": role, "area": area, "phone": phone}
            | {"show_phone": show_phone, "ended_at": None}
        )
        self.duties += [
            {"post_id": key, "days": each.days, "starts": each.starts, "ends": each.ends}
            for each in hours
        ]
        return key

    def shift(self, post_id: UUID, shift: Shift) -> None:
        """One person's turn at a post."""
        self.duties.append({"post_id": post_id, **shift_columns(shift)})

    def held_by(self, post_id: UUID, account_id: UUID, *, kind: str = "holder") -> None:
        """Appoint the holder of a post, or a deputy who stands in."""
        self.appointments.append(
            {"id": self.make_id(), "post_id": post_id, "account_id": account_id, "kind": kind}
            | {"from_at": self.since, "to_at": None}
        )

    def answers(
        self, path: str, role: str, *, post: UUID | None = None, unit: UUID | None = None
    ) -> None:
        """Everything under `path` is answered for in this role by a post, or by a whole unit."""
        if role not in ROLE_TITLES or (post is None) == (unit is None):
            raise ValueError(f"{role} at {path}: one post or one unit answers in a known role")
        self.responsibilities.append(
            {"id": self.make_id(), "path": path, "role": role, "post_id": post, "unit_id": unit}
            | {"from_at": self.since, "to_at": None}
        )

    def phone(self, path: str, kind: str, title: str, number: str) -> None:
        """A number that serves everything under `path`."""
        self.phones.append(
            {"id": self.make_id(), "path": path, "kind": kind, "title": title, "number": number}
        )


async def enrol(roster: Roster) -> None:
    """Write everything that was set up, all or nothing."""
    async with unit_of_work() as unit:
        unit.bulk(Unit, roster.units)
        unit.bulk(Post, roster.posts)
        unit.bulk(Appointment, roster.appointments)
        unit.bulk(Duty, roster.duties)
        unit.bulk(Responsibility, roster.responsibilities)
        unit.bulk(PlacePhone, roster.phones)
    cache.clear()


async def found_town(
    name: str,
    *,
    sponsor: str,
    phone: str,
    icp: str = "",
    police_record: str = "",
    work_hours: Sequence[tuple[str, str]] = (("08:30", "12:00"), ("14:30", "18:00")),
    demo: bool = False,
) -> None:
    """The row every page's foot reads. There is one town in a database."""
    async with unit_of_work() as unit:
        unit.insert(
            Town,
            id=1,
            name=name,
            sponsor=sponsor,
            icp=icp,
            police_record=police_record,
            phone=phone,
            work_hours=[list(hours) for hours in work_hours],
            demo=demo,
        )
    cache.clear()


async def appoint(
    post_id: UUID,
    account_id: UUID,
    *,
    kind: str = "holder",
    since: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """From now on, or since then, this account holds the post, or stands in for its holder."""
    async with unit_of_work() as unit:
        unit.insert(
            Appointment,
            post_id=post_id,
            account_id=account_id,
            kind=kind,
            from_at=since or clock.now(),
            to_at=until,
        )
    cache.clear()
