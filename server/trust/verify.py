"""Is every sensitive act and every event as it was written? Names the first row that is not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from server.base import database
from server.trust import anchors, audit, merkle, windows
from server.trust.anchors import Kept
from server.trust.merkle import Leaf
from server.trust.windows import Stream

PAGE = 500
MOST_FAULTS = 100
FILE_MAY_LAG = timedelta(minutes=2)
RECORDS = Stream(2, "audit_record", "stream", "seq", "audit record")


@dataclass(slots=True)
class Findings:
    """What was looked at, and what is wrong with it, the first first."""

    records: int = 0
    anchors: int = 0
    anchored: int = 0
    waiting: int = 0  # written since the last anchor
    lines: int = 0  # of the file outside
    faults: list[str] = field(default_factory=list)

    def add(self, *faults: str) -> None:
        self.faults += faults


@dataclass(frozen=True, slots=True)
class Floor:
    """Up to which row retention took audit records away, and when it said so."""

    row: int = 0
    at: datetime | None = None


async def check_records(findings: Findings) -> Floor:
    """Every stream's chain. Returns how far retention has taken records away."""
    floor, last = Floor(), 0
    ends: dict[str, audit.Link] = {}
    while rows := await database.fetch(
        f"SELECT * FROM audit_record WHERE id > $1 ORDER BY id LIMIT {PAGE}", last
    ):
        for row in rows:
            findings.records += 1
            end = ends.get(row["stream"])
            broken = _broken(row, end)
            if broken:
                findings.add(f"audit record {row['id']} ({row['action']}, {row['at']}) {broken}")
            elif audit.THROUGH in row["detail"]:
                floor = Floor(int(row["detail"][audit.THROUGH]), row["at"])
            ends[row["stream"]] = audit.Link(row["seq"], bytes(row["chain"]))
        last = rows[-1]["id"]
    await _check_beginnings(findings, floor)
    return floor


def _broken(row: dict[str, Any], end: audit.Link | None) -> str:
    """What is wrong with one record behind the one before it; of the oldest kept that is lost."""
    if end is None and row["seq"] > 1:
        return ""
    before = end or audit.Link()
    if row["seq"] != before.seq + 1:
        return f"follows number {before.seq} of its stream and is number {row['seq']}"
    if audit.link(before.chain, row) != bytes(row["chain"]):
        return "was changed"
    return ""


async def _check_beginnings(findings: Findings, floor: Floor) -> None:
    """A stream that does not begin with its first record was shortened by retention, or cut."""
    rows = await database.fetch("SELECT stream, min(seq) AS seq FROM audit_record GROUP BY stream")
    for row in rows:
        if row["seq"] > 1 and floor.row == 0:
            findings.add(f"the records of {row['stream']} before number {row['seq']} are gone")


async def check_anchors(
    findings: Findings, streams: Sequence[Stream], floor: Floor, outside: Path, now: datetime
) -> None:
    """Every anchor, row by row, against the tables; and the chain against the file outside."""
    told = {said["no"]: said for said in anchors.read_out(outside)}
    findings.lines = len(told)
    last: Kept | None = None
    while some := await anchors.after(last.no if last else 0, most=PAGE):
        for kept in some:
            findings.anchors += 1
            findings.anchored += kept.count
            wrong = _chain_fault(kept, last) or _file_fault(kept, told, now)
            findings.add(*wrong)
            if not wrong:
                findings.add(*await _row_faults(streams, kept, last, floor))
            last = kept
            if len(findings.faults) >= MOST_FAULTS:
                return
    for no in sorted(no for no in told if no > (last.no if last else 0))[:1]:
        findings.add(f"anchor {no} stands in {outside} and is gone from the database")
    findings.waiting = await windows.count_after(streams, last.window(None) if last else None)


def _chain_fault(kept: Kept, last: Kept | None) -> list[str]:
    number, before = (last.no, last.hash) if last else (0, anchors.START)
    if kept.no != number + 1:
        return [f"anchor {number + 1} is gone"]
    if kept.before != before or kept.hashed() != kept.hash:
        return [f"anchor {kept.no} ({kept.at}) was changed"]
    return []


def _file_fault(kept: Kept, told: dict[int, dict[str, Any]], now: datetime) -> list[str]:
    said = told.get(kept.no)
    if said is None:
        late = now - kept.at > FILE_MAY_LAG
        return [f"anchor {kept.no} ({kept.at}) does not stand in the file outside"] if late else []
    if said.get("hash") != kept.hash.hex():
        return [f"anchor {kept.no} ({kept.at}) is not the one in the file outside"]
    return []


async def _row_faults(
    streams: Sequence[Stream], kept: Kept, last: Kept | None, floor: Floor
) -> list[str]:
    """Row by row, what differs from what was anchored."""
    try:
        then = await anchors.leaves_of(kept.no)
    except ValueError:
        then = []
    if merkle.root(then) != kept.root or len(then) != kept.count:
        return [f"the leaves of anchor {kept.no} ({kept.at}) were changed"]
    now = await windows.leaves_in(streams, kept.window(last))
    if then == now:
        return []
    different = _differences(then, now)
    if not different:
        return [f"the rows of anchor {kept.no} ({kept.at}) stand in another order"]
    known = {stream.mark: stream for stream in streams}
    return [
        f"{await _title(known[one.mark], one)} {what} (anchor {kept.no}, {kept.at})"
        for one, what in different
        if not _was_due(one, what, kept, floor)
    ]


GONE = "is gone"


def _differences(then: Iterable[Leaf], now: Iterable[Leaf]) -> list[tuple[Leaf, str]]:
    before, after = ({(one.mark, one.row): one for one in some} for some in (then, now))
    found = []
    for key in sorted(before.keys() | after.keys()):
        was, stands = before.get(key), after.get(key)
        if was is not None and stands is None:
            found.append((was, GONE))
        elif was is None and stands is not None:
            found.append((stands, "was put in afterwards"))
        elif was is not None and stands is not None and was != stands:
            found.append((was, "was changed"))
    return found


def _was_due(one: Leaf, what: str, kept: Kept, floor: Floor) -> bool:
    """Whether retention took this audit record away, after its time and saying so."""
    if what != GONE or one.mark != RECORDS.mark or floor.at is None:
        return False
    return one.row <= floor.row and kept.at <= floor.at - audit.SHORTEST_KEPT


async def _title(stream: Stream, one: Leaf) -> str:
    """ "event 17 of case 261123004701"; of a case that is gone its key."""
    if not stream.named:
        return f"{stream.title} {one.row}"
    key = UUID(bytes=one.of)
    name = await database.fetch_value(stream.named, key)
    return f"{stream.title} {one.row} of case {name or key}"
