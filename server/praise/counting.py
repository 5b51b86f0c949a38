"""Figures, and what looks odd: for those who read praise before it is passed on.

Figures are of grids, never of people, and stand in the order of the grids.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from server import places
from server.base import clock, database
from server.base.viewer import Viewer
from server.praise.deciding import screening_posts
from server.praise.queries import within
from server.praise.rules import LEAST_ODD, ODD_WITHIN, Mark, oddities

COUNTED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Odd:
    """A target whose praise meets one of the rules."""

    target_kind: str
    target_id: UUID
    target_name: str
    praises: int
    accounts: int
    first_at: datetime
    last_at: datetime
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GridFigures:
    """How much was praised and how much reported in one grid."""

    name: str
    praises: int
    reports: int


async def odd_ones(viewer: Viewer) -> list[Odd]:
    """The targets in the viewer's areas whose praise of the last week looks odd; latest first."""
    areas = _areas(viewer)
    if not areas:
        return []
    inside, values = within(areas, start=2)
    counted = (
        f"given_at >= $1 AND state IN ('waiting', 'accepted') AND account_id IS NOT NULL"
        f" AND {inside}"
    )
    rows = await database.fetch(
        "SELECT p.target_kind, p.target_id, p.target_name, p.given_at, p.account_id, a.created_at"
        " FROM praise p JOIN account a ON a.id = p.account_id"
        f" WHERE {counted} AND p.target_id IN (SELECT target_id FROM praise"
        f" WHERE {counted} GROUP BY target_id HAVING count(*) >= {LEAST_ODD})"
        " ORDER BY p.target_kind, p.target_id, p.given_at",
        clock.now() - ODD_WITHIN,
        *values,
    )
    found = []
    for (kind, target_id), group in groupby(rows, key=lambda r: (r["target_kind"], r["target_id"])):
        lines = list(group)
        marks = [Mark(one["given_at"], one["account_id"], one["created_at"]) for one in lines]
        rules = oddities(marks)
        if rules:
            accounts = len({mark.account for mark in marks})
            name, first, last = lines[-1]["target_name"], marks[0].at, marks[-1].at
            found.append(Odd(kind, target_id, name, len(marks), accounts, first, last, rules))
    return sorted(found, key=lambda one: one.last_at, reverse=True)


async def grid_figures(viewer: Viewer) -> list[GridFigures]:
    """Praise passed on and reports of the last thirty days, per grid, in the order of the grids."""
    areas = _areas(viewer)
    grids = {grid.path: grid for area in areas for grid in await places.places_under(area, "grid")}
    if not grids:
        return []
    inside, values = within(areas, start=2)
    since = clock.now() - COUNTED
    praises = await database.fetch(
        f"SELECT path, count(*) AS n FROM praise WHERE given_at >= $1 AND state = 'accepted'"
        f" AND {inside} GROUP BY path",
        since,
        *values,
    )
    reports = await database.fetch(
        f"SELECT path, count(*) AS n FROM cases WHERE opened_at >= $1 AND flow = 'report'"
        f" AND {inside} GROUP BY path",
        since,
        *values,
    )
    praised, reported = _by_grid(praises, grids), _by_grid(reports, grids)
    return [
        GridFigures(grid.full_name, praised.get(path, 0), reported.get(path, 0))
        for path, grid in sorted(grids.items())
    ]


def _areas(viewer: Viewer) -> list[str]:
    """The widest of the viewer's areas: one within another is counted with it."""
    areas = sorted({post.area for post in screening_posts(viewer)})
    return [
        one for one in areas if not any(one != other and one.startswith(other) for other in areas)
    ]


def _by_grid(rows: list[database.Row], grids: dict[str, places.Ground]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        grid = next((path for path in places.ancestry(row["path"]) if path in grids), None)
        if grid is not None:
            counts[grid] = counts.get(grid, 0) + int(row["n"])
    return counts
