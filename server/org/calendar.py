"""When the town works: its hours and its holidays, as the calendar every clock is read by."""

from datetime import date, time
from functools import partial

import chinese_calendar

from server.base import cache, database
from server.base.revision import Revision, Row, Told
from server.base.spans import Calendar
from server.base.unit import Unit, unit_of_work
from server.org.models import CalendarYear, Holiday
from server.org.town import town

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


class _Last:
    """The calendar read last: kept while nothing changes, so it warns of an unknown year once."""

    calendar = Calendar()


@cache.kept_for(30)
async def calendar() -> Calendar:
    """The town's work calendar. A year nobody entered counts weekends only, and the log says so."""
    rows = await database.fetch("SELECT day, workday FROM holiday")
    days, hours = {row["day"]: bool(row["workday"]) for row in rows}, await _work_hours()
    if (days, hours) != (_Last.calendar.days, _Last.calendar.hours):
        _Last.calendar = Calendar(days, hours=hours)
    return _Last.calendar


async def seed_holidays(first: int, last: int) -> list[int]:
    """Enter the years that are known to the published calendar; returns those that were entered.

    Years already entered stay as the operator left them.
    """
    kept = {row["year"] for row in await database.fetch("SELECT year FROM calendar_year")}
    published = _published()
    years = [year for year in range(first, last + 1) if year not in kept and year in published]
    if not years:
        return []
    async with unit_of_work() as unit:
        unit.bulk(CalendarYear, [{"year": year} for year in years])
        unit.bulk(Holiday, [row for year in years for row in published[year]])
    cache.clear()
    return years


async def holidays_now() -> list[Row]:
    """Every day that differs from its weekday, as it is entered."""
    rows = await database.fetch("SELECT day, workday, name FROM holiday ORDER BY day")
    return [row | {"workday": bool(row["workday"])} for row in rows]


async def revise_holidays(wanted: list[Row], *, told: Told | None = None) -> Revision:
    """Days as they shall be, each `day`, `workday` and `name`. A year of which one is entered is
    known from then on."""
    revision, standing = Revision(), {row["day"]: row for row in await holidays_now()}
    known = {row["year"] for row in await database.fetch("SELECT year FROM calendar_year")}
    for row in wanted:
        revision.row(Holiday, row, standing.get(row["day"]), key="day")
        if row["day"].year not in known:
            known.add(row["day"].year)
            revision.step(row["day"], partial(_know, row["day"].year))
    await revision.write(told)
    cache.clear()
    return revision


def _know(year: int, unit: Unit) -> None:
    unit.bulk(CalendarYear, [{"year": year}])


def _published() -> dict[int, list[dict[str, object]]]:
    """The rows of every year the published calendar knows, weekdays off and weekends worked."""
    listed = {day: False for day in chinese_calendar.constants.holidays}
    listed |= {day: True for day in chinese_calendar.constants.workdays}
    names = chinese_calendar.constants.holidays | chinese_calendar.constants.workdays
    years: dict[int, list[dict[str, object]]] = {}
    for day, workday in sorted(listed.items()):
        row = {"day": day, "workday": workday, "name": _name(day, names)}
        years.setdefault(day.year, []).append(row)
    return years


def _name(day: date, names: dict[date, str]) -> str:
    return NAMES.get(names[day], names[day])


async def _work_hours() -> tuple[tuple[time, time], ...]:
    hours = (await town()).work_hours
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in hours)
