"""The one row every page's foot and every clock reads."""

from dataclasses import dataclass

from server.base import cache, database

_HOURS = (("08:30", "12:00"), ("14:30", "18:00"))


@dataclass(frozen=True, slots=True)
class Town:
    name: str = "码上"
    sponsor: str = ""
    icp: str = ""
    police_record: str = ""
    phone: str = "12345"
    work_hours: tuple[tuple[str, str], ...] = _HOURS
    demo: bool = False


@cache.kept_for(30)
async def town() -> Town:
    """The town as it was founded; before that, a nameless one with the hotline's number."""
    row = await database.fetch_one(
        "SELECT name, sponsor, icp, police_record, phone, work_hours, demo FROM town"
    )
    if row is None:
        return Town()
    hours = tuple((start, end) for start, end in row["work_hours"])
    return Town(**(row | {"work_hours": hours, "demo": bool(row["demo"])}))
