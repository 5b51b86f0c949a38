"""What a guard is, and all it may look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from server.base.spans import Calendar

if TYPE_CHECKING:
    from server.flows.parts import Mover, RowState


@dataclass(slots=True)
class Moment:
    """All a guard may look at. `hopeful`: a question nobody answered yet counts as yes."""

    rows: "list[RowState] | tuple[RowState, ...]"
    facts: Mapping[str, Any]
    who: "Mover"
    given: Mapping[str, Any]
    now: datetime
    calendar: Calendar
    answers: Mapping[str, Any]
    hopeful: bool = False

    def made(self, move: str) -> int:
        return int(self.facts.get("made", {}).get(move, (0, ""))[0])

    def last(self, move: str) -> datetime | None:
        made = self.facts.get("made", {}).get(move)
        return datetime.fromisoformat(made[1]) if made else None

    def count(self, lane: str, states: frozenset[str]) -> int:
        return sum(1 for row in self.rows[1:] if row.lane == lane and row.state in states)

    def number(self, n: int | str) -> int:
        """A number as it is written, or "@seats": a fact of the case."""
        return n if isinstance(n, int) else int(self.facts[n[1:]])


class Guard(Protocol):
    """`str()` is how it prints in the book of flows.

    One with `on_given` looks at what is given, so it is asked once that has been read.
    """

    @property
    def sentence(self) -> str: ...
    def holds(self, at: Moment) -> bool: ...
