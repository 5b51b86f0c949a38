"""Rows as they stand and as they should: what is new or different is written, a lot at a time.

A lot is one unit: a noun and the rows that belong to it stand together or not at all. Whatever is
interrupted is made whole by doing it again, for what stands already is not written twice.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from tortoise.models import Model

from server.base import changes, database
from server.base.unit import Unit, unit_of_work

LOT, CHANGED_LOT = 500, 50  # nouns in one unit: new ones, changed ones
PAGE = 5_000
Row = dict[str, Any]
Step = Callable[[Unit], None]
NewRow = tuple[type[Model], Mapping[str, Any]]
Told = Callable[[int], object]


async def every_row(table: str, columns: str, where: str = "") -> AsyncIterator[Row]:
    """Every row of a table by its `id`, read a page at a time; `where` begins with AND."""
    rows = await database.fetch(
        f"SELECT id, {columns} FROM {table} WHERE 1 = 1 {where} ORDER BY id LIMIT {PAGE}"
    )
    while rows:
        for row in rows:
            yield row
        rows = await database.fetch(
            f"SELECT id, {columns} FROM {table} WHERE id > $1 {where} ORDER BY id LIMIT {PAGE}",
            rows[-1]["id"],
        )


class Revision:
    """What has to be written, gathered by the noun it belongs to, in the order of asking."""

    def __init__(self) -> None:
        self.new, self.changed = 0, 0
        self._new: dict[Any, list[Step | NewRow]] = {}
        self._changed: dict[Any, list[Step | NewRow]] = {}

    def row(
        self,
        model: type[Model],
        wanted: Mapping[str, Any],
        standing: Mapping[str, Any] | None,
        *,
        key: str = "id",
    ) -> None:
        """A row as it should be, beside the one that stands, if one does."""
        if standing is None:
            # Not as a function: a large town has many, and each is ten times as large.
            self._put(wanted[key], (model, wanted), new=True)
            return
        other = {name: value for name, value in wanted.items() if standing[name] != value}
        if other:
            where = {key: standing[key]}
            self.step(standing[key], lambda unit: unit.update(model, where=where, set=other))

    def step(self, noun: Any, step: Step, *, new: bool = False) -> None:
        """Anything else that is written with this noun."""
        self._put(noun, step, new=new)

    def _put(self, noun: Any, step: Step | NewRow, *, new: bool) -> None:
        lots = self._new if new or noun in self._new else self._changed
        if noun not in lots:
            self.new += lots is self._new
            self.changed += lots is self._changed
        lots.setdefault(noun, []).append(step)

    async def write(self, told: Told | None = None) -> None:
        """Write all of it, a lot at a time; `told` hears how many nouns each lot had."""
        for lots, size in ((self._new, LOT), (self._changed, CHANGED_LOT)):
            nouns = list(lots)
            for at in range(0, len(nouns), size):
                lot = nouns[at : at + size]
                async with unit_of_work() as unit:
                    for noun in lot:
                        for step in lots[noun]:
                            if isinstance(step, tuple):
                                unit.bulk(step[0], (step[1],))
                            else:
                                step(unit)
                changes.everything_changed()
                if told is not None:
                    told(len(lot))
