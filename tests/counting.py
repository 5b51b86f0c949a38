"""How often the database is asked and written to: the cost of a thing, which no load can blur."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from server.base import database


class Counting:
    """Stands before the open database and counts what goes through."""

    def __init__(self, behind: Any) -> None:
        self._behind, self.reads, self.writes = behind, 0, 0
        self.asked: list[tuple[str, Sequence[Any]]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._behind, name)

    async def fetch(self, sql: str, args: Any) -> Any:
        self.reads += 1
        self.asked.append((sql, args))
        return await self._behind.fetch(sql, args)

    async def apply(self, write_set: Any) -> None:
        self.writes += 1
        await self._behind.apply(write_set)


@contextmanager
def counting() -> Iterator[Counting]:
    """Count what goes to the open database until the block ends."""
    behind = database.engine()
    counted = Counting(behind)
    database._Open.engine = counted  # It is asked the same things.
    try:
        yield counted
    finally:
        database._Open.engine = behind
