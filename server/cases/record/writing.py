"""From what a step says to the rows it means: one write-set, guarded by the version read."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import asdict, replace

from server import flows
from server.base import changes
from server.base.unit import Unit
from server.base.viewer import HeldPost, Viewer, of_staff
from server.cases.models import Case, CaseClock, CaseEvent, CaseParty, CaseRow, CaseWords
from server.cases.record import chain, parts, words
from server.cases.record.files import CaseFile, EventFile, PartyFile, RowFile
from server.cases.record.keys import key_hash, key_of
from server.cases.record.reading import COLUMNS, clock_order


class Maker(Struct, frozen=True):
    """Who made the first event of a step; what follows by the flow is made by nobody."""

    account_id: UUID | None = None
    name: str = ""
    posts: tuple[HeldPost, ...] = ()
    files: bool = False  # takes it down for a resident

    @classmethod
    def of(cls, viewer: Viewer | None) -> "Maker":
        return cls(viewer.account_id, viewer.name, viewer.posts) if viewer else cls()


class Moved(Struct, frozen=True):
    """A case as it will stand, and what its history will have gained."""

    case: CaseFile
    events: tuple[EventFile, ...]


def write_new(
    unit: Unit,
    case: CaseFile,
    step: flows.Step,
    maker: Maker,
    now: datetime,
    *,
    also: dict[str, Any],
    filer: HeldPost | None = None,
) -> CaseFile:
    """A new case with everything it begins with. `case` and `also` hold what the law leaves out,
    `filer` is the post through which staff filed it, for a resident or in office.
    """
    maker = Maker(maker.account_id, maker.name, maker.posts, files=filer is not None)
    events = _write_events(unit, case, step.events, maker)
    chained = {"chain": events[-1].chain}
    columns = parts.columns_of(step.case, case_columns(case), now) | chained
    written = replace(case, **columns)
    unit.insert(Case, **case_columns(written), **also)
    unit.after_commit(partial(changes.changed, written.covers_path))
    parties = [] if case.raiser_gone else [raisers_party(case)]
    if filer is not None:
        parties.append(PartyFile("filer", None, None, filer.id, filer.unit_id))
    return _write_parts(unit, written, case, step.case, parties)


def write_steps(
    unit: Unit,
    case: CaseFile,
    state: flows.CaseState,
    events: tuple[flows.Event, ...],
    *,
    maker: Maker,
    now: datetime,
    also: dict[str, Any] | None = None,
) -> Moved:
    """Everything that differs after these events, if nobody wrote this case meanwhile.

    `also` are columns the engine does not know.
    """
    lines = _write_events(unit, case, events, maker)
    before = case_columns(case)
    columns = parts.columns_of(state, before, now) | {"chain": lines[-1].chain} | (also or {})
    changed = {name: value for name, value in columns.items() if value != before[name]}
    unit.update(Case, where={"id": case.id, "version": case.version}, set=changed)
    written = replace(case, **columns)
    if written.live and not case.live:
        again = {"case_id": case.id, "ended": True}
        unit.update(CaseParty, where=again, set={"ended": False}, expecting=None)
    for path in {case.covers_path, written.covers_path}:
        unit.after_commit(partial(changes.changed, path))
    parties = _callers(case, events, maker)
    return Moved(_write_parts(unit, written, case, state, parties), lines)


def case_columns(case: CaseFile) -> dict[str, Any]:
    """The row of `cases` itself."""
    return dict(zip(COLUMNS, _columns(case), strict=True))


_columns = attrgetter(*COLUMNS)


class Written(Struct, frozen=True):
    """One row of the history, and the row of what a resident said with it."""

    event: dict[str, Any]
    words: dict[str, Any] | None
    body: dict[str, Any]


def event_columns(case_id: UUID, before: bytes, event: flows.Event, maker: Maker) -> Written:
    """One event chained to the one before it. Of a resident it bears neither name nor account, nor
    of one who keeps a shop: it says which post that was made from."""
    by = maker if event.by not in ("flow", "clock") else Maker()
    post = next((one for one in by.posts if one.id == event.post_id), None)
    office = post is not None and bool(of_staff((post,)))
    apart = words.set_apart(case_id, event)
    said: dict[str, Any] = {
        "by_account_id": by.account_id if office or by.files else None,
        "by_name": by.name if office else "",
        "by_role": post.role if post else event.by,
        "body": chain.canonical(apart.body),
    }
    columns = said | {
        "case_id": case_id,
        "version": event.version,
        "at": event.at,
        "move": event.move,
        "no": event.row,
        "by_post_id": event.post_id,
        "chain": chain.link(before, case_id=case_id, **said),
    }
    return Written(columns, apart.row, apart.body)


def new_parties(known: Iterable[PartyFile], rows: Iterable[flows.RowState]) -> list[PartyFile]:
    """Whoever holds a row for the first time: a post or unit handles it, a resident joined."""
    seen, found = set(known), []
    for row in rows:
        holder = row.holder or flows.Holder()
        key = bytes.fromhex(holder.key) if holder.key else None
        relation = "second" if holder.account_id or key else "holder"
        party = PartyFile(relation, holder.account_id, key, holder.post_id, holder.unit_id)
        if party not in seen and holder != flows.Holder():
            seen.add(party)
            found.append(party)
    return found


def raisers_party(case: CaseFile) -> PartyFile:
    """The raiser: by account, or by the key made from the case."""
    account_id = case.raiser_account_id
    hashed = None if account_id else key_hash(key_of(case.id))
    return PartyFile("raiser", account_id, hashed, None, None)


def _callers(case: CaseFile, events: Iterable[flows.Event], maker: Maker) -> list[PartyFile]:
    """Whoever rang the resident up for the first time; they see what becomes of it."""
    rang = {event.post_id for event in events if event.move in flows.CALLS}
    found = [PartyFile("caller", None, None, p.id, p.unit_id) for p in maker.posts if p.id in rang]
    return [party for party in found if party not in case.parties]


def _write_events(
    unit: Unit, case: CaseFile, events: Iterable[flows.Event], maker: Maker
) -> tuple[EventFile, ...]:
    hashed, files = case.chain, []
    for event in events:
        written = event_columns(case.id, hashed, event, maker)
        unit.insert(CaseEvent, **written.event)
        if written.words is not None:
            unit.insert(CaseWords, **written.words)
        files.append(_event_file(written))
        hashed = files[-1].chain
    return tuple(files)


def _event_file(written: Written) -> EventFile:
    """The event as it will be read."""
    columns = {name: value for name, value in written.event.items() if name != "case_id"}
    columns["body"], words = written.body, written.words
    if words is None:
        return EventFile(**columns)
    return EventFile(**columns, words_id=words["id"], words_sealed=words["words_sealed"])


def _write_parts(
    unit: Unit,
    written: CaseFile,
    before: CaseFile,
    state: flows.CaseState,
    parties: list[PartyFile],
) -> CaseFile:
    """Rows, clocks and parties that are new or differ."""
    rows = tuple(parts.row_file(row, state.clocks) for row in state.rows)
    _write_rows(unit, written.id, before, rows)
    clocks = tuple(sorted(map(parts.clock_file, state.clocks), key=clock_order))
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
    parties = parties + new_parties(before.parties, state.rows)
    for party in parties:
        unit.insert(CaseParty, case_id=written.id, since=written.version, **asdict(party))
    return replace(written, rows=rows, clocks=clocks, parties=(*before.parties, *parties))


def _write_rows(unit: Unit, case_id: UUID, before: CaseFile, rows: tuple[RowFile, ...]) -> None:
    known = {row.no: row for row in before.rows}
    for row in rows:
        columns = asdict(row)
        number = columns.pop("no")
        old = known.get(row.no)
        if old is None:
            unit.insert(CaseRow, case_id=case_id, no=number, **columns)
        elif old != row:
            was = asdict(old)
            changed = {name: value for name, value in columns.items() if value != was[name]}
            unit.update(CaseRow, where={"case_id": case_id, "no": number}, set=changed)
