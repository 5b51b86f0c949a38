"""Chance that is the same every time, so that the demo town has the same ids everywhere."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")

_VERSION_AND_VARIANT = (7 << 76) | (0b10 << 62)
_FIRST_MS = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)


class Chance:
    """A seeded source of everything that would otherwise be drawn."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # Nothing in a demo is secret.
        self._made = 0
        self.randbits = self._random.getrandbits

    def make_id(self) -> UUID:
        """Like `new_id`, of the form of a UUIDv7, in the order of making."""
        self._made += 1
        ms, within_ms = divmod(self._made, 4096)
        head = ((_FIRST_MS + ms) << 80) | (within_ms << 64)
        return UUID(int=head | _VERSION_AND_VARIANT | self.randbits(62))

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return self._random.randint(low, high)

    def share(self, percent: float) -> bool:
        """True in so many of a hundred cases."""
        return self._random.random() * 100 < percent

    def one_of(self, options: Sequence[T]) -> T:
        return self._random.choice(options)

    def weighted(self, options: Sequence[T], weights: Sequence[float]) -> T:
        return self._random.choices(options, weights)[0]

    def shuffled(self, options: Sequence[T]) -> list[T]:
        return self._random.sample(options, len(options))
