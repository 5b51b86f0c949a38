"""The end of a code: retired with a reason, or replaced by a new one.

What is retired stays in the table for ever: whoever scans it is told whom to ask, and the history
of a place is the chain of its codes. Each is on record.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from server import places, trust
from server.base import changes, clock, database
from server.base.errors import Failure, FieldError, Invalid
from server.base.unit import Duplicate, LostRace, Unit
from server.base.viewer import Viewer
from server.codes.actions import Batch, put
from server.codes.errors import CodeUnknown
from server.codes.hanging import tokens_taken
from server.codes.models import Code
from server.codes.rules import ENDED_FOR, making_post
from server.codes.tokens import tidy
from server.trust import Act, ReplayKey

Made = dict[str, str]  # what a request did, as it is remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Doer:
    """Who ends a code: a viewer, within the areas they make codes for, or the operator by name.

    `asked` is the request, so that sending it twice ends nothing twice.
    """

    by: Viewer | None = None
    operator: str = ""
    asked: ReplayKey | None = None


async def retire(token: str, ended_for: str, *, doer: Doer) -> None:
    """Take a code out of use for good, and say why; one of `rules.ENDED_FOR`.

    The same request again does nothing. Raises CodeUnknown for one that is not in use or not
    theirs, Invalid without a reason.
    """
    await once(doer, partial(_retire, token, ended_for, doer))


async def replace_code(token: str, ended_for: str, *, doer: Doer) -> str:
    """Take a code out of use and make its successor for the same place; the new token.

    The same request again gives the same. Raises as `retire`.
    """
    return (await once(doer, partial(_replace, token, ended_for, doer)))["token"]


async def once(doer: Doer, end: Callable[[], Awaitable[Made]]) -> Made:
    """What this very request did: now, before, or while this one was looking."""
    made = await _done_before(doer)
    if made is not None:
        return made
    try:
        return await end()
    except (Failure, Duplicate):
        made = await _done_before(doer)
        if made is None:
            raise
        return made


async def _retire(token: str, ended_for: str, doer: Doer) -> Made:
    old, act = await _in_use(token, ended_for, "code.retire", doer)
    made = {"token": str(old["token"])}

    def also(unit: Unit) -> None:
        _end(unit, old, ended_for, successor_id=None)
        remember(unit, doer, made)

    await _recorded(act, also)
    return made


async def _replace(token: str, ended_for: str, doer: Doer) -> Made:
    old, act = await _in_use(token, ended_for, "code.replace", doer)
    _, taken = await tokens_taken()
    batch = Batch("补发", clock.now(), taken=taken)
    made = {"token": batch.code(old["place_id"], old["kind"], post_id=old["post_id"])}

    def also(unit: Unit) -> None:
        put(unit, batch)
        _end(unit, old, ended_for, successor_id=batch.codes[0]["id"])
        remember(unit, doer, made)

    await _recorded(act, also)
    return made


async def _in_use(
    token: str, ended_for: str, action: str, doer: Doer
) -> tuple[dict[str, Any], Act]:
    check_reason(ended_for)
    old = await database.fetch_one(
        "SELECT id, token, short, place_id, post_id, kind FROM code"
        " WHERE token = $1 AND status = 'active'",
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


def check_reason(ended_for: str) -> None:
    """Raises Invalid for what is none of `rules.ENDED_FOR`."""
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
    unit.after_commit(changes.everything_changed)
    unit.after_commit(partial(changes.changed, old["path"]))


async def _done_before(doer: Doer) -> Made | None:
    return await trust.find_replay(doer.asked) if doer.asked is not None else None


def remember(unit: Unit, doer: Doer, made: Made) -> None:
    """Put what this request did beside it, for `once`."""
    if doer.asked is not None:
        trust.remember(unit, doer.asked, made, at=clock.now())


async def _recorded(act: Act, also: Callable[[Unit], None]) -> None:
    """On record. Raises CodeUnknown where somebody else was first."""
    try:
        await trust.record(act, also=also)
    except LostRace:
        raise CodeUnknown from None
