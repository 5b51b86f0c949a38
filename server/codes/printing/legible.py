"""What a plaque cannot show: a letter no face has. It is said before anything is printed."""

import asyncio
from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

from server import photos
from server.base import database
from server.codes.errors import LettersMissing

MOST_TOLD = 5
# A household plaque names nobody's home, a badge the office and not the place.
_NAMES = """SELECT DISTINCT COALESCE(u.name, p.full_name) AS name
    FROM code c JOIN place p ON p.id = c.place_id
    LEFT JOIN post o ON o.id = c.post_id LEFT JOIN unit u ON u.id = o.unit_id
    WHERE c.kind <> 'household' AND"""


async def check_batch(batch_id: UUID) -> None:
    """Raises LettersMissing if a plaque of this batch that is in use has a letter no face has."""
    await _check(
        await database.fetch(f"{_NAMES} c.batch_id = $1 AND c.status = 'active'", batch_id)
    )


async def check_code(code_id: UUID) -> None:
    """Raises LettersMissing if the plaque of this code has a letter no face has."""
    await _check(await database.fetch(f"{_NAMES} c.id = $1", code_id))


async def _check(rows: Iterable[dict[str, Any]]) -> None:
    names = sorted(row["name"] for row in rows)
    # In a thread: to learn what the rare faces have takes a part of a second, once.
    found = await asyncio.to_thread(_missing, names)
    if found:
        more = "等" if len(found) > MOST_TOLD else ""
        raise LettersMissing(letters="、".join(found[:MOST_TOLD]) + more)


def _missing(names: Iterable[str]) -> list[str]:
    """“𰻝”（U+30EDD，在“湖畔社区𰻝𰻝面馆”）, name by name."""
    return [
        f"“{letter}”（U+{ord(letter):04X}，在“{name}”）"
        for name in names
        for letter in _letters().lacking(name)
    ]


@cache
def _letters() -> photos.Letters:
    return photos.Letters(photos.FONT_FILES)
