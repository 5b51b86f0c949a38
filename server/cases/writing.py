"""From what a step says to the rows it means: one write-set, guarded by the version read."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from server import flows
from server.base.unit import Unit
from server.base.viewer import HeldPost, Viewer
from server.cases import chain, parts
from server.cases.files import CaseFile, PartyFile, RowFile
from server.cases.models import Case, CaseClock, CaseEvent, CaseParty, CaseRow

_PARTS = ("rows", "clocks", "parties")
_COLUMNS = tuple(field.name for field in fields(CaseFile) if field.name not in _PARTS)


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made the first event of a step; what follows by the flow is made by nobody."""

    account_id: UUID | None = None
    name: str = ""
    posts: tuple[HeldPost, ...] = ()

    @classmethod
    def of(cls, viewer: Viewer | None) -> "Maker":
        return cls(viewer.account_id, viewer.name, viewer.posts) if viewer else cls()


def write_new(
    unit: Unit,
    case: CaseFile,
    step: flows.Step,
    maker: Maker,
    now: datetime,
    *,
    also: dict[str, Any],
) -> CaseFile:
    """A new case with everything it begins with. `case` and `also` hold what the law leaves out."""
    hashed = _write_events(unit, case, step.events, maker)
    columns = parts.columns_of(step.case, _columns(case), now) | {"chain": hashed}
    written = replace(case, **columns)
    unit.insert(Case, **_columns(written), **also)
    raiser = PartyFile("raiser", case.raiser_account_id, _raisers_key(case), None, None)
    return _write_parts(unit, written, replace(case, rows=()), step.case, [raiser])


def write_steps(
    unit: Unit,
    case: CaseFile,
    state: flows.CaseState,
    events: tuple[flows.Event, ...],
    *,
    maker: Maker,
    now: datetime,
    also: dict[str, Any] | None = None,
) -> CaseFile:
    """Everything that differs after these events, if nobody wrote this case meanwhile.

    `also` are columns the engine does not know. Returns the case as it will stand.
    """
    hashed = _write_events(unit, case, events, maker)
    before = _columns(case)
    columns = parts.columns_of(state, before, now) | {"chain": hashed} | (also or {})
    changed = {name: value for name, value in columns.items() if value != before[name]}
    unit.update(Case, where={"id": case.id, "version": case.version}, set=changed)
    return _write_parts(unit, replace(case, **columns), case, state, [])


def _write_events(unit: Unit, case: CaseFile, events: Iterable[flows.Event], maker: Maker) -> bytes:
    hashed = case.chain
    for event in events:
        by = maker if event.by not in ("flow", "clock") else Maker()
        post = next((one for one in by.posts if one.id == event.post_id), None)
        body = event.plain()
        role = post.role if post else event.by
        name = by.name if post else ""
        hashed = chain.link(
            hashed,
            case_id=case.id,
            body=body,
            by_account_id=by.account_id,
            by_name=name,
            by_role=role,
        )
        unit.insert(
            CaseEvent,
            case_id=case.id,
            version=event.version,
            at=event.at,
            move=event.move,
            no=event.row,
            by_account_id=by.account_id,
            by_post_id=event.post_id,
            by_name=name,
            by_role=role,
            body=body,
            chain=hashed,
        )
    return hashed


def _write_parts(
    unit: Unit,
    written: CaseFile,
    before: CaseFile,
    state: flows.CaseState,
    parties: list[PartyFile],
) -> CaseFile:
    """Rows, clocks and parties that are new or differ."""
    rows = tuple(parts.row_file(row, state.clocks) for row in state.rows)
    clocks = tuple(parts.clock_file(clock) for clock in state.clocks)
    _write_rows(unit, written.id, before, rows)
    known = {(clock.no, clock.key): clock for clock in before.clocks}
    for clock in clocks:
        columns: dict[str, Any] = {
            "kept": clock.kept,
            "due_at": clock.due_at,
            "ring_at": clock.ring_at,
        }
        key: dict[str, Any] = {"case_id": written.id, "no": clock.no, "key": clock.key}
        if (clock.no, clock.key) not in known:
            unit.insert(CaseClock, **key, **columns)
        elif known[clock.no, clock.key] != clock:
            unit.update(CaseClock, where=key, set=columns)
    parties = parties + _new_parties(before, rows)
    for party in parties:
        unit.insert(CaseParty, case_id=written.id, since=written.version, **_plain(party))
    return replace(written, rows=rows, clocks=clocks, parties=(*before.parties, *parties))


def _write_rows(unit: Unit, case_id: UUID, before: CaseFile, rows: tuple[RowFile, ...]) -> None:
    known = {row.no: row for row in before.rows}
    for row in rows:
        columns = _plain(row)
        number = columns.pop("no")
        old = known.get(row.no)
        if old is None:
            unit.insert(CaseRow, case_id=case_id, no=number, **columns)
        elif old != row:
            was = _plain(old)
            changed = {name: value for name, value in columns.items() if value != was[name]}
            unit.update(CaseRow, where={"case_id": case_id, "no": number}, set=changed)


def _new_parties(before: CaseFile, rows: tuple[RowFile, ...]) -> list[PartyFile]:
    """Whoever holds a row for the first time: a post or unit handles it, a resident joined."""
    known = set(before.parties)
    found = []
    for row in rows:
        person = row.account_id is not None or row.key_hash is not None
        relation = "second" if person else "holder"
        party = PartyFile(relation, row.account_id, row.key_hash, row.post_id, row.unit_id)
        if party not in known and (person or row.post_id or row.unit_id):
            known.add(party)
            found.append(party)
    return found


def _raisers_key(case: CaseFile) -> bytes | None:
    return None if case.raiser_account_id else parts.key_hash(parts.key_of(case.id))


def _columns(case: CaseFile) -> dict[str, Any]:
    return {name: getattr(case, name) for name in _COLUMNS}


def _plain(value: RowFile | PartyFile) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}
