"""How long residents wait for an answer: by role, never by person."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from server.base import clock, database
from server.base.viewer import Viewer
from server.org import CONTACT_ROLES, ROLE_TITLES
from server.places import under

COUNTED = timedelta(days=30)
LEAST = 3  # answers, below which a role would tell of one person
WATCHING_ROLES = (
    "community_worker",
    "community_secretary",
    "street_dispatcher",
    "street_leader",
)


@dataclass(frozen=True, slots=True)
class Waits:
    """The answers of one role in the last thirty days: how many, and how long half of them took."""

    role: str
    role_title: str
    answers: int
    half_within_s: int
    became_cases: int


async def reply_times(viewer: Viewer) -> list[Waits]:
    """Working time between a question and its answer, in the viewer's areas, in the order of the
    sign. A role with fewer than `LEAST` answers is left out.
    """
    areas = sorted({p.area for p in viewer.posts if p.role in WATCHING_ROLES and p.area})
    if not areas:
        return []
    values: list[object] = [clock.now() - COUNTED]
    parts = []
    for area in areas:
        first = len(values) + 1
        values += under(area)
        parts.append(f"(c.path >= ${first} AND c.path < ${first + 1})")
    rows = await database.fetch(
        "SELECT c.role, m.waited_s, m.kind FROM message m"
        " JOIN conversation c ON c.id = m.conversation_id"
        " WHERE m.at >= $1 AND (m.waited_s IS NOT NULL OR m.kind = 'case')"
        f" AND ({' OR '.join(parts)})",
        *values,
    )
    return [found for role in CONTACT_ROLES if (found := _of_role(role, rows)) is not None]


def _of_role(role: str, rows: list[database.Row]) -> Waits | None:
    mine = [row for row in rows if row["role"] == role]
    answered = [row["waited_s"] for row in mine if row["waited_s"] is not None]
    if len(answered) < LEAST:
        return None
    cases = sum(row["kind"] == "case" for row in mine)
    return Waits(role, ROLE_TITLES[role], len(answered), int(median(answered)), cases)
