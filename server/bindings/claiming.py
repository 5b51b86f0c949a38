"""Saying that a home is one's own: proven by the number on record, else for who verifies it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from server import codes, notices, org, people, trust
from server.base import clock, database
from server.base.errors import FieldError, Invalid
from server.base.ids import new_id
from server.base.unit import Duplicate, Unit, unit_of_work
from server.base.viewer import Viewer
from server.bindings.errors import ClaimedEnough, NotAHome, NotAResident
from server.bindings.models import Binding
from server.bindings.rules import KIN, LASTS, MOST_A_DAY, MOST_WAITING, VERIFIED_WITHIN
from server.codes import CodeCard
from server.trust import Act, ReplayKey

BY_NUMBER = "number_on_record"


async def claim(token: str, kin: str, *, by: Viewer, asked: ReplayKey) -> None:
    """The home of this code is the viewer's. Where the number they sign in with is on record for
    that home it is bound at once, on record; else the grid worker is told and says whether it is
    true. Either way the grid worker hears of it.

    Said again while it waits or holds, it changes nothing; what others said of the same home plays
    no part and is not told. Raises what `codes.read` raises, NotAHome, NotAResident,
    ClaimedEnough, and Invalid without a kin.
    """
    if await trust.find_replay(asked) is not None:
        return
    code = await codes.read(token)
    if code.kind != "household" or code.ground.kind != "room":
        raise NotAHome
    if (await people.own_account(by)).kind != "resident":
        raise NotAResident
    if kin not in KIN:
        raise Invalid(FieldError("kin", "required", "请选您是这个家的什么人。"))
    assert by.account_id is not None, "whoever has an account of their own is signed in"
    key = f"{by.account_id}:{code.place_id}"
    if await _is_open(key):
        return
    await _refuse_too_many(by.account_id, clock.now())
    try:
        await _write(code, kin, by, key=key, asked=asked)
    except Duplicate:
        if not await _is_open(key):
            raise


async def _write(code: CodeCard, kin: str, by: Viewer, *, key: str, asked: ReplayKey) -> None:
    assert by.account_id is not None
    account_id, binding_id, now = by.account_id, new_id(), clock.now()
    today = clock.local(now).date()
    proven = await people.number_on_record(account_id, code.place_id, on=today) is True
    found = await org.responsible_for(code.ground, "grid_worker", now)

    def put(unit: Unit) -> None:
        unit.insert(
            Binding,
            id=binding_id,
            account_id=account_id,
            room_id=code.place_id,
            path=code.ground.path,
            kin=kin,
            claimed_at=now,
            due_at=now + VERIFIED_WITHIN,
            open_key=key,
            **_standing(kin, now, proven=proven),
        )
        trust.remember(unit, asked, {"id": str(binding_id)}, at=now)
        if found is not None:
            _tell(unit, _of(found), "home.proven" if proven else "home.claimed", code, binding_id)
        if proven:
            _tell(unit, notices.Receiver(account_id=account_id), "home.bound", code, binding_id)

    if proven:
        act = Act(action="home.bind", by=by, post=None, target=str(binding_id), reason=BY_NUMBER)
        await trust.record(act, also=put)
        return
    async with unit_of_work() as unit:
        put(unit)


def _tell(
    unit: Unit, to: notices.Receiver, text_key: str, code: CodeCard, binding_id: UUID
) -> None:
    notices.tell(
        unit,
        to=to,
        text_key=text_key,
        values={"place": code.shown.full_name},
        case_id=None,
        occasion=str(binding_id),
        at=clock.now(),
    )


def _standing(kin: str, now: datetime, *, proven: bool) -> dict[str, Any]:
    """How a new claim stands, and when it rings."""
    if proven:
        return {"state": "bound", "decided_at": now, "ring_at": now + LASTS[kin]}
    return {"state": "claimed", "ring_at": now + VERIFIED_WITHIN}


def _of(found: org.Responsible) -> notices.Receiver:
    return notices.Receiver(post_id=found.post_id, unit_id=None if found.post_id else found.unit_id)


async def _is_open(key: str) -> bool:
    return await database.fetch_one("SELECT id FROM binding WHERE open_key = $1", key) is not None


async def _refuse_too_many(account_id: UUID, now: datetime) -> None:
    rows = await database.fetch(
        "SELECT state FROM binding"
        " WHERE account_id = $1 AND (state = 'claimed' OR claimed_at > $2)",
        account_id,
        now - timedelta(days=1),
    )
    if len(rows) >= MOST_A_DAY or sum(row["state"] == "claimed" for row in rows) >= MOST_WAITING:
        raise ClaimedEnough(3600)
