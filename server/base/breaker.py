"""Leave a partner alone for a while that has failed several times: nobody waits for him then."""

import time
from collections.abc import Callable

FAILURES = 5
RESTS_S = 30.0


class Breaker:
    """Open after `failures` in a row; then one try every `rests_s` shows whether he is back."""

    def __init__(
        self,
        failures: int = FAILURES,
        rests_s: float = RESTS_S,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._rests_s, self._now = failures, rests_s, now
        self._failed = 0
        self._closed_at = 0.0

    def rests_for_s(self) -> float:
        """How long nobody should ask him yet; 0 where one may. Asking takes the one try."""
        if self._failed < self._most:
            return 0.0
        left = self._closed_at - self._now()
        if left > 0:
            return left
        self._closed_at = self._now() + self._rests_s
        return 0.0

    def worked(self) -> None:
        self._failed = 0

    def failed(self) -> None:
        self._failed += 1
        if self._failed >= self._most:
            self._closed_at = self._now() + self._rests_s
