"""As many processes as there are requests: nobody takes turns, the database alone decides."""

from typing import Any

import pytest

from server.base import races


class _NoTurns(dict[Any, Any]):
    def setdefault(self, _what: Any, turn: Any) -> Any:
        return turn


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes the same thing at once meets only in the database."""
    monkeypatch.setattr(races, "_turns", _NoTurns())
