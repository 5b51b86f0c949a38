"""The first day of a town: what is still missing before residents can scan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from server import org, places
from server.base import clock, database
from server.base.viewer import Viewer
from server.rosters.standing import ADMINISTRATOR

# Whose business it is that a town, or a part of it, is ready.
FIRST_DAY_ROLES = ("community_secretary", "street_dispatcher", "street_leader", ADMINISTRATOR)
MOST_NAMED = 8
_TOP = "~"  # behind every path
_HOLDS = (
    "EXISTS (SELECT 1 FROM appointment a WHERE a.post_id = p.id AND a.kind <> 'away'"
    " AND a.from_at <= $3 AND (a.to_at IS NULL OR a.to_at > $3))"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a town needs: how many there are, and how many lack, the first of them by name."""

    key: str
    have: int
    lacking: int = 0
    named: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        return self.have > 0 and self.lacking == 0


async def first_day(viewer: Viewer) -> list[Step]:
    """Every step in the order in which one does them, within what the viewer sets up.

    An administrator sees the whole town; without one of `FIRST_DAY_ROLES` there is nothing. What a
    part of a town has none of (streets in a community) is left out.
    """
    ends = _range(viewer)
    if ends is None:
        return []
    now, whole = clock.now(), viewer.holds(ADMINISTRATOR)
    steps = [
        await _town(),
        await _calendar(now),
        Step("categories", await _count("SELECT count(*) AS n FROM category")),
        await _places(ends),
        Step("units", await _count("SELECT count(*) AS n FROM unit WHERE kind <> 'platform'")),
        await _answered("workers", "grid", ("grid_worker",), ends, now),
        await _answered("firms", "estate", ("property_firm", "property_manager"), ends, now),
        await _streets(ends, now),
        await _held(ends, now),
        await _hours(ends),
        await _phones(ends),
        await _codes(ends),
    ]
    return [step for step in steps if whole or step.have or step.key not in ("streets", "firms")]


def _range(viewer: Viewer) -> tuple[str, str] | None:
    """The widest range of paths the viewer sets something up in."""
    if viewer.holds(ADMINISTRATOR):
        return "", _TOP
    areas = [post.area for post in viewer.posts if post.role in FIRST_DAY_ROLES and post.area]
    return places.under(min(areas, key=len)) if areas else None


async def _town() -> Step:
    town = await org.town()
    filled = (("名称", town.name), ("主办单位", town.sponsor), ("电话", town.phone))
    said = [word for word, value in filled if not value]
    said += ["备案号"] if not town.icp else []
    founded = await _count("SELECT count(*) AS n FROM town")
    return Step("town", founded, len(said) if founded else 0, tuple(said))


async def _calendar(now: datetime) -> Step:
    """The holidays of this year; from November on those of the next as well."""
    year = now.year
    wanted = [year, year + 1] if now.month >= 11 else [year]
    known = {row["year"] for row in await database.fetch("SELECT year FROM calendar_year")}
    lacking = [f"{one}年" for one in wanted if one not in known]
    return Step("calendar", len(known), len(lacking), tuple(lacking))


async def _places(ends: tuple[str, str]) -> Step:
    grids = await _count(
        "SELECT count(*) AS n FROM place WHERE path >= $1 AND path < $2 AND kind = 'grid'"
        " AND retired_at IS NULL",
        *ends,
    )
    return Step("places", grids)


async def _answered(
    key: str, kind: str, roles: Sequence[str], ends: tuple[str, str], now: datetime
) -> Step:
    """The places of a kind for which nobody is to answer in any of these roles."""
    rows = await database.fetch(
        "SELECT path, full_name FROM place WHERE path >= $1 AND path < $2 AND kind = $3"
        " AND retired_at IS NULL ORDER BY path",
        *ends,
        kind,
    )
    marks, values = database.in_list(roles, start=2)
    answering = await database.fetch(
        "SELECT path FROM responsibility WHERE from_at <= $1 AND (to_at IS NULL OR to_at > $1)"
        f" AND role IN {marks}",
        now,
        *values,
    )
    covered = {row["path"] for row in answering}
    bare = [row for row in rows if not covered & set(places.ancestry(row["path"]))]
    return _step(key, len(rows), (row["full_name"] for row in bare), len(bare))


async def _streets(ends: tuple[str, str], now: datetime) -> Step:
    """A street needs who rules on disputes, and who is there day and night."""
    rows = await database.fetch(
        "SELECT path, full_name FROM place JOIN division d ON d.id = place.id WHERE d.level = 3"
        " AND path >= $1 AND path < $2 AND retired_at IS NULL ORDER BY path",
        *ends,
    )
    held = await database.fetch(
        "SELECT r.path, r.role FROM responsibility r WHERE r.from_at <= $1"
        " AND (r.to_at IS NULL OR r.to_at > $1) AND r.role IN ('street_dispatcher', 'duty_post')",
        now,
    )
    known = {(row["path"], row["role"]) for row in held}
    bare = [
        f"{row['full_name']}{org.role_title(role)}"
        for row in rows
        for role in ("street_dispatcher", "duty_post")
        if (row["path"], role) not in known
    ]
    return _step("streets", len(rows), bare, len(bare))


async def _held(ends: tuple[str, str], now: datetime) -> Step:
    """Posts nobody holds."""
    inside = "p.ended_at IS NULL AND p.area >= $1 AND p.area < $2"
    count = "SELECT count(*) AS n FROM post p"
    rows = await database.fetch(
        "SELECT p.role, u.name FROM post p JOIN unit u ON u.id = p.unit_id"
        f" WHERE {inside} AND NOT {_HOLDS} ORDER BY p.area, p.id LIMIT 500",
        *ends,
        now,
    )
    named = (f"{row['name']}{org.role_title(row['role'])}" for row in rows)
    return _step("held", await _count(f"{count} WHERE {inside}", *ends), named, len(rows))


async def _hours(ends: tuple[str, str]) -> Step:
    """Posts of which nobody knows when they are on duty."""
    inside = "p.ended_at IS NULL AND p.area >= $1 AND p.area < $2 AND p.role <> 'sys_admin'"
    rows = await database.fetch(
        "SELECT p.role, u.name FROM post p JOIN unit u ON u.id = p.unit_id"
        f" WHERE {inside} AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.post_id = p.id)"
        " ORDER BY p.area, p.id LIMIT 500",
        *ends,
    )
    every = await _count(f"SELECT count(*) AS n FROM post p WHERE {inside}", *ends)
    named = (f"{row['name']}{org.role_title(row['role'])}" for row in rows)
    return _step("hours", every, named, len(rows))


async def _phones(ends: tuple[str, str]) -> Step:
    """A number that is answered day and night, for here or for all around."""
    rows = await database.fetch("SELECT path FROM place_phone WHERE kind = 'duty'")
    first, last = ends
    here = [row for row in rows if first.startswith(row["path"]) or first <= row["path"] < last]
    return Step("phones", len(here))


async def _codes(ends: tuple[str, str]) -> Step:
    hung = await _count(
        "SELECT count(*) AS n FROM code c JOIN place p ON p.id = c.place_id"
        " WHERE c.status = 'active' AND p.path >= $1 AND p.path < $2",
        *ends,
    )
    return Step("codes", hung)


async def _count(sql: str, *values: object) -> int:
    return int(await database.fetch_value(sql, *values) or 0)


def _step(key: str, have: int, named: Iterable[str], lacking: int) -> Step:
    return Step(key, have, lacking, tuple(named)[:MOST_NAMED])
