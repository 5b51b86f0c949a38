"""Units, posts and who answers, all as rows; and writing how they shall be instead."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from server.base import changes, clock, database
from server.base.ids import new_id
from server.base.revision import Revision, Row, Told, every_row
from server.base.unit import Unit as WriteSet
from server.base.unit import unit_of_work
from server.org.answering import time_of
from server.org.duty import DutyHours, Shift
from server.org.models import Appointment, Duty, PlacePhone, Post, Responsibility, Town, Unit
from server.org.writing import drop_shift, put_leave, put_shifts

_ONLY_ROW = 1
# Shops are units with a post each, and are kept by the registry of merchants.
_OF_THE_TOWN, _STAFFED = "AND kind <> 'merchant'", "role <> 'merchant'"


@dataclass
class Standing:
    """What is set up now: units by name, posts by what they are, what is open of each post."""

    units: dict[str, Row] = field(default_factory=dict)
    posts: dict[UUID, Row] = field(default_factory=dict)
    appointments: dict[UUID, list[Row]] = field(default_factory=dict)  # by post
    hours: dict[UUID, list[DutyHours]] = field(default_factory=dict)  # by post
    shifts: dict[UUID, dict[int, Shift]] = field(default_factory=dict)  # by post and row
    leaves: list[Row] = field(default_factory=list)  # not over, not taken back
    answers: list[Row] = field(default_factory=list)
    phones: list[Row] = field(default_factory=list)


async def standing() -> Standing:
    """Every unit, every post that has not ended, and what goes with them now."""
    found, now = Standing(), clock.now()
    async for row in every_row("unit", "kind, name, parent_id, area, phone", _OF_THE_TOWN):
        found.units.setdefault(row["name"], row)
    columns = "unit_id, role, area, phone, show_phone, ended_at"
    async for row in every_row("post", columns, f"AND ended_at IS NULL AND {_STAFFED}"):
        found.posts[row["id"]] = row
    async for row in every_row("appointment", "post_id, account_id, kind, from_at, to_at"):
        if _is_open(row, now):
            found.appointments.setdefault(row["post_id"], []).append(row)
    await _times(found, now)
    async for row in every_row("responsibility", "path, role, post_id, unit_id, from_at, to_at"):
        if _is_open(row, now):
            found.answers.append(row)
    found.phones = [row async for row in every_row("place_phone", "path, kind, title, number")]
    return found


async def _times(found: Standing, now: datetime) -> None:
    """When posts are on duty, and who is away."""
    columns = "post_id, days, starts, ends, account_id, title, on_day, every_days, until_on"
    async for row in every_row("duty", columns):
        one = time_of(row)
        if isinstance(one, Shift):
            found.shifts.setdefault(row["post_id"], {})[row["id"]] = one
        else:
            found.hours.setdefault(row["post_id"], []).append(one)
    columns = "account_id, from_at, to_at, deputy_id"
    async for row in every_row("leave", columns, "AND taken_back_at IS NULL"):
        if _is_open(row, now):
            found.leaves.append(row)


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

    def held_by(self, post_id: UUID, account_ids: Collection[UUID]) -> None:
        """These accounts hold the post; whoever else did has done so until now."""
        before = [
            row for row in self._standing.appointments.get(post_id, ()) if row["kind"] == "holder"
        ]
        for row in before:
            if row["account_id"] not in account_ids:
                self._end(Appointment, row, post_id)
        for account_id in account_ids:
            if account_id not in {row["account_id"] for row in before}:
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

    def in_turn(self, post_id: UUID, shifts: Collection[Shift]) -> None:
        """The turns of the post, and no others."""
        before = self._standing.shifts.get(post_id, {})
        gone = [key for key, shift in before.items() if shift not in shifts]
        new = [shift for shift in shifts if shift not in before.values()]

        def change(unit: WriteSet) -> None:
            for key in gone:
                drop_shift(unit, post_id, key)
            put_shifts(unit, post_id, new)

        if gone or new:
            self._revision.step(post_id, change)

    def on_leave(self, account_id: UUID, **leave: Any) -> None:
        """This account is away, as `put_leave` has it."""
        leave_id, at = new_id(), self._now

        def put(unit: WriteSet) -> None:
            put_leave(unit, leave_id, account_id, at=at, **leave)

        self._revision.step(leave_id, put, new=True)

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
    changes.everything_changed()
    return True


def _is_open(row: Row, now: datetime) -> bool:
    return row["to_at"] is None or row["to_at"] > now


def _answer(path: str, role: str, *, post: UUID | None = None, unit: UUID | None = None) -> Row:
    return {"id": new_id(), "path": path, "role": role, "post_id": post, "unit_id": unit}


def _sorted(hours: Iterable[DutyHours]) -> list[tuple[str, str, str]]:
    return sorted((one.days, one.starts, one.ends) for one in hours)
