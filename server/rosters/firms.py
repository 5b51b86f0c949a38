"""A property firm leaves an estate: from a day on another answers there, and has what is open.

The firm that left keeps what ended before that day, and no post at the estate.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from server import cases, notices, org, places, trust
from server.base import clock, dates
from server.base.errors import FieldError, Invalid, wrong
from server.base.unit import Unit
from server.base.viewer import HeldPost, Viewer
from server.places import Ground
from server.rosters.first_day import FIRST_DAY_ROLES
from server.rosters.recording import record_once
from server.rosters.standing import ADMINISTRATOR
from server.trust import Act, ReplayKey

FIRM, MANAGER = "property_firm", "property_manager"
FARTHEST = timedelta(days=370)
PAGE = 50


@dataclass(frozen=True, slots=True)
class FirmHere:
    """An estate with the firm that answers there, and the one that is to come."""

    estate: Ground
    unit_id: UUID | None
    firm: str
    comes: str = ""
    comes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FirmsHere:
    """One stretch of the estates, and after which it goes on."""

    items: tuple[FirmHere, ...]
    next: UUID | None = None


async def change_firm(
    estate_id: UUID, heir: UUID, on: date, *, by: Viewer, asked: ReplayKey
) -> None:
    """From this day on `heir` answers for the estate; both firms are told. On record.

    Today means from now on. The worker moves what is open when the day has come. Raises Invalid
    with what is wrong.
    """
    if await trust.find_replay(asked) is not None:
        return
    now = clock.now()
    estate, under = await _estate(estate_id, by)
    rows, firms = await _answering(estate, now), await firms_to_choose()
    begins = max(now, datetime.combine(on, time(), clock.ZONE))
    faults = _wrong(rows, firms, heir, on, now)
    if faults:
        raise Invalid(*faults)
    posts = await org.posts_at(estate.path, {row.unit_id for row in rows})

    def put(unit: Unit) -> None:
        for row in rows:
            org.end_responsibility(unit, row.id, begins)
        for post_id in posts:
            org.end_post(unit, post_id, begins)
        org.put_responsibility(unit, estate.path, FIRM, since=begins, unit_id=heir, post_id=None)
        org.put_post(unit, MANAGER, heir, estate.path, since=begins)
        values = {"place": estate.full_name, "unit": firms[heir], "since": dates.said(on)}
        occasion = f"{estate.id}:{on.isoformat()}"
        _tell(unit, heir, "firm.comes", values, occasion=occasion, at=now)
        for gone in {row.unit_id for row in rows}:
            _tell(unit, gone, "firm.leaves", values, occasion=occasion, at=now)

    detail = {"to": firms[heir], "on": on.isoformat(), "from": [row.unit_name for row in rows]}
    act = Act(action="post.firm", by=by, post=under, target=estate.full_name, detail=detail)
    await record_once(act, asked, put)


async def firms_to_choose() -> dict[UUID, str]:
    """Every property firm, by name."""
    return await org.units_of_kind(FIRM)


async def firms_here(viewer: Viewer, *, after: UUID | None = None) -> FirmsHere:
    """The estates in the viewer's areas with their firms, in the order of the tree; those behind
    the one named by `after`."""
    now, behind = clock.now(), await _path_of(after)
    estates: list[Ground] = []
    for area in firm_areas(viewer):
        room = PAGE + 1 - len(estates)
        estates += await places.places_under(area, "estate", after=behind, limit=room)
    shown = estates[:PAGE]
    answering = await org.units_answering_at([estate.path for estate in shown], FIRM)
    found = tuple(_firm_here(one, answering.get(one.path, []), now) for one in shown)
    return FirmsHere(found, shown[-1].id if len(estates) > PAGE else None)


async def move_what_is_open(now: datetime | None = None) -> int:
    """Whatever a firm that left still has open goes to who answers there now; how many cases."""
    now, moved = now or clock.now(), 0
    for row in await org.ended_at_estates(FIRM, now):
        estate = await places.find(row.estate_id)
        heir = await org.responsible_for(estate, FIRM, now)
        heir = heir or await org.responsible_for(estate, "community", now)
        if heir is not None and heir.unit_id != row.unit_id:
            moved += await cases.succeed(row.unit_id, row.estate_id, heir.unit_id)
    return moved


def _firm_here(estate: Ground, rows: list[org.AnsweringRow], now: datetime) -> FirmHere:
    here = next((row for row in rows if org.runs(row.from_at, row.to_at, now)), None)
    comes = next((row for row in rows if row.from_at > now), None)
    return FirmHere(
        estate,
        here.unit_id if here else None,
        here.unit_name if here else "",
        comes.unit_name if comes else "",
        comes.from_at if comes else None,
    )


async def _answering(estate: Ground, now: datetime) -> list[org.AnsweringRow]:
    """What the firm answers for at this estate, as a whole and by its manager, to no end yet."""
    rows = await org.responsibilities_at(estate.path, (FIRM, MANAGER))
    return [row for row in rows if row.to_at is None]


async def _estate(estate_id: UUID, by: Viewer) -> tuple[Ground, HeldPost]:
    try:
        estate = await places.find(estate_id)
    except places.NoSuchPlace:
        raise _not_here() from None
    under = next((post for post in by.posts if _may_change(post, estate)), None)
    if under is None or estate.kind != "estate":
        raise _not_here()
    return estate, under


def _may_change(post: HeldPost, estate: Ground) -> bool:
    if post.role == ADMINISTRATOR:
        return True
    here = bool(post.area) and estate.path.startswith(post.area)
    return post.role in FIRST_DAY_ROLES and here


def firm_areas(viewer: Viewer) -> list[str]:
    """The nodes under which the viewer changes firms, none under another, in the tree's order."""
    if viewer.holds(ADMINISTRATOR):
        return [""]
    areas = sorted({p.area for p in viewer.posts if p.role in FIRST_DAY_ROLES and p.area})
    return [area for at, area in enumerate(areas) if not area.startswith(tuple(areas[:at]))]


async def _path_of(estate_id: UUID | None) -> str:
    """Where a list goes on; from the start for a place that never was."""
    try:
        return (await places.find(estate_id)).path if estate_id else ""
    except places.NoSuchPlace:
        return ""


def _wrong(
    rows: list[org.AnsweringRow], firms: dict[UUID, str], heir: UUID, on: date, now: datetime
) -> list[FieldError]:
    today = clock.local(now).date()
    faults = []
    if heir not in firms:
        faults.append(FieldError("firm", "not-a-firm", "请从列出的物业公司里选。"))
    elif heir in {row.unit_id for row in rows}:
        faults.append(FieldError("firm", "same-firm", f"这个小区现在就是{firms[heir]}。"))
    if any(row.from_at > now for row in rows):
        detail = "这个小区已经定了换物业，等那天过了再改。"
        faults.append(FieldError("estate", "planned", detail))
    if not today <= on <= today + FARTHEST:
        faults.append(FieldError("on", "not-a-day", "从哪天起，请写今天到一年之内的日子。"))
    return faults


def _not_here() -> Invalid:
    return wrong("estate", "not-your-area", "请从列出的小区里选。")


def _tell(
    unit: Unit, unit_id: UUID, text_key: str, values: dict[str, str], *, occasion: str, at: datetime
) -> None:
    notices.tell(
        unit,
        to=notices.Receiver(unit_id=unit_id),
        text_key=text_key,
        values=values,
        case_id=None,
        occasion=occasion,
        at=at,
    )
