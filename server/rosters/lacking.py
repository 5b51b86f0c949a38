"""Each step of a town's first day: one question a step, answered with what lacks by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from server import org, places
from server.base import database

MOST_NAMED = 8
_OPEN = "p.ended_at IS NULL AND p.area >= $1 AND p.area < $2 AND p.role <> 'merchant'"
_HOLDS = (
    "EXISTS (SELECT 1 FROM appointment a WHERE a.post_id = p.id AND a.kind <> 'away'"
    " AND a.from_at <= $3 AND (a.to_at IS NULL OR a.to_at > $3))"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a town needs: how many there are, how many lack, some of these by name.

    `next` is how many are named up to here, where there are more.
    """

    key: str
    have: int
    lacking: int = 0
    named: tuple[str, ...] = ()
    next: int | None = None

    @property
    def done(self) -> bool:
        return self.have > 0 and self.lacking == 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Within which paths, when, and which of those that lack are to be named."""

    ends: tuple[str, str]
    now: datetime
    skip: int = 0
    most: int = MOST_NAMED

    def step(self, key: str, have: int, lacking: Sequence[str]) -> Step:
        """A step of which everything that lacks is known."""
        named = tuple(lacking[self.skip : self.skip + self.most])
        return self.told(key, have, len(lacking), named)

    def told(self, key: str, have: int, lacking: int, named: tuple[str, ...]) -> Step:
        """A step of which no more is known than is to be named."""
        upto = self.skip + len(named)
        return Step(key, have, lacking, named, upto if named and upto < lacking else None)


async def town(key: str, asked: Asked) -> Step:
    town = await org.town()
    filled = (("名称", town.name), ("主办单位", town.sponsor), ("电话", town.phone))
    said = [word for word, value in filled if not value]
    said += ["备案号"] if not town.icp else []
    founded = await _count("SELECT count(*) AS n FROM town")
    return asked.step(key, founded, said)


async def calendar(key: str, asked: Asked) -> Step:
    """The holidays of this year; from November on those of the next as well."""
    year = asked.now.year
    wanted = [year, year + 1] if asked.now.month >= 11 else [year]
    known = {row["year"] for row in await database.fetch("SELECT year FROM calendar_year")}
    lacking = [f"{one}年" for one in wanted if one not in known]
    return asked.step(key, len(known), lacking)


async def categories(key: str, asked: Asked) -> Step:
    return Step(key, await _count("SELECT count(*) AS n FROM category"))


async def grids(key: str, asked: Asked) -> Step:
    grids = await _count(
        "SELECT count(*) AS n FROM place WHERE path >= $1 AND path < $2 AND kind = 'grid'"
        " AND retired_at IS NULL",
        *asked.ends,
    )
    return Step(key, grids)


async def units(key: str, asked: Asked) -> Step:
    counted = "SELECT count(*) AS n FROM unit WHERE kind NOT IN ('platform', 'merchant')"
    return Step(key, await _count(counted))


async def workers(key: str, asked: Asked) -> Step:
    return await _answered(key, asked, "grid", ("grid_worker",))


async def firms(key: str, asked: Asked) -> Step:
    return await _answered(key, asked, "estate", ("property_firm", "property_manager"))


async def _answered(key: str, asked: Asked, kind: str, roles: Sequence[str]) -> Step:
    """The places of a kind for which nobody is to answer in any of these roles."""
    rows = await database.fetch(
        "SELECT path, full_name FROM place WHERE path >= $1 AND path < $2 AND kind = $3"
        " AND retired_at IS NULL ORDER BY path",
        *asked.ends,
        kind,
    )
    marks, values = database.in_list(roles, start=2)
    answering = await database.fetch(
        "SELECT path FROM responsibility WHERE from_at <= $1 AND (to_at IS NULL OR to_at > $1)"
        f" AND role IN {marks}",
        asked.now,
        *values,
    )
    covered = {row["path"] for row in answering}
    bare = [row for row in rows if not covered & set(places.ancestry(row["path"]))]
    return asked.step(key, len(rows), [row["full_name"] for row in bare])


async def streets(key: str, asked: Asked) -> Step:
    """A street needs who rules on disputes, and who is there day and night."""
    rows = await database.fetch(
        "SELECT path, full_name FROM place JOIN division d ON d.id = place.id WHERE d.level = 3"
        " AND path >= $1 AND path < $2 AND retired_at IS NULL ORDER BY path",
        *asked.ends,
    )
    held = await database.fetch(
        "SELECT r.path, r.role FROM responsibility r WHERE r.from_at <= $1"
        " AND (r.to_at IS NULL OR r.to_at > $1) AND r.role IN ('street_dispatcher', 'duty_post')",
        asked.now,
    )
    known = {(row["path"], row["role"]) for row in held}
    bare = [
        f"{row['full_name']}{org.role_title(role)}"
        for row in rows
        for role in ("street_dispatcher", "duty_post")
        if (row["path"], role) not in known
    ]
    return asked.step(key, len(rows), bare)


async def held(key: str, asked: Asked) -> Step:
    """Posts nobody holds."""
    every = await _count(f"SELECT count(*) AS n FROM post p WHERE {_OPEN}", *asked.ends)
    return await _posts(key, asked, every, f"{_OPEN} AND NOT {_HOLDS}", asked.now)


async def hours(key: str, asked: Asked) -> Step:
    """Posts of which nobody knows when they are on duty."""
    inside = f"{_OPEN} AND p.role <> 'sys_admin'"
    every = await _count(f"SELECT count(*) AS n FROM post p WHERE {inside}", *asked.ends)
    unknown = f"{inside} AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.post_id = p.id)"
    return await _posts(key, asked, every, unknown)


async def doors(key: str, asked: Asked) -> Step:
    """Who holds a post and has no password yet. A persona of the demo needs none."""
    whose = (
        "FROM account c WHERE c.id IN (SELECT a.account_id FROM appointment a"
        " JOIN post p ON p.id = a.post_id"
        f" WHERE {_OPEN} AND a.kind <> 'away' AND a.from_at <= $3"
        " AND (a.to_at IS NULL OR a.to_at > $3))"
    )
    given = (*asked.ends, asked.now)
    every = await _count(f"SELECT count(*) AS n {whose}", *given)
    shut = f"{whose} AND c.login IS NOT NULL AND c.persona IS NULL AND c.password_hash IS NULL"
    rows = await database.fetch(
        f"SELECT c.name, c.login {shut} ORDER BY c.login LIMIT {asked.most} OFFSET {asked.skip}",
        *given,
    )
    named = tuple(f"{row['name']}（{row['login']}）" for row in rows)
    count = await _count(f"SELECT count(*) AS n {shut}", *given)
    return asked.told(key, every, count, named)


async def _posts(key: str, asked: Asked, every: int, lacking: str, *values: object) -> Step:
    """The posts this is true of, each with its unit and its area."""
    given = (*asked.ends, *values)
    rows = await database.fetch(
        "SELECT p.role, u.name, a.full_name FROM post p JOIN unit u ON u.id = p.unit_id"
        f" LEFT JOIN place a ON a.path = p.area WHERE {lacking} ORDER BY p.area, p.id"
        f" LIMIT {asked.most} OFFSET {asked.skip}",
        *given,
    )
    named = tuple(_post_named(row) for row in rows)
    count = await _count(f"SELECT count(*) AS n FROM post p WHERE {lacking}", *given)
    return asked.told(key, every, count, named)


def _post_named(row: dict[str, Any]) -> str:
    where = f"（{row['full_name']}）" if row["full_name"] else ""
    return f"{row['name']}{org.role_title(row['role'])}{where}"


async def phones(key: str, asked: Asked) -> Step:
    """A number that is answered day and night, for here or for all around."""
    rows = await database.fetch("SELECT path FROM place_phone WHERE kind = 'duty'")
    first, last = asked.ends
    here = [row for row in rows if first.startswith(row["path"]) or first <= row["path"] < last]
    return Step(key, len(here))


async def codes(key: str, asked: Asked) -> Step:
    hung = await _count(
        "SELECT count(*) AS n FROM code c JOIN place p ON p.id = c.place_id"
        " WHERE c.status = 'active' AND p.path >= $1 AND p.path < $2",
        *asked.ends,
    )
    return Step(key, hung)


async def _count(sql: str, *values: object) -> int:
    return int(await database.fetch_value(sql, *values) or 0)
