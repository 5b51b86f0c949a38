"""Add a station, correct it, close it for good: by whoever looks after its ground."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from server import codes, org, places, trust
from server.base import changes, clock
from server.base.errors import FieldError, Invalid
from server.base.fields import clean_text
from server.base.geo import Point
from server.base.ids import new_id
from server.base.unit import Duplicate, LostRace, Unit, unit_of_work
from server.base.viewer import Viewer
from server.org import DutyHours
from server.places import Ground
from server.stations.errors import PlaceTaken, StationMovedOn
from server.stations.models import Station
from server.stations.queries import StationFile, station_to_keep
from server.stations.rules import (
    FACILITIES,
    KINDS,
    MOST_DAYS_OFF,
    MOST_HOURS,
    STANDS_AT,
    keeps_at,
)
from server.trust import ReplayKey

LONGEST_NAME = 40
_PHONE = re.compile(r"(?:\d[ -]?){3,17}\d", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class StationSheet:
    """Everything said about a station. Without a point it stands where its place does."""

    name: str
    kind: str
    phone: str = ""
    facilities: Sequence[str] = ()
    hours: Sequence[DutyHours] = ()
    days_off: Sequence[date] = ()
    point: Point | None = None


async def add(place_id: UUID, sheet: StationSheet, *, by: Viewer, asked: ReplayKey) -> UUID:
    """A new station at a place; its id, the same for the same request.

    Raises Invalid with every wrong field, also for a place beyond the viewer's area; PlaceTaken.
    """
    if (made := await trust.find_replay(asked)) is not None:
        return UUID(made["id"])
    ground = await places.find(place_id)
    wrong = [] if _may_stand(ground, by) else [_NOT_THERE]
    columns = _columns(sheet, ground, wrong)
    station_id = new_id()
    try:
        async with unit_of_work() as unit:
            put(unit, station_id, ground, columns)
            trust.remember(unit, asked, {"id": str(station_id)}, at=clock.now())
    except Duplicate:
        made = await trust.find_replay(asked)
        if made is None:
            raise PlaceTaken from None
        return UUID(made["id"])
    return station_id


@trust.twice_is_once
async def correct(
    station_id: UUID, sheet: StationSheet, *, seen_version: int, by: Viewer, asked: ReplayKey
) -> None:
    """This is what is true of it now; the same request again changes nothing.

    Raises StationUnknown, Invalid with every wrong field, and StationMovedOn where a colleague
    corrected it since `seen_version`.
    """
    if await trust.find_replay(asked) is not None:
        return
    station = await station_to_keep(station_id, by)
    ground = await places.find(station.place_id)
    columns = _columns(sheet, ground, [])
    if station.version != seen_version:
        raise StationMovedOn
    await _change(station, ground, columns, asked)


async def make_code(station_id: UUID, *, by: Viewer, asked: ReplayKey) -> codes.Made:
    """Make the code that tells of this station, if its place lacks one. Raises StationUnknown, and
    what `codes.make_one` raises."""
    station = await station_to_keep(station_id, by)
    return await codes.make_one(station.place_id, "station", by=by, asked=asked)


@trust.twice_is_once
async def close(station_id: UUID, *, by: Viewer, asked: ReplayKey) -> None:
    """It is there no more; its place may have another. The same request again does nothing.

    Raises StationUnknown, StationMovedOn.
    """
    if await trust.find_replay(asked) is not None:
        return
    station = await station_to_keep(station_id, by)
    ground = await places.find(station.place_id)
    await _change(station, ground, {"closed_at": clock.now(), "place_taken": None}, asked)


async def bring_in(stations: Sequence[tuple[UUID, Ground, StationSheet]]) -> int:
    """Write stations whose sheets are known to be right, as a demo does; how many."""
    async with unit_of_work() as unit:
        for station_id, ground, sheet in stations:
            put(unit, station_id, ground, _columns(sheet, ground, []))
    return len(stations)


def put(unit: Unit, station_id: UUID, ground: Ground, columns: dict[str, Any]) -> None:
    """Put a new station into a unit; the signs there are made anew after it."""
    unit.insert(
        Station,
        id=station_id,
        place_id=ground.id,
        place_taken=ground.id,
        path=ground.path,
        version=1,
        **columns,
    )
    unit.after_commit(lambda: changes.changed(ground.path))


async def _change(
    station: StationFile, ground: Ground, columns: dict[str, Any], asked: ReplayKey
) -> None:
    where = {"id": station.id, "closed_at": None, "version": station.version}
    try:
        async with unit_of_work() as unit:
            unit.update(Station, where=where, set=columns | {"version": station.version + 1})
            trust.remember(unit, asked, {"id": str(station.id)}, at=clock.now())
            unit.after_commit(lambda: changes.changed(ground.path))
    except (LostRace, Duplicate):
        if await trust.find_replay(asked) is None:
            raise StationMovedOn from None


_NOT_THERE = FieldError("place", "not-your-area", "这个地方不归您管，请从找到的里面选。")


def _may_stand(ground: Ground, by: Viewer) -> bool:
    is_fit = ground.kind in STANDS_AT and ground.retired_at is None
    return is_fit and keeps_at(by, ground.path)


def _columns(sheet: StationSheet, ground: Ground, wrong: list[FieldError]) -> dict[str, Any]:
    """The row's columns. Raises Invalid with everything that is wrong, and what was before."""
    name = _name(sheet.name, wrong)
    wrong += [*_wrong_choices(sheet), *_wrong_hours(sheet.hours), *_wrong_days(sheet.days_off)]
    phone = sheet.phone.strip()
    if phone and not _PHONE.fullmatch(phone):
        wrong.append(FieldError("phone", "not-a-phone", "电话请只写数字，比如04778580000。"))
    if wrong:
        raise Invalid(*wrong)
    point = sheet.point or ground.point
    return {
        "name": name,
        "kind": sheet.kind,
        "phone": re.sub(r"[ -]", "", phone),
        "facilities": [key for key in FACILITIES if key in sheet.facilities],
        "hours": [[one.days, one.starts, one.ends] for one in sheet.hours],
        "days_off": [day.isoformat() for day in sorted(set(sheet.days_off))],
        "lng": point.lng if point else None,
        "lat": point.lat if point else None,
    }


def _name(text: str, wrong: list[FieldError]) -> str:
    try:
        name = clean_text(text, LONGEST_NAME, field="name")
    except Invalid as error:
        wrong += error.fields
        return ""
    if not name:
        wrong.append(FieldError("name", "required", "请写站点的名字，比如“湖畔暖心驿站”。"))
    return name


def _wrong_choices(sheet: StationSheet) -> list[FieldError]:
    wrong = []
    if sheet.kind not in KINDS:
        wrong.append(FieldError("kind", "required", "请选是哪一类站点。"))
    if any(key not in FACILITIES for key in sheet.facilities):
        wrong.append(FieldError("facilities", "not-a-facility", "请从列出的设施里选。"))
    return wrong


def _wrong_hours(hours: Sequence[DutyHours]) -> list[FieldError]:
    wrong = org.week.wrong_hours(hours)
    if not hours:
        wrong.append(FieldError("starts1", "required", "请写几点开门、几点关门。"))
    if len(hours) > MOST_HOURS:
        wrong.append(FieldError("", "too-many", f"最多写{MOST_HOURS}段时间。"))
    return wrong


def _wrong_days(days: Sequence[date]) -> list[FieldError]:
    if len(days) <= MOST_DAYS_OFF:
        return []
    return [FieldError("days_off", "too-many", f"休息的日子最多写{MOST_DAYS_OFF}天。")]
