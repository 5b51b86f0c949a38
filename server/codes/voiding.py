"""A batch that went wrong is voided: everything of it that is in use ends, once, on record."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from server import trust
from server.base import changes, clock, database
from server.base.errors import Unavailable
from server.base.unit import LostRace, Unit
from server.base.viewer import HeldPost
from server.codes.ending import Doer, Made, check_reason, once, remember
from server.codes.errors import BatchMounted, BatchUnknown, BatchVoided
from server.codes.models import Code, CodeBatch
from server.codes.rules import ENDED_FOR, making_post
from server.trust import Act

MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Voided:
    """How many codes of a batch were in use until now, and how many of them hung on a wall."""

    codes: int
    mounted: int


async def void(batch_id: UUID, ended_for: str, *, also_mounted: bool, doer: Doer) -> Voided:
    """Take everything of a batch out of use that still is.

    What hangs on a wall goes only if `also_mounted` says so: else BatchMounted with how many, and
    nothing is touched. The same request again answers the same. Raises BatchUnknown, BatchVoided,
    Invalid without a reason.
    """
    check_reason(ended_for)
    name, post = await _batch(batch_id, doer)
    act = Act(action="code.void", by=doer.by, post=post, name=doer.operator, target=name)
    act = replace(act, reason=ENDED_FOR[ended_for])
    made = await once(doer, partial(_void, batch_id, ended_for, also_mounted, act, doer))
    return Voided(int(made["codes"]), int(made["mounted"]))


async def _void(batch_id: UUID, ended_for: str, also_mounted: bool, act: Act, doer: Doer) -> Made:
    """Again where a code of it was hung or ended between the count and the end."""
    for _ in range(MOST_TRIES):
        found = await _to_void(batch_id, also_mounted=also_mounted)
        made = {"codes": str(found.codes), "mounted": str(found.mounted)}
        said = {"batch": str(batch_id), "codes": found.codes, "mounted": found.mounted}

        def also(unit: Unit, found: Voided = found, made: Made = made) -> None:
            now = clock.now()
            which: dict[str, Any] = {"batch_id": batch_id, "status": "active"}
            # Mounted meanwhile: then it hangs, and nobody has said that it goes.
            which |= {} if also_mounted else {"mounted_at": None}
            gone = {"status": "retired", "retired_at": now, "ended_for": ended_for}
            unit.update(
                CodeBatch, where={"id": batch_id, "voided_at": None}, set={"voided_at": now}
            )
            unit.update(Code, where=which, set=gone, expecting=found.codes)
            remember(unit, doer, made)
            unit.after_commit(changes.everything_changed)

        try:
            await trust.record(replace(act, detail=said), also=also)
        except LostRace:
            continue
        return made
    raise Unavailable(retry_after_s=1)


async def _batch(batch_id: UUID, doer: Doer) -> tuple[str, HeldPost | None]:
    """Its name, and under which post it is voided. Raises BatchUnknown."""
    row = await database.fetch_one("SELECT name, path FROM code_batch WHERE id = $1", batch_id)
    post = making_post(doer.by, row["path"]) if row and doer.by else None
    if row is None or (doer.by is not None and (post is None or not row["path"])):
        raise BatchUnknown
    return str(row["name"]), post


async def _to_void(batch_id: UUID, *, also_mounted: bool) -> Voided:
    """What would go. Raises BatchVoided, BatchMounted."""
    voided = await database.fetch_value("SELECT voided_at FROM code_batch WHERE id = $1", batch_id)
    if voided is not None:
        raise BatchVoided
    found = await _voided(batch_id)
    if found.mounted and not also_mounted:
        raise BatchMounted(count=found.mounted)
    return found


async def _voided(batch_id: UUID) -> Voided:
    row = await database.fetch_one(
        "SELECT count(*) AS codes, count(mounted_at) AS mounted FROM code"
        " WHERE batch_id = $1 AND status = 'active'",
        batch_id,
    )
    return Voided(int(row["codes"]), int(row["mounted"])) if row else Voided(0, 0)
