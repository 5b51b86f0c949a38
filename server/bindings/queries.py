"""Reading homes: one's own, and those a grid worker verifies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server import cases, places
from server.base import database
from server.base.viewer import Viewer
from server.bindings.rules import verifying_posts

PAGE = 20
_COLUMNS = """id, account_id, room_id, path, kin, state, reason, ended_for, claimed_at, due_at,
    decided_at, over_at, ring_at"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingFile:
    """One person and one home. `place` is the house, as everybody may read it; `door` the home's
    whole name, for who verifies it and for who is bound to it."""

    id: UUID
    account_id: UUID
    room_id: UUID
    path: str
    kin: str
    state: str
    reason: str
    ended_for: str
    claimed_at: datetime
    due_at: datetime
    decided_at: datetime | None
    over_at: datetime | None
    until_at: datetime | None  # of a bound one
    place: str
    door: str

    def is_late(self, now: datetime) -> bool:
        """Whether it should have been verified by now."""
        return self.state == "claimed" and self.due_at < now


@dataclass(frozen=True, slots=True)
class Bindings:
    """One stretch of a list, and where it goes on."""

    items: tuple[BindingFile, ...]
    next: str | None = None


async def own_bindings(viewer: Viewer) -> list[BindingFile]:
    """What the viewer said of homes and what became of it, the newest first."""
    if viewer.account_id is None:
        return []
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM binding WHERE account_id = $1 ORDER BY claimed_at DESC, id DESC",
        viewer.account_id,
    )
    return [await _file(row) for row in rows]


async def own_at(viewer: Viewer, room_id: UUID) -> BindingFile | None:
    """What the viewer said of this home, if it waits or holds; of others nothing."""
    if viewer.account_id is None:
        return None
    row = await database.fetch_one(
        f"SELECT {_COLUMNS} FROM binding WHERE open_key = $1", f"{viewer.account_id}:{room_id}"
    )
    return await _file(row) if row else None


async def waiting(viewer: Viewer, *, after: str | None = None) -> Bindings:
    """What waits to be verified in the viewer's areas, the longest first."""
    return await _in_areas(viewer, "claimed", after, field="waiting")


async def bound_in(viewer: Viewer, *, after: str | None = None) -> Bindings:
    """Who is bound in the viewer's areas, the oldest first."""
    return await _in_areas(viewer, "bound", after, field="bound")


async def count_waiting(viewer: Viewer) -> int:
    """How many wait to be verified in the viewer's areas."""
    inside, values = _within(viewer)
    found = await database.fetch_value(
        f"SELECT count(*) AS n FROM binding WHERE state = 'claimed' AND {inside}", *values
    )
    return int(found)


async def read_binding(binding_id: UUID) -> BindingFile | None:
    """One of them, whoever asks."""
    row = await database.fetch_one(f"SELECT {_COLUMNS} FROM binding WHERE id = $1", binding_id)
    return await _file(row) if row else None


async def due(now: datetime, *, most: int) -> list[BindingFile]:
    """What is to be rung, the longest first."""
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM binding WHERE ring_at <= $1 ORDER BY ring_at, id LIMIT $2",
        now,
        most,
    )
    return [await _file(row) for row in rows]


async def _in_areas(viewer: Viewer, state: str, after: str | None, *, field: str) -> Bindings:
    inside, ends = _within(viewer)
    values = [*ends, state]
    where = f"state = ${len(values)} AND {inside}"
    if after:
        where += f" AND (claimed_at, id) > (${len(values) + 1}, ${len(values) + 2})"
        values += cases.read_cursor(after, field=field)
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM binding WHERE {where} ORDER BY claimed_at, id LIMIT {PAGE + 1}",
        *values,
    )
    found = tuple([await _file(row) for row in rows[:PAGE]])
    more = len(rows) > PAGE
    return Bindings(found, cases.cursor(found[-1].claimed_at, found[-1].id) if more else None)


def _within(viewer: Viewer) -> tuple[str, Sequence[object]]:
    areas = sorted({post.area for post in verifying_posts(viewer)})
    values = [end for area in areas for end in places.under(area)]
    marks = range(1, len(values), 2)
    inside = " OR ".join(f"(path >= ${at} AND path < ${at + 1})" for at in marks)
    return f"({inside or '1 = 0'})", values


async def _file(row: dict[str, Any]) -> BindingFile:
    ground = await places.find(row["room_id"])
    ring_at = row["ring_at"]
    known = {name: value for name, value in row.items() if name != "ring_at"}
    return BindingFile(
        **known,
        until_at=ring_at if row["state"] == "bound" else None,
        place=(await places.outside(ground)).full_name,
        door=ground.full_name,
    )
