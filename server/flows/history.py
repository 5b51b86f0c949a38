"""What happened in a case, once and for ever, and what a step brings about beside it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from server.base.fields import Field
from server.flows.parts import CaseState, ClockState, Holder, RowState
from server.flows.structure import MAIN


class Event(Struct, frozen=True):
    """What happened, once and for ever: one event a version.

    Beside who did what it keeps what followed (rows, clocks and facts as they then stood; a fact
    that is None was removed), so that a case can be rebuilt without org tree or calendar.
    """

    version: int
    at: datetime
    move: str
    row: int
    source: str
    target: str
    by: str  # the relation, role, "flow" or "clock" under which it was made
    post_id: UUID | None = None
    given: Mapping[str, Any] = {}
    rows: tuple[RowState, ...] = ()
    clocks: tuple[ClockState, ...] = ()
    facts: Mapping[str, Any] = {}
    flow_version: int = 1

    def plain(self) -> dict[str, Any]:
        return {
            "version": self.version,
            "at": self.at.isoformat(),
            "move": self.move,
            "row": self.row,
            "from": self.source,
            "to": self.target,
            "by": self.by,
            "post_id": None if self.post_id is None else str(self.post_id),
            "given": dict(self.given),
            "rows": [row.plain() for row in self.rows],
            "clocks": [{"row": c.row, "key": c.key, "kept": c.plain()} for c in self.clocks],
            "facts": dict(self.facts),
            "flow_version": self.flow_version,
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Event":
        return cls(
            version=kept["version"],
            at=datetime.fromisoformat(kept["at"]),
            move=kept["move"],
            row=kept["row"],
            source=kept["from"],
            target=kept["to"],
            by=kept["by"],
            post_id=UUID(kept["post_id"]) if kept["post_id"] else None,
            given=kept["given"],
            rows=tuple(RowState.read(one) for one in kept["rows"]),
            clocks=tuple(
                ClockState.read(one["row"], one["key"], one["kept"]) for one in kept["clocks"]
            ),
            facts=kept["facts"],
            flow_version=kept["flow_version"],
        )


class Tell(Struct, frozen=True):
    """Tell `to` (a relation, role or lane; `holder` is that of `row`) the text `text`."""

    to: str
    text: str
    row: int
    version: int


class HolderRule(Struct, frozen=True):
    """A row of which the caller must say who has it now: given, catalogue, up, role:…"""

    row: int
    rule: str
    version: int
    move: str
    unit_id: UUID | None = None
    post_id: UUID | None = None
    before: Holder | None = None  # who had it, for `up`
    but: tuple[str, ...] = ()  # facts that name whom it does not go to


class Deed(Struct, frozen=True):
    """A feature's function to call in the same unit of work."""

    name: str
    row: int
    version: int
    given: Mapping[str, Any]


class Step(Struct, frozen=True):
    """What a move brings about. Without events nothing happened (a bell that rang too late).

    While `holder_rules` is not empty the step is not complete: see `engine.with_holders`.
    """

    case: CaseState
    events: tuple[Event, ...] = ()
    tells: tuple[Tell, ...] = ()
    deeds: tuple[Deed, ...] = ()
    holder_rules: tuple[HolderRule, ...] = ()


class Offer(Struct, frozen=True):
    """A move this person may make now. `row` only where they hold several that offer it."""

    key: str
    title: str
    needs: tuple[str, ...]
    fields: tuple[Field, ...]
    row: int | None = None


def replay(flow_key: str, events: tuple[Event, ...]) -> CaseState:
    """The case as its events tell it. Raises ValueError where they do not follow one another."""
    first = events[0]
    rows: dict[int, RowState] = {}
    clocks: dict[tuple[int, str], ClockState] = {}
    facts: dict[str, Any] = {}
    for expected, event in enumerate(events, start=1):
        before = rows.get(event.row)
        if event.version != expected or event.source != (before.state if before else ""):
            raise ValueError(f"event {event.version} ({event.move}) does not follow")
        rows |= {row.no: row for row in event.rows}
        clocks |= {(clock.row, clock.key): clock for clock in event.clocks}
        facts = {**facts, **event.facts}
        if rows[event.row].lane == MAIN:
            facts["made"] = counted(facts.get("made", {}), event.move, event.at)
    return CaseState(
        flow=flow_key,
        flow_version=events[-1].flow_version,
        version=len(events),
        rows=tuple(rows[no] for no in sorted(rows)),
        clocks=tuple(clocks.values()),
        facts={name: value for name, value in facts.items() if value is not None},
        opened_at=first.at,
    )


def counted(made: Mapping[str, Any], move: str, at: datetime) -> dict[str, Any]:
    """`made` with one more of that move."""
    before = made.get(move, (0, ""))[0]
    return {**made, move: [before + 1, at.isoformat()]}
