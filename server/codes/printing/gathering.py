"""What is to stand on each plaque: the place as people call it, the numbers that serve it."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from server import org, places
from server.base import clock, database, phones
from server.codes.printing.shop import shop
from server.codes.rules import KINDS
from server.places import Ground

CHUNK = 60  # plaques: five sheets
SITE = "码上"
LIFT = "电梯"
_COLUMNS = """c.id, c.token, c.short, c.kind, c.place_id, c.post_id, p.path,
    COALESCE(b.elevators, 0) AS elevators"""
_FROM = """FROM code c JOIN place p ON p.id = c.place_id
    LEFT JOIN building b ON b.id = p.parent_id"""


async def of_batch(batch_id: UUID) -> AsyncIterator[list[dict[str, Any]]]:
    """The plaques of a batch that are in use, some dozens at a time, in the order of the places."""
    path, key = "", UUID(int=0)
    while True:
        rows = await database.fetch(
            f"SELECT {_COLUMNS} {_FROM} WHERE c.batch_id = $1 AND c.status = 'active'"
            f" AND (p.path, c.id) > ($2, $3) ORDER BY p.path, c.id LIMIT {CHUNK}",
            batch_id,
            path,
            key,
        )
        if not rows:
            return
        yield [await _plaque(row) for row in rows]
        path, key = rows[-1]["path"], rows[-1]["id"]


async def of_code(code_id: UUID) -> AsyncIterator[list[dict[str, Any]]]:
    """The plaque of one code."""
    rows = await database.fetch(f"SELECT {_COLUMNS} {_FROM} WHERE c.id = $1", code_id)
    yield [await _plaque(row) for row in rows]


async def belongings(batch_id: UUID) -> list[tuple[str, str, str]]:
    """Where each plaque of a batch belongs, in the order in which they are printed: the place by
    its whole name, the kind, the short number."""
    rows = await database.fetch(
        f"SELECT p.full_name, c.kind, c.short {_FROM} WHERE c.batch_id = $1"
        " AND c.status = 'active' ORDER BY p.path, c.id",
        batch_id,
    )
    return [(row["full_name"], row["kind"], row["short"] or "") for row in rows]


async def count_in_use(batch_id: UUID) -> int:
    """How many plaques a batch has now."""
    found = await database.fetch_value(
        "SELECT count(*) AS n FROM code WHERE batch_id = $1 AND status = 'active'", batch_id
    )
    return int(found)


async def _plaque(row: dict[str, Any]) -> dict[str, Any]:
    ground = await places.find(row["place_id"])
    url = shop().public_url
    said = {
        "url": f"{url}/c/{row['token']}",
        "kind": row["kind"],
        "kind_title": KINDS[row["kind"]],
        "site": SITE,
        "domain": urlsplit(url).netloc,
        "duty": phones.spaced(await org.duty_phone(ground)),
    }
    if row["kind"] == "household":  # says nothing of the home it is for
        return said
    if row["post_id"] is not None:
        return said | {"lines": await _badge(row["post_id"])}
    rescue = await _rescue(ground, row["elevators"])
    return said | {"lines": _lines(ground), "short": row["short"] or "", "rescue": rescue}


async def _badge(post_id: UUID) -> list[str]:
    """The office and the post, and nobody's name: the badge goes with the post."""
    card = await org.post_card(post_id, clock.now())
    return [card.unit_name, card.role_title] if card else []


async def _rescue(ground: Ground, elevators: int) -> str:
    """The number for who is stuck, where there is a lift."""
    if not elevators and LIFT not in ground.name:
        return ""
    known = await org.phones_for(ground)
    return next((phones.spaced(one.number) for one in known if one.kind == "elevator"), "")


def _lines(ground: Ground) -> list[str]:
    """The whole name, broken where the estate ends."""
    for part in reversed(ground.names[:-1]):
        if ground.full_name.startswith(part) and len(part) < len(ground.full_name):
            return [part, ground.full_name[len(part) :]]
    return [ground.full_name]
