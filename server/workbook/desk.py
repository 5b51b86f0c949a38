"""Imports sent at the desk: kept, checked by the worker, written when somebody has chosen how.

An import is taken under a lease. A worker that dies leaves it to the next one, who does it again
from the start: what stands already is not written twice.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from server import trust
from server.base import clock, database
from server.base.errors import Failure, FieldError, Invalid, Unavailable
from server.base.fields import clean_text
from server.base.ids import new_id
from server.base.unit import Duplicate, LostRace, unit_of_work
from server.base.viewer import Viewer
from server.trust import ReplayKey
from server.workbook.checking import Checked, check, counts_of
from server.workbook.errors import ImportGoesOn, NoSuchImport, WorkbookTooLarge
from server.workbook.making import make_findings
from server.workbook.models import TownImport
from server.workbook.opening import MOST_BYTES, open_file
from server.workbook.standing import survey
from server.workbook.writing import write

ADMIN_ROLES = ("sys_admin",)
KEPT = timedelta(days=7)
LEASE, PULSE_S = timedelta(seconds=60), 2.0
MOST_TOLD, PAGE = 100, 20
_THING = "id, title, state, crs, good_rows, told, expected, written, made_at, account_id, lease_at"
_LONGEST_READ_S = 300.0
_UNFORESEEN = "没有办完，可能和别的改动撞上了。已经写好的不会丢，请把文件再传一次。"
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workbook")
log = logging.getLogger("mashang.workbook")


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One import as the desk shows it."""

    id: UUID
    title: str
    state: str
    crs: str
    good_rows: bool
    expected: int
    written: int
    made_at: datetime
    account_id: UUID
    lease_at: datetime | None
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def goes_on(self) -> bool:
        """Whether the worker has yet to come to it, or is at it."""
        return self.state in ("waiting", "ready")


async def send(content: bytes, title: str, crs: str, *, by: Viewer, asked: ReplayKey) -> UUID:
    """Keep a file to be checked; the import's id. The same request again gives the same id."""
    if not content or len(content) > MOST_BYTES:
        size = f"文件要有内容，最大{MOST_BYTES // 1_000_000}MB。"
        raise Invalid(FieldError("file", "file-size", size))
    if crs not in ("wgs84", "gcj02"):
        raise Invalid(FieldError("crs", "required", "请选坐标系。"))
    key, now = new_id(), clock.now()
    try:
        async with unit_of_work(takes_long=True) as unit:
            unit.insert(
                TownImport,
                id=key,
                account_id=by.account_id,
                title=clean_text(title[:120], 120) or "文件",
                state="waiting",
                crs=crs,
                sent=content,
                told={},
                made_at=now,
            )
            trust.remember(unit, asked, {"id": str(key)}, at=now)
    except Duplicate:
        made = await trust.find_replay(asked)
        if made is None:
            raise
        return UUID(made["id"])
    return key


async def choose(import_id: UUID, *, good_rows: bool, by: Viewer) -> None:
    """Have it written: whole sheets without a fault, or every good row. On record.

    Chosen twice is as good as once. Raises ImportGoesOn while it is being checked.
    """
    kept = await find_import(import_id)
    if kept.state in ("ready", "done"):
        return
    if kept.state != "checked":
        raise ImportGoesOn
    post = next(post for post in by.posts if post.role in ADMIN_ROLES)
    detail = kept.told["counts"] | {"good_rows": good_rows}
    act = trust.Act(action="town.import", by=by, post=post, target=kept.title[:80], detail=detail)
    now_ready = {"state": "ready", "good_rows": good_rows, "lease_at": None}
    try:
        await trust.record(
            act,
            also=lambda unit: unit.update(
                TownImport, where={"id": import_id, "state": "checked"}, set=now_ready
            ),
        )
    except LostRace:
        return  # Somebody else, or the same hand, was faster.


async def take_wrong_rows(import_id: UUID, *, by: Viewer) -> tuple[bytes, str]:
    """The workbook of what is not written, and what it is called. On record: there may be names."""
    row = await database.fetch_one("SELECT wrong, title FROM town_import WHERE id = $1", import_id)
    if row is None or row["wrong"] is None:
        raise NoSuchImport
    post = next(post for post in by.posts if post.role in ADMIN_ROLES)
    act = trust.Act(action="town.wrong", by=by, post=post, target=row["title"][:80])
    await trust.record(act)
    return bytes(row["wrong"]), f"{row['title'].rpartition('.')[0] or row['title']}-没写入的行.xlsx"


async def find_import(import_id: UUID) -> Import:
    """One import. Raises NoSuchImport."""
    row = await database.fetch_one(f"SELECT {_THING} FROM town_import WHERE id = $1", import_id)
    if row is None:
        raise NoSuchImport
    return Import(**row)


async def latest_imports(after: UUID | None = None) -> tuple[list[Import], UUID | None]:
    """The imports of the last week, the newest first, or those before the one named: a page of
    them, and after which the next begins."""
    last = "SELECT made_at, id FROM town_import WHERE id = $1"
    rows = await database.fetch(
        f"SELECT {_THING} FROM town_import{f' WHERE (made_at, id) < ({last})' if after else ''}"
        f" ORDER BY made_at DESC, id DESC LIMIT {PAGE + 1}",
        *([after] if after else []),
    )
    found = [Import(**row) for row in rows[:PAGE]]
    return found, found[-1].id if len(rows) > PAGE else None


async def forget_imports(before: datetime) -> None:
    """Let go of files that were sent before then."""
    async with unit_of_work().models():
        await TownImport.filter(made_at__lt=before).delete()


async def carry_on() -> bool:
    """Bring the next import that waits, or whose worker died, to its rest; was there one?"""
    now = clock.now()
    row = await database.fetch_one(
        "SELECT id, state, crs, good_rows, sent, lease_at FROM town_import"
        " WHERE state IN ('waiting', 'ready') AND (lease_at IS NULL OR lease_at < $1)"
        " ORDER BY made_at LIMIT 1",
        now,
    )
    if row is None:
        return False
    where = {"id": row["id"], "state": row["state"], "lease_at": row["lease_at"]}
    try:
        async with unit_of_work(takes_long=True) as unit:
            unit.update(TownImport, where=where, set={"lease_at": now + LEASE})
    except LostRace:
        return True
    await _bring_to_rest(row)
    return True


async def _bring_to_rest(row: dict[str, Any]) -> None:
    meter = _Meter(row["id"])
    try:
        async with _pulse(meter):
            if row["state"] == "waiting":
                now_so = await _checked(row)
            else:
                now_so = await _written(row, meter)
    except Unavailable:
        raise  # The database is gone for a while; the next worker does it again.
    except Failure as refused:
        now_so = {"state": "failed", "told": {"sentence": refused.detail}}
    except Exception:
        log.exception("an import could not be brought to its end")
        now_so = {"state": "failed", "told": {"sentence": _UNFORESEEN}}
    async with unit_of_work(takes_long=True) as unit:
        where = {"id": row["id"], "state": row["state"]}
        unit.update(TownImport, where=where, set=now_so | {"lease_at": None}, expecting=None)


async def _checked(row: dict[str, Any]) -> dict[str, Any]:
    checked, wrong = await _check(row, whole=False)
    told = _told(checked)
    expected = sum(tally.good for tally in checked.tallies)
    return {"state": "checked", "told": told, "wrong": wrong, "expected": expected}


async def _written(row: dict[str, Any], meter: "_Meter") -> dict[str, Any]:
    checked, wrong = await _check(row, whole=not row["good_rows"])
    written = await write(checked, told=meter.told)
    told = _told(checked) | {"new": written.new, "changed": written.changed}
    return {"state": "done", "told": told, "wrong": wrong, "written": meter.written}


async def _check(row: dict[str, Any], *, whole: bool) -> tuple[Checked, bytes | None]:
    """In the thread: seconds of a large town are none of the loop's."""
    standing, loop = await survey(), asyncio.get_running_loop()

    def work() -> tuple[Checked, bytes | None]:
        sent = open_file(bytes(row["sent"]), tick=_until(_LONGEST_READ_S))
        checked = check(sent, standing, whole=whole, crs=row["crs"])
        return checked, None if checked.is_good else make_findings(sent, checked.refused)

    return await loop.run_in_executor(_thread, work)


def _until(seconds: float) -> Callable[[], None]:
    """To be called again and again; gives up after so long."""
    end = time.monotonic() + seconds

    def tick() -> None:
        if time.monotonic() > end:
            raise WorkbookTooLarge(what="读了五分钟还没读完")

    return tick


def _told(checked: Checked) -> dict[str, Any]:
    """What a person reads of it: sheet by sheet, the first of what is wrong, remarks."""
    return {
        "tallies": [
            {name: getattr(one, name) for name in ("title", "rows", "wrong", "waiting", "refused")}
            for one in checked.tallies
        ],
        "findings": [str(finding) for finding in checked.findings[:MOST_TOLD]],
        "wrong": len(checked.findings),
        "waiting": checked.waiting,
        "notes": checked.notes[:MOST_TOLD],
        "counts": counts_of(checked),
    }


class _Meter:
    """How much of an import is written."""

    def __init__(self, import_id: UUID) -> None:
        self.import_id, self.written = import_id, 0

    def told(self, what: str, count: int) -> None:
        self.written += count


@asynccontextmanager
async def _pulse(meter: _Meter) -> AsyncIterator[None]:
    """Keep the lease, and say how far it has come, as long as the work goes on."""

    async def beat() -> None:
        while True:
            await asyncio.sleep(PULSE_S)
            now_so = {"lease_at": clock.now() + LEASE, "written": meter.written}
            async with unit_of_work(takes_long=True) as unit:
                unit.update(TownImport, where={"id": meter.import_id}, set=now_so, expecting=None)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
        await asyncio.wait({beating})
