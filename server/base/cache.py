"""Answers that change rarely, kept for a short while: places, posts, categories, the calendar."""

import time
from collections.abc import Awaitable, Callable, Hashable
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")

_kept: list[dict[Hashable, tuple[float, object]]] = []
MOST = 50_000  # answers per question


class _Cleared:
    """How often everything was forgotten: an answer asked for before is not kept after."""

    times = 0


def clear() -> None:
    """Forget everything: after an import, when the database is closed, between tests."""
    _Cleared.times += 1
    for answers in _kept:
        answers.clear()


def shelf() -> dict[Any, Any]:
    """A dict to keep answers in, where some must be dropped early; `clear` empties it."""
    answers: dict[Any, Any] = {}
    _kept.append(answers)
    return answers


class Derived(Generic[S, R]):
    """What is made of an answer that is itself kept: made anew once that is another one."""

    def __init__(self, make: Callable[[S], R]) -> None:
        self._make, self._kept = make, shelf()

    def of(self, source: S, key: Hashable = None) -> R:
        """What this source gives; `key` tells sources apart that are kept side by side."""
        known = self._kept.get(key)
        if known is not None and known[0] is source:
            made: R = known[1]
            return made
        if len(self._kept) >= MOST:
            self._kept.clear()
        made = self._make(source)
        self._kept[key] = (source, made)
        return made


def kept_for(
    seconds: float,
) -> Callable[[Callable[P, Awaitable[R]]], Callable[P, Awaitable[R]]]:
    """Keep the answers of an async question by its arguments, which must be hashable."""

    def keep(question: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
        answers: dict[Hashable, tuple[float, object]] = {}
        _kept.append(answers)

        @wraps(question)
        async def ask(*args: P.args, **kwargs: P.kwargs) -> R:
            asked = (args, tuple(kwargs.items()))
            known = answers.get(asked)
            if known is not None and known[0] > time.monotonic():
                return known[1]  # type: ignore[return-value]  # put there by this question alone
            cleared = _Cleared.times
            answer = await question(*args, **kwargs)
            if cleared != _Cleared.times:
                return answer
            if len(answers) >= MOST:
                answers.clear()
            answers[asked] = (time.monotonic() + seconds, answer)
            return answer

        return ask

    return keep
