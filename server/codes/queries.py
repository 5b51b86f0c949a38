"""Reading a sign: from the token or the short number to the place it hangs at."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server import org, places
from server.base import cache, clock, database, dates
from server.codes.errors import CodeRetired, CodeUnknown
from server.codes.rules import ENDED_FOR, FOR_EVERYBODY
from server.codes.tokens import tidy, tidy_short
from server.places import Ground

_KEPT_S = 30
_FROM = "FROM code c LEFT JOIN code s ON s.id = c.successor_id"


@dataclass(frozen=True, slots=True)
class CodeCard:
    """A sign in use, the ground it hangs at, and what of it whoever holds the sign is told.

    `shown` is the ground itself; of a home it is the house, so that neither the door nor who lives
    there is learned from a token. `ground` is for those who handle what is sent from there. The
    ground of a staff code is what its post serves.
    """

    id: UUID
    token: str
    short: str | None
    kind: str
    status: str
    place_id: UUID
    ground: Ground
    shown: Ground
    post_id: UUID | None = None


async def read(token: str) -> CodeCard:
    """The code with this token, written in any case.

    Raises CodeUnknown for what is no token or nobody's, CodeRetired for a sign taken down, a place
    or a post that is no more.
    """
    row = await _by_token(tidy(token))
    if row is None:
        raise CodeUnknown
    ground = await places.find(row["place_id"])
    shown = await places.outside(ground)
    retired_at = row["retired_at"] if row["status"] == "retired" else ground.retired_at
    if retired_at is None and row["post_id"] is not None:
        retired_at = await org.post_ended_at(row["post_id"], clock.now())
    if retired_at is not None:
        raise await _retired(row, shown, retired_at)
    return CodeCard(
        id=row["id"],
        token=row["token"],
        short=row["short"],
        kind=row["kind"],
        status=row["status"],
        place_id=ground.id,
        ground=ground,
        shown=shown,
        post_id=row["post_id"],
    )


async def find_short(typed: str) -> CodeCard:
    """The code with this short number. Raises as `read` does."""
    row = await database.fetch_one("SELECT token FROM code WHERE short = $1", tidy_short(typed))
    if row is None:
        raise CodeUnknown
    return await read(row["token"])


async def code_at(place_id: UUID, kind: str) -> UUID | None:
    """The code of this kind that is in use at a place, the newest."""
    row = await database.fetch_one(
        "SELECT id FROM code WHERE place_id = $1 AND kind = $2 AND status = 'active'"
        " ORDER BY issued_at DESC LIMIT 1",
        place_id,
        kind,
    )
    return row["id"] if row else None


@cache.kept_for(_KEPT_S)
async def sign_at(place_id: UUID) -> str | None:
    """The token of a sign that hangs at this place for everybody, the newest; never a home's."""
    marks, kinds = database.in_list(FOR_EVERYBODY, start=2)
    found = await database.fetch_value(
        f"SELECT token FROM code WHERE place_id = $1 AND status = 'active' AND kind IN {marks}"
        " ORDER BY issued_at DESC LIMIT 1",
        place_id,
        *kinds,
    )
    return str(found) if found else None


async def home_sign(room_id: UUID) -> str | None:
    """The token of the newest code of this home: for who was found to live there."""
    found = await database.fetch_value(
        "SELECT token FROM code WHERE place_id = $1 AND status = 'active' AND kind = 'household'"
        " ORDER BY issued_at DESC, id DESC LIMIT 1",
        room_id,
    )
    return str(found) if found else None


@cache.kept_for(_KEPT_S)
async def first_sign() -> CodeCard | None:
    """The sign at the first entrance of the town: where a visitor of the demo begins."""
    token = await database.fetch_value(
        "SELECT c.token FROM place p JOIN code c ON c.place_id = p.id"
        " WHERE p.kind = 'entrance' AND c.status = 'active' ORDER BY p.path LIMIT 1"
    )
    return await read(token) if token else None


@cache.kept_for(_KEPT_S)
async def _by_token(token: str) -> dict[str, Any] | None:
    return await database.fetch_one(
        "SELECT c.id, c.token, c.short, c.kind, c.place_id, c.post_id, c.status, c.retired_at,"
        f" c.ended_for, s.token AS successor_token {_FROM} WHERE c.token = $1",
        token,
    )


async def _retired(row: dict[str, Any], ground: Ground, retired_at: datetime) -> CodeRetired:
    found = await org.responsible_for(ground, "grid_worker", clock.now())
    phone = found.phone if found and found.phone else (await org.town()).phone
    return CodeRetired(
        retired_on=dates.said_full(clock.local(retired_at)),
        place=ground.full_name,
        role_title=found.role_title if found else "",
        name=found.name if found else "社区",
        phone=phone,
        successor_token=row["successor_token"],
        ended_for=ENDED_FOR.get(row["ended_for"], ""),
    )
