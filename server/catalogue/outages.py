"""Known outages: 已知停暖，预计…恢复, told above the form so that a thousand need not ask."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from server import places, trust
from server.base import cache, changes, clock, database
from server.base.errors import FieldError, Invalid
from server.base.fields import clean_text
from server.base.ids import new_id
from server.base.unit import Duplicate, unit_of_work
from server.base.viewer import HeldPost, Viewer
from server.catalogue.errors import NoSuchOutage
from server.catalogue.models import Outage
from server.places import Ground, covering_paths
from server.trust import ReplayKey

# Whose word it is that something is out of order, over the area of their post.
ANNOUNCING_ROLES = (
    "community_worker",
    "community_secretary",
    "street_dispatcher",
    "street_leader",
    "property_manager",
    "dept_handler",
    "dept_leader",
)
KEPT_S = 10
LONGEST = timedelta(days=60)
TEXT_LIMIT = 60
PAGE = 20
_COLUMNS = "id, path, place_name, text, until_at, announced_at, ended_at, unit_name"


@dataclass(frozen=True, slots=True)
class Known:
    """One outage: where, what, until when it is expected, who said so."""

    id: UUID
    path: str
    place_name: str
    text: str
    until_at: datetime
    announced_at: datetime
    ended_at: datetime | None
    unit_name: str


@dataclass(frozen=True, slots=True)
class Outages:
    """One stretch of the list, and after which it goes on."""

    items: tuple[Known, ...]
    next: UUID | None = None


async def known_at(ground: Ground, now: datetime) -> tuple[Known, ...]:
    """What is known to be out of order here now, the newest first."""
    known = await _along(covering_paths(ground))
    return tuple(one for one in known if now < one.until_at)


async def list_outages(viewer: Viewer, now: datetime, *, after: UUID | None = None) -> Outages:
    """What is announced and not over, under the areas the viewer announces for, newest first;
    what was announced before the one named by `after`."""
    areas = sorted({post.area for post in _announcing(viewer)})
    if not areas:
        return Outages(())
    ranges = [places.under(area) for area in areas]
    values: list[object] = [end for ends in ranges for end in ends]
    starts = range(2, 2 * len(ranges) + 2, 2)
    inside = " OR ".join(f"(path >= ${n} AND path < ${n + 1})" for n in starts)
    further = _further(after, values)
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM outage WHERE until_at > $1 AND ended_at IS NULL AND ({inside})"
        f"{further} ORDER BY announced_at DESC, id DESC LIMIT {PAGE + 1}",
        now,
        *values,
    )
    return _stretch(rows)


async def announce(
    place_id: UUID | None, text: str, until: datetime | None, *, by: Viewer, asked: ReplayKey
) -> UUID:
    """Tell everyone under a place what is out of order there, and until when; the outage's id.

    The same request again gives the same id. Raises Invalid with every wrong field: a place beyond
    the viewer's area or none, no words, no end or one that has passed or is over sixty days ahead.
    """
    now = clock.now()
    ground = await places.find(place_id) if place_id else None
    post = next(
        (one for one in _announcing(by) if ground and ground.path.startswith(one.area)), None
    )
    wrong = _wrong_time(until, now) + ([] if post else [_no_place(ground)])
    words = _words(text, wrong)
    if wrong or ground is None or post is None or until is None:
        raise Invalid(*wrong)
    outage_id = new_id()
    try:
        async with unit_of_work() as unit:
            unit.insert(
                Outage,
                id=outage_id,
                path=ground.path,
                place_name=ground.full_name,
                text=words,
                until_at=until,
                announced_at=now,
                by_account_id=by.account_id,
                by_post_id=post.id,
                unit_name=post.unit_name,
            )
            trust.remember(unit, asked, {"id": str(outage_id)}, at=now)
            unit.after_commit(changes.everything_changed)
    except Duplicate:
        made = await trust.find_replay(asked)
        if made is None:
            raise
        return UUID(made["id"])
    return outage_id


async def end(outage_id: UUID, *, by: Viewer) -> None:
    """It works again, or was announced by mistake: nobody is told of it any more.

    Ending what is over changes nothing. Raises NoSuchOutage for one beyond the viewer's area.
    """
    row = await database.fetch_one(f"SELECT {_COLUMNS} FROM outage WHERE id = $1", outage_id)
    if row is None or not any(row["path"].startswith(post.area) for post in _announcing(by)):
        raise NoSuchOutage
    async with unit_of_work() as unit:
        unit.update(
            Outage,
            where={"id": outage_id, "ended_at": None},
            set={"ended_at": clock.now()},
            expecting=None,
        )
        unit.after_commit(changes.everything_changed)


def may_announce(viewer: Viewer) -> bool:
    """Whether the viewer holds a post that announces outages."""
    return bool(_announcing(viewer))


def _announcing(viewer: Viewer) -> list[HeldPost]:
    return [post for post in viewer.posts if post.role in ANNOUNCING_ROLES and post.area]


def _further(after: UUID | None, values: list[object]) -> str:
    if after is None:
        return ""
    values.append(after)
    last = f"SELECT announced_at, id FROM outage WHERE id = ${len(values) + 1}"
    return f" AND (announced_at, id) < ({last})"


def _stretch(rows: list[dict[str, Any]]) -> Outages:
    found = tuple(Known(**row) for row in rows[:PAGE])
    return Outages(found, found[-1].id if len(rows) > PAGE else None)


def _no_place(ground: Ground | None) -> FieldError:
    if ground is None:
        return FieldError("place", "required", "请选一个地方。")
    return FieldError("place", "not-your-area", "这个地方不归您管，请从列出的里面选。")


def _wrong_time(until: datetime | None, now: datetime) -> list[FieldError]:
    if until is None:
        detail = "写清预计哪天几点恢复，比如2026-12-01 18:00。"
        return [FieldError("until", "not-an-instant", detail)]
    if until <= now:
        return [FieldError("until", "time-passed", "这个时间已经过了，请写今后的。")]
    if until - now > LONGEST:
        return [FieldError("until", "time-too-far", "最远写到六十天后，到时没好可以再发一次。")]
    return []


def _words(text: str, wrong: list[FieldError]) -> str:
    try:
        words = clean_text(text, TEXT_LIMIT)
    except Invalid as error:
        wrong += error.fields
        return ""
    if not words:
        wrong.append(FieldError("text", "required", "写一句停了什么，比如“停暖”。"))
    return words


@cache.kept_for(KEPT_S)
async def _along(paths: tuple[str, ...]) -> tuple[Known, ...]:
    """Every outage along these paths that was not taken back."""
    marks, values = database.in_list(paths, start=1)
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM outage WHERE path IN {marks} AND ended_at IS NULL"
        " ORDER BY announced_at DESC, id DESC",
        *values,
    )
    return tuple(Known(**row) for row in rows)
