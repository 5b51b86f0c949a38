"""Units, posts and who answers, all as rows; and writing how they shall be instead."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from server.base import cache, clock, database
from server.base.ids import new_id
from server.base.revision import Revision, Row, Told, every_row
from server.base.unit import unit_of_work
from server.org.duty import DutyHours
from server.org.models import Appointment, Duty, PlacePhone, Post, Responsibility, Town, Unit

_ONLY_ROW = 1


@dataclass
class Standing:
    """What is set up now: units by name, posts by what they are, what is open of each post."""

    units: dict[str, Row] = field(default_factory=dict)
    posts: dict[UUID, Row] = field(default_factory=dict)
    appointments: dict[UUID, list[Row]] = field(default_factory=dict)  # by post
    hours: dict[UUID, list[DutyHours]] = field(default_factory=dict)  # by post
    answers: list[Row] = field(default_factory=list)
    phones: list[Row] = field(default_factory=list)


async def standing() -> Standing:
    """Every unit, every post that has not ended, and what goes with them now."""
    found, now = Standing(), clock.now()
    async for row in every_row("unit", "kind, name, parent_id, area, phone"):
        found.units.setdefault(row["name"], row)
    columns = "unit_id, role, area, phone, show_phone, ended_at"
    async for row in every_row("post", columns, "AND ended_at IS NULL"):
        found.posts[row["id"]] = row
    async for row in every_row("appointment", "post_id, account_id, kind, from_at, to_at"):
        if _is_open(row, now):
            found.appointments.setdefault(row["post_id"], []).append(row)
    async for row in every_row("duty", "post_id, days, starts, ends", "AND account_id IS NULL"):
        hours = DutyHours(row["days"], row["starts"], row["ends"])
        found.hours.setdefault(row["post_id"], []).append(hours)
    async for row in every_row("responsibility", "path, role, post_id, unit_id, from_at, to_at"):
        if _is_open(row, now):
            found.answers.append(row)
    found.phones = [row async for row in every_row("place_phone", "path, kind, title, number")]
    return found


class Reorganizing:
    """How units, posts and numbers shall be, said one by one beside how they are."""

    def __init__(self, standing: Standing) -> None:
        self._standing, self._now = standing, clock.now()
        self._revision = Revision()

    def unit(self, wanted: Row) -> None:
        """A unit as it shall be, with the id it has or is to have."""
        before = self._standing.units.get(wanted["name"])
        self._revision.row(Unit, wanted, before)

    def post(self, wanted: Row) -> None:
        """A post as it shall be, by its id."""
        self._revision.row(Post, wanted, self._standing.posts.get(wanted["id"]))

    def held_by(self, post_id: UUID, account_id: UUID | None) -> None:
        """This account holds the post, or nobody; whoever else did has done so until now.

        Where it is one of several who take turns, they all stay.
        """
        before = [
            row for row in self._standing.appointments.get(post_id, ()) if row["kind"] == "holder"
        ]
        if account_id in {row["account_id"] for row in before}:
            return
        for row in before:
            self._end(Appointment, row, post_id)
        if account_id:
            given = {"id": new_id(), "post_id": post_id, "account_id": account_id}
            self._add(Appointment, given | {"kind": "holder"}, post_id)

    def on_duty(self, post_id: UUID, hours: list[DutyHours]) -> None:
        """The post's weekly hours."""
        before = self._standing.hours.get(post_id, [])
        if _sorted(before) == _sorted(hours):
            return
        if before:
            weekly = {"post_id": post_id, "account_id": None}
            self._revision.step(post_id, lambda unit: unit.delete(Duty, where=weekly))
        rows = [
            {"post_id": post_id, "days": one.days, "starts": one.starts, "ends": one.ends}
            for one in hours
        ]
        self._revision.step(post_id, lambda unit: unit.bulk(Duty, rows))

    def post_answers(self, post_id: UUID, role: str, paths: Iterable[str]) -> None:
        """The post answers in its role for exactly what lies under these paths."""
        wanted = dict.fromkeys(paths)
        for row in self._standing.answers:
            if row["post_id"] == post_id and row["role"] == role:
                if row["path"] in wanted:
                    del wanted[row["path"]]
                else:
                    self._end(Responsibility, row, post_id)
        for path in wanted:
            self._add(Responsibility, _answer(path, role, post=post_id), post_id)

    def unit_answers(self, path: str, role: str, unit_id: UUID) -> None:
        """A whole unit answers in this role for what lies under the path, and no other unit."""
        for row in self._standing.answers:
            if (row["path"], row["role"]) == (path, role) and row["unit_id"] is not None:
                if row["unit_id"] == unit_id:
                    return
                self._end(Responsibility, row, unit_id)
        self._add(Responsibility, _answer(path, role, unit=unit_id), unit_id)

    def phone(self, wanted: Row) -> None:
        """A number for what lies under a path, by the kind and the title it has there."""
        same = ("path", "kind", "title")
        for row in self._standing.phones:
            if all(row[name] == wanted[name] for name in same):
                self._revision.row(PlacePhone, wanted | {"id": row["id"]}, row)
                return
        self._revision.row(PlacePhone, wanted | {"id": new_id()}, None)

    async def write(self, told: Told | None = None) -> Revision:
        """Write what differs; nothing that stands already is written again."""
        await self._revision.write(told)
        return self._revision

    def _add(self, model: type, given: Row, noun: UUID) -> None:
        row = given | {"from_at": self._now, "to_at": None}
        self._revision.step(noun, lambda unit: unit.bulk(model, (row,)))

    def _end(self, model: type, row: Row, noun: UUID) -> None:
        where, ended = {"id": row["id"], "to_at": row["to_at"]}, {"to_at": self._now}
        self._revision.step(noun, lambda unit: unit.update(model, where=where, set=ended))


async def refound_town(**wanted: Any) -> bool:
    """The row every page's foot reads, as it shall be; whether that was anything new."""
    row = await database.fetch_one(
        "SELECT id, name, sponsor, icp, police_record, phone, work_hours, demo FROM town"
    )
    if row is not None and all(row[name] == value for name, value in wanted.items()):
        return False
    async with unit_of_work() as unit:
        if row is None:
            unit.bulk(Town, ({"id": _ONLY_ROW, "demo": False} | wanted,))
        else:
            unit.update(Town, where={"id": row["id"]}, set=wanted)
    cache.clear()
    return True


def _is_open(row: Row, now: datetime) -> bool:
    return row["to_at"] is None or row["to_at"] > now


def _answer(path: str, role: str, *, post: UUID | None = None, unit: UUID | None = None) -> Row:
    return {"id": new_id(), "path": path, "role": role, "post_id": post, "unit_id": unit}


def _sorted(hours: Iterable[DutyHours]) -> list[tuple[str, str, str]]:
    return sorted((one.days, one.starts, one.ends) for one in hours)
