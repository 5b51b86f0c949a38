"""Verifying that a home is somebody's, or not; moving out; what a demo brings in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server import notices, trust
from server.base import clock, fields
from server.base.errors import FieldError, Invalid
from server.base.unit import Duplicate, LostRace, Unit, unit_of_work
from server.base.viewer import HeldPost, Viewer
from server.bindings.errors import (
    AlreadyDecided,
    BindingUnknown,
)
from server.bindings.models import Binding
from server.bindings.queries import BindingFile, read_binding
from server.bindings.rules import (
    LASTS,
    OPEN,
    REASON_LIMIT,
    STATES,
    VERIFIED_WITHIN,
    verifying_post,
)
from server.places import Ground
from server.trust import Act, ReplayKey


@dataclass(frozen=True, slots=True, kw_only=True)
class PastBinding:
    """A claim of earlier days, brought in with a demo's town: it waits, or it was verified."""

    id: UUID
    account_id: UUID
    ground: Ground
    kin: str
    state: str
    claimed_at: datetime


async def bring_in(past: Iterable[PastBinding]) -> int:
    """Write them, told to nobody; how many."""
    rows = [_brought_in(one) for one in past]
    async with unit_of_work() as unit:
        unit.bulk(Binding, rows)
    return len(rows)


@trust.twice_is_once
async def bind(binding_id: UUID, *, by: Viewer, asked: ReplayKey) -> None:
    """The grid worker has verified it: the home is theirs. On record, and they are told.

    The same request again changes nothing. Raises BindingUnknown beyond the viewer's area,
    AlreadyDecided.
    """
    await _decide(binding_id, by, asked, state="bound")


@trust.twice_is_once
async def refuse(binding_id: UUID, reason: str, *, by: Viewer, asked: ReplayKey) -> None:
    """It is not so; they are told why. Raises as `bind`, and Invalid without a reason."""
    words = fields.clean_text(reason, REASON_LIMIT, field="reason")
    if not words:
        raise Invalid(FieldError("reason", "required", "请写明原因，会原样告诉申请的人。"))
    await _decide(binding_id, by, asked, state="refused", reason=words)


async def end(binding_id: UUID, *, by: Viewer) -> None:
    """They moved out, or take their claim back: by the person, or by who verifies there. On record.

    Twice is as good as once. Raises BindingUnknown, AlreadyDecided where a claim, which is
    verified or refused, is ended by somebody else than who made it.
    """
    binding = await read_binding(binding_id)
    own = binding is not None and binding.account_id == by.account_id
    post = verifying_post(by, binding.path) if binding and not own else None
    if binding is None or not (own or post):
        raise BindingUnknown
    if binding.state not in OPEN:
        return
    if not own and binding.state == "claimed":
        raise AlreadyDecided(state=STATES["claimed"])
    ended_for = "moved_out" if binding.state == "bound" else "taken_back"

    def put(unit: Unit) -> None:
        put_end(unit, binding, ended_for, at=clock.now())
        if not own:
            tell_person(unit, binding, "home.ended", {"reason": "网格员记下您搬走了"})

    act = Act(action="home.end", by=by, post=post, target=str(binding.id), reason=ended_for)
    try:
        await trust.record(act, also=put)
    except LostRace:
        await end(binding_id, by=by)  # It has changed meanwhile: once more, as it stands now.


def put_end(unit: Unit, binding: BindingFile, ended_for: str, *, at: datetime) -> None:
    """Put into the unit: from now on it is over. LostRace where it has changed meanwhile."""
    unit.update(
        Binding,
        where={"id": binding.id, "state": binding.state},
        set={
            "state": "ended",
            "ended_for": ended_for,
            "over_at": at,
            "ring_at": None,
            "open_key": None,
        },
    )


def tell_person(unit: Unit, binding: BindingFile, text_key: str, more: dict[str, str]) -> None:
    """Put into the unit: whoever claimed it hears of it. The home is named by its house."""
    notices.tell(
        unit,
        to=notices.Receiver(account_id=binding.account_id),
        text_key=text_key,
        values={"place": binding.place} | more,
        case_id=None,
        occasion=f"{binding.id}",
        at=clock.now(),
    )


def _brought_in(one: PastBinding) -> dict[str, Any]:
    due = one.claimed_at + VERIFIED_WITHIN
    return {
        "id": one.id,
        "account_id": one.account_id,
        "room_id": one.ground.id,
        "path": one.ground.path,
        "kin": one.kin,
        "state": one.state,
        "claimed_at": one.claimed_at,
        "due_at": due,
        "ring_at": due if one.state == "claimed" else one.claimed_at + LASTS[one.kin],
        "open_key": f"{one.account_id}:{one.ground.id}",
    }


async def _decide(
    binding_id: UUID, by: Viewer, asked: ReplayKey, *, state: str, reason: str = ""
) -> None:
    if await trust.find_replay(asked) is not None:
        return
    binding, post = await _waiting(binding_id, by)
    now = clock.now()

    def put(unit: Unit) -> None:
        unit.update(
            Binding,
            where={"id": binding.id, "state": "claimed"},
            set=_decided(binding, state, reason, post, now),
        )
        trust.remember(unit, asked, {"id": str(binding.id)}, at=now)
        tell_person(unit, binding, f"home.{state}", {"reason": reason} if reason else {})

    action = "home.bind" if state == "bound" else "home.refuse"
    act = Act(action=action, by=by, post=post, target=str(binding.id), reason=reason)
    try:
        await trust.record(act, also=put)
    except LostRace:
        raise AlreadyDecided(state=await _state_of(binding_id)) from None
    except Duplicate:
        if await trust.find_replay(asked) is None:
            raise


def _decided(
    binding: BindingFile, state: str, reason: str, post: HeldPost, now: datetime
) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "state": state,
        "decided_at": now,
        "by_post_id": post.id,
        "ring_at": now + LASTS[binding.kin],
    }
    if state == "refused":
        changes |= {"reason": reason, "over_at": now, "ring_at": None, "open_key": None}
    return changes


async def _waiting(binding_id: UUID, by: Viewer) -> tuple[BindingFile, HeldPost]:
    """The row that waits in the viewer's area, and the post that verifies it."""
    binding = await read_binding(binding_id)
    post = verifying_post(by, binding.path) if binding else None
    if binding is None or post is None:
        raise BindingUnknown
    if binding.state != "claimed":
        raise AlreadyDecided(state=STATES[binding.state])
    return binding, post


async def _state_of(binding_id: UUID) -> str:
    binding = await read_binding(binding_id)
    return STATES[binding.state if binding else "ended"]
