"""Between the desk and the law: a case as it lies in the tables, and as the engine knows it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from server import flows
from server.cases.record.files import CaseFile, ClockFile, EventFile, RowFile

# Lists sort by it; a row without a deadline comes last.
NO_DEADLINE = datetime(9000, 1, 1, tzinfo=UTC)
SECOND = "second"  # the lane of those who joined


def state_of(case: CaseFile) -> flows.CaseState:
    """What the engine needs to know of a case."""
    return flows.CaseState(
        flow=case.flow,
        flow_version=case.flow_version,
        version=case.version,
        rows=tuple(_row_state(row) for row in case.rows),
        clocks=tuple(flows.ClockState.read(one.no, one.key, one.kept) for one in case.clocks),
        facts=case.facts,
        opened_at=case.opened_at,
    )


def columns_of(case: flows.CaseState, before: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The columns of `cases` that follow from the engine's case; `before` are the old ones."""
    respond, resolve = case.clock("respond"), case.clock("resolve")
    met = respond is not None and respond.mode == "stopped"
    return {
        "version": case.version,
        "flow_version": case.flow_version,
        "state": case.state,
        "live": case.live,
        "ending": case.facts.get("ending"),
        "outcome": case.facts.get("outcome"),
        "category": case.facts.get("category") or "",
        "facts": dict(case.facts),
        "respond_by": (respond and respond.due) or before["respond_by"],
        "resolve_by": (resolve and resolve.due) or before["resolve_by"],
        "due_at": next_due(case.rows[0], case.clocks),
        "responded_at": respond.since if respond is not None and met else None,
        "resolved_at": _resolved_at(case, before, now),
        "closed_at": None if case.live else before.get("closed_at") or now,
        "seconded": len(case.rows_in(SECOND)),
        "solved": case.facts.get("solved"),
        "rating": case.facts.get("rating"),
    }


def row_columns(row: flows.RowState, clocks: Iterable[flows.ClockState]) -> dict[str, Any]:
    """The columns of `case_row`, its next deadline with them."""
    holder = row.holder or flows.Holder()
    return {
        "lane": row.lane,
        "state": row.state,
        "live": row.live,
        "post_id": holder.post_id,
        "unit_id": holder.unit_id,
        "account_id": holder.account_id,
        "key_hash": bytes.fromhex(holder.key) if holder.key else None,
        "changed": row.changed,
        "came_from": row.came_from,
        "due_at": next_due(row, clocks),
    }


def next_due(row: flows.RowState, clocks: Iterable[flows.ClockState]) -> datetime | None:
    """The next deadline of a row; an open one has one always, so that lists can sort by it."""
    due = [
        clock.due
        for clock in clocks
        if clock.row == row.no and clock.mode == "running" and clock.due is not None
    ]
    return min(due, default=NO_DEADLINE if row.live else None)


def clock_columns(clock: flows.ClockState) -> dict[str, Any]:
    """The columns of `case_clock`; only a running clock has a bell to ring."""
    return {
        "kept": clock.plain(),
        "due_at": clock.due,
        "ring_at": clock.ring_at if clock.mode == "running" else None,
    }


def row_file(row: flows.RowState, clocks: Iterable[flows.ClockState]) -> RowFile:
    return RowFile(no=row.no, **row_columns(row, clocks))


def clock_file(clock: flows.ClockState) -> ClockFile:
    return ClockFile(no=clock.row, key=clock.key, **clock_columns(clock))


def events_of(events: Iterable[EventFile]) -> tuple[flows.Event, ...]:
    """The engine's events, as they were kept."""
    return tuple(flows.Event.read(event.body) for event in events)


def _row_state(row: RowFile) -> flows.RowState:
    key = row.key_hash.hex() if row.key_hash else None
    holder = flows.Holder(row.post_id, row.unit_id, row.account_id, key)
    return flows.RowState(
        no=row.no,
        lane=row.lane,
        state=row.state,
        holder=None if holder == flows.Holder() else holder,
        changed=row.changed,
        came_from=row.came_from,
        live=row.live,
    )


def _resolved_at(
    case: flows.CaseState, before: Mapping[str, Any], now: datetime
) -> datetime | None:
    """Since when it is said to be done; nothing while it is being done again."""
    known: datetime | None = before.get("resolved_at")
    if case.state == "resolved":
        return known or now
    return None if case.live else known
