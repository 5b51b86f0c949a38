"""Printing a whole batch: asked for at the desk, drawn by the worker, fetched for a few days.

A run is drawn under a lease. Whoever dies drawing gives it back when the lease ends, and it is
begun again; a file is there only when all of it is, and is offered only then.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from server import trust
from server.base import clock, database
from server.base.ids import new_id
from server.base.unit import Duplicate, LostRace, unit_of_work
from server.base.viewer import Viewer
from server.codes.errors import LettersMissing, PrintUnknown
from server.codes.listing import find_batch
from server.codes.models import PrintRun
from server.codes.printing import art, gathering, legible
from server.codes.printing.pressing import Format, Layout, press
from server.codes.printing.shop import shop
from server.trust import ReplayKey

LEASE = timedelta(seconds=60)
KEPT = timedelta(days=3)
MOST_TRIES = 5
LAYOUTS: tuple[Layout, ...] = ("sheet", "single")
_CALLED: dict[str, str] = {"sheet": "A4", "single": "大块"}  # of a file
_COLUMNS = "id, batch_id, layout, state, total, drawn, size, asked_at, finished_at"
log = logging.getLogger("mashang.codes")


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run: waiting, drawing, ready or failed."""

    id: UUID
    batch_id: UUID
    layout: Layout
    state: str
    total: int
    drawn: int
    size: int
    asked_at: datetime
    finished_at: datetime | None


async def ask_print(batch_id: UUID, layout: Layout, *, by: Viewer, asked: ReplayKey) -> UUID:
    """Have a batch printed; the run's id. One that waits or is being drawn is not begun twice.

    Raises BatchUnknown beyond the viewer's area, LettersMissing.
    """
    if (made := await trust.find_replay(asked)) is not None:
        return UUID(made["id"])
    batch = await find_batch(batch_id, by)
    going = await database.fetch_value(
        "SELECT id FROM print_run WHERE batch_id = $1 AND layout = $2"
        " AND state IN ('waiting', 'drawing')",
        batch.id,
        layout,
    )
    if going is not None:
        return UUID(str(going))
    await legible.check_batch(batch.id)
    run_id, now = new_id(), clock.now()
    total = await gathering.count_in_use(batch.id)
    try:
        async with unit_of_work() as unit:
            unit.insert(
                PrintRun,
                id=run_id,
                batch_id=batch.id,
                layout=layout,
                state="waiting",
                total=total,
                by_account_id=by.account_id,
                asked_at=now,
            )
            trust.remember(unit, asked, {"id": str(run_id)}, at=now)
    except Duplicate:
        made = await trust.find_replay(asked)
        if made is None:
            raise
        return UUID(made["id"])
    return run_id


async def runs_of(batch_id: UUID) -> list[RunRow]:
    """What was asked of a batch and is not over, the newest first."""
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM print_run WHERE batch_id = $1 ORDER BY asked_at DESC, id DESC",
        batch_id,
    )
    return [RunRow(**row) for row in rows]


async def belongings_of(batch_id: UUID, viewer: Viewer) -> tuple[str, list[tuple[str, str, str]]]:
    """What a batch is called, and where each of its plaques belongs, in the order of the print:
    what hangs in a home says nothing of it. Raises BatchUnknown beyond the viewer's area."""
    batch = await find_batch(batch_id, viewer)
    return batch.name, await gathering.belongings(batch.id)


async def printed(run_id: UUID, viewer: Viewer) -> tuple[str, bytes]:
    """The name of a finished file, and the file. Raises PrintUnknown for one that is not finished,
    is gone, or is of a batch that was voided; BatchUnknown beyond the viewer's area."""
    row = await database.fetch_one(f"SELECT {_COLUMNS} FROM print_run WHERE id = $1", run_id)
    if row is None:
        raise PrintUnknown
    batch = await find_batch(row["batch_id"], viewer)
    is_there = row["state"] == "ready" and batch.voided_at is None
    content = await shop().files.get(_name(run_id)) if is_there else None
    if content is None:
        raise PrintUnknown
    return f"{batch.name}-{_CALLED[row['layout']]}-{row['total']}块.pdf", content


async def draw_code(code_id: UUID, format: Format) -> bytes:
    """The plaque of one code, drawn at once. Whose it is, the caller has asked.

    Raises LettersMissing.
    """
    await legible.check_code(code_id)
    own = await art.drawings()
    return await press(gathering.of_code(code_id), layout="single", format=format, art=own)


async def draw_batch(batch_id: UUID, layout: Layout) -> bytes:
    """A whole batch, for an operator who waits for it. Raises LettersMissing."""
    await legible.check_batch(batch_id)
    own = await art.drawings()
    return await press(gathering.of_batch(batch_id), layout=layout, art=own)


async def draw_due() -> bool:
    """Take the run that waits longest and draw it; whether there was one."""
    taken = await _claim(clock.now())
    if taken is None:
        return False
    run, lease = taken

    async def drawn(count: int) -> None:
        until = clock.now() + LEASE
        await _change(run.id, lease, drawn=count, lease_until=until)

    try:
        await legible.check_batch(run.batch_id)
        plaques, own = gathering.of_batch(run.batch_id), await art.drawings()
        content = await press(plaques, layout=run.layout, art=own, drawn=drawn)
        await shop().files.put(_name(run.id), content)
        done = {"state": "ready", "size": len(content), "finished_at": clock.now()}
        await _change(run.id, lease, lease_until=None, lease=None, **done)
    except LettersMissing:  # A place was renamed since it was asked for; who asks again is told.
        await _change(run.id, lease, state="failed", lease_until=None, finished_at=clock.now())
    except LostRace:
        log.warning("print run %s was taken over by another worker", run.id)
    return True


async def drop_prints(now: datetime) -> None:
    """Let go of what was printed days ago, and of what was asked for and never drawn."""
    before = now - KEPT
    async with unit_of_work().models():
        await PrintRun.filter(asked_at__lt=before).delete()
    await shop().files.drop_older(before)


async def _claim(now: datetime) -> tuple[RunRow, str] | None:
    row = await database.fetch_one(
        f"SELECT {_COLUMNS}, lease, tries FROM print_run"
        " WHERE state IN ('waiting', 'drawing') AND (lease_until IS NULL OR lease_until < $1)"
        " ORDER BY asked_at, id LIMIT 1",
        now,
    )
    if row is None:
        return None
    before, tries, lease = row.pop("lease"), row.pop("tries"), str(uuid4())
    if tries >= MOST_TRIES:
        await _change(row["id"], before, state="failed", lease_until=None, finished_at=now)
        return None
    total = await gathering.count_in_use(row["batch_id"])
    begun = {"state": "drawing", "drawn": 0, "total": total, "tries": tries + 1}
    try:
        await _change(row["id"], before, lease=lease, lease_until=now + LEASE, **begun)
    except LostRace:
        return None
    return RunRow(**(row | {"state": "drawing", "drawn": 0, "total": total})), lease


async def _change(run_id: UUID, held: str | None, **columns: object) -> None:
    """Write into a run as long as this lease holds it. Raises LostRace where it does not."""
    async with unit_of_work() as unit:
        unit.update(PrintRun, where={"id": run_id, "lease": held}, set=columns)


def _name(run_id: UUID) -> str:
    return f"{run_id}.pdf"
