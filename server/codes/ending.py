"""The end of a code: retired with a reason, replaced by a new one, or voided with its whole batch.

What is retired stays in the table for ever: whoever scans it is told whom to ask, and the history
of a place is the chain of its codes. Each is on record.
"""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from server import places, trust
from server.base import cache, changes, clock, database
from server.base.errors import FieldError, Invalid
from server.base.unit import Duplicate, LostRace, Unit
from server.base.viewer import Viewer
from server.codes.actions import Batch, put
from server.codes.errors import BatchMounted, BatchUnknown, BatchVoided, CodeUnknown
from server.codes.hanging import tokens_taken
from server.codes.models import Code, CodeBatch
from server.codes.rules import ENDED_FOR, making_post
from server.codes.tokens import tidy
from server.trust import Act, ReplayKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Doer:
    """Who ends a code: a viewer, within the areas they make codes for, or the operator by name.

    `asked` is the request, so that sending it twice ends nothing twice.
    """

    by: Viewer | None = None
    operator: str = ""
    asked: ReplayKey | None = None


@dataclass(frozen=True, slots=True)
class Voided:
    """How many codes of a batch were in use until now, and how many of them hung on a wall."""

    codes: int
    mounted: int


async def retire(token: str, ended_for: str, *, doer: Doer) -> None:
    """Take a code out of use for good, and say why; one of `rules.ENDED_FOR`.

    Raises CodeUnknown for one that is not in use or not theirs, Invalid without a reason.
    """
    if doer.asked is not None and await trust.find_replay(doer.asked) is not None:
        return
    old, act = await _in_use(token, ended_for, "code.retire", doer)

    def also(unit: Unit) -> None:
        _end(unit, old, ended_for, successor_id=None)
        _remember(unit, doer, {"token": old["token"]})

    await _recorded(act, also, doer)


async def replace_code(token: str, ended_for: str, *, doer: Doer) -> str:
    """Take a code out of use and make its successor for the same place; the new token.

    The same request again gives the same. Raises as `retire`.
    """
    if doer.asked is not None and (made := await trust.find_replay(doer.asked)) is not None:
        return made["token"]
    old, act = await _in_use(token, ended_for, "code.replace", doer)
    _, taken = await tokens_taken()
    batch = Batch("补发", clock.now(), taken=taken)
    new = batch.code(old["place_id"], old["kind"])

    def also(unit: Unit) -> None:
        put(unit, batch)
        _end(unit, old, ended_for, successor_id=batch.codes[0]["id"])
        _remember(unit, doer, {"token": new})

    await _recorded(act, also, doer)
    if doer.asked is not None and (made := await trust.find_replay(doer.asked)) is not None:
        return made["token"]
    return new


async def void(batch_id: UUID, ended_for: str, *, also_mounted: bool, doer: Doer) -> Voided:
    """Take everything of a batch out of use that still is.

    What hangs on a wall goes only if `also_mounted` says so: else BatchMounted with how many, and
    nothing is touched. Raises BatchUnknown, BatchVoided, Invalid without a reason.
    """
    _check_reason(ended_for)
    row = await database.fetch_one(
        "SELECT id, name, path, voided_at FROM code_batch WHERE id = $1", batch_id
    )
    post = making_post(doer.by, row["path"]) if row and doer.by else None
    if row is None or (doer.by is not None and (post is None or not row["path"])):
        raise BatchUnknown
    if row["voided_at"] is not None:
        if doer.asked is not None and (made := await trust.find_replay(doer.asked)) is not None:
            return Voided(int(made["codes"]), int(made["mounted"]))
        raise BatchVoided
    found = await _voided(batch_id)
    if found.mounted and not also_mounted:
        raise BatchMounted(count=found.mounted)

    def also(unit: Unit) -> None:
        now = clock.now()
        unit.update(CodeBatch, where={"id": batch_id, "voided_at": None}, set={"voided_at": now})
        which = {"batch_id": batch_id, "status": "active"}
        # Mounted meanwhile: then it hangs, and nobody has said that it goes.
        which |= {} if also_mounted else {"mounted_at": None}
        gone = {"status": "retired", "retired_at": now, "ended_for": ended_for}
        unit.update(Code, where=which, set=gone, expecting=found.codes)
        _remember(unit, doer, {"codes": str(found.codes), "mounted": str(found.mounted)})
        unit.after_commit(cache.clear)

    act = Act(action="code.void", by=doer.by, post=post, name=doer.operator, target=row["name"])
    said = {"batch": str(batch_id), "codes": found.codes, "mounted": found.mounted}
    await _recorded(replace(act, reason=ENDED_FOR[ended_for], detail=said), also, doer)
    return found


async def _voided(batch_id: UUID) -> Voided:
    row = await database.fetch_one(
        "SELECT count(*) AS codes, count(mounted_at) AS mounted FROM code"
        " WHERE batch_id = $1 AND status = 'active'",
        batch_id,
    )
    return Voided(int(row["codes"]), int(row["mounted"])) if row else Voided(0, 0)


async def _in_use(
    token: str, ended_for: str, action: str, doer: Doer
) -> tuple[dict[str, Any], Act]:
    _check_reason(ended_for)
    old = await database.fetch_one(
        "SELECT id, token, short, place_id, kind FROM code WHERE token = $1 AND status = 'active'",
        tidy(token),
    )
    if old is None:
        raise CodeUnknown
    ground = await places.find(old["place_id"])
    post = making_post(doer.by, ground.path) if doer.by else None
    if doer.by is not None and post is None:
        raise CodeUnknown
    act = Act(
        action=action,
        by=doer.by,
        post=post,
        name=doer.operator,
        target=old["short"] or str(old["id"]),
        reason=ENDED_FOR[ended_for],
    )
    return old | {"path": ground.path}, act


def _check_reason(ended_for: str) -> None:
    if ended_for not in ENDED_FOR:
        raise Invalid(FieldError("ended_for", "required", "请选为什么停用。"))


def _end(unit: Unit, old: dict[str, Any], ended_for: str, *, successor_id: UUID | None) -> None:
    unit.update(
        Code,
        where={"id": old["id"], "status": "active"},
        set={
            "status": "retired",
            "retired_at": clock.now(),
            "successor_id": successor_id,
            "ended_for": ended_for,
        },
    )
    unit.after_commit(cache.clear)
    unit.after_commit(partial(changes.changed, old["path"]))


def _remember(unit: Unit, doer: Doer, made: dict[str, str]) -> None:
    if doer.asked is not None:
        trust.remember(unit, doer.asked, made, at=clock.now())


async def _recorded(act: Act, also: Any, doer: Doer) -> None:
    """On record. Raises CodeUnknown where somebody else was first."""
    try:
        await trust.record(act, also=also)
    except LostRace:
        raise CodeUnknown from None
    except Duplicate:
        if doer.asked is None or await trust.find_replay(doer.asked) is None:
            raise
