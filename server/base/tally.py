"""What happens so often that writing down each would cost too much: counted in memory.

Who did it is not kept. A crash loses what was counted since it was last written down: seconds.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Generic, TypeVar

from server.base.write_set import Duplicate, LostRace

_MOST_COUNTED = 5_000  # keys between two flushes; more is no longer people
_LOT = 50  # keys in one unit: it looks at each change beside every row it inserts

Key = TypeVar("Key")
_counted: list[Counter[Any]] = []


class Tally(Generic[Key]):
    """How often each key was counted since the last flush. `add` writes counts to their table."""

    def __init__(self, add: Callable[[Mapping[Key, int]], Awaitable[None]]) -> None:
        self._add = add
        self._counted: Counter[Key] = Counter()
        _counted.append(self._counted)

    def count(self, key: Key) -> None:
        """One more."""
        if len(self._counted) < _MOST_COUNTED or key in self._counted:
            self._counted[key] += 1

    async def flush(self) -> int:
        """Add what was counted to the table; returns how many.

        What another process wrote in the same moment wins; ours is added at the next call.
        """
        counted = list(self._counted.items())
        self._counted.clear()
        lots = [dict(counted[at : at + _LOT]) for at in range(0, len(counted), _LOT)]
        added = 0
        try:
            while lots:
                added += await self._added(lots[-1])
                lots.pop()
        finally:
            for lot in lots:
                self._counted.update(lot)
        return added

    async def _added(self, lot: Mapping[Key, int]) -> int:
        try:
            await self._add(lot)
        except (LostRace, Duplicate):
            self._counted.update(lot)
            return 0
        return sum(lot.values())


def forget_all() -> None:
    """When the database is closed: what was counted for its town is nobody's in the next one."""
    for counted in _counted:
        counted.clear()
