"""并单: who raised or joined the merged case joins the other one, is told of its end, may rate."""

import asyncio
from dataclasses import replace
from typing import Any

from server import flows, org, places
from server.base.errors import wrong
from server.base.viewer import Viewer
from server.cases.effects.deeds import DeedCall
from server.cases.effects.telling import tell_all
from server.cases.effects.values import Occasion
from server.cases.errors import MergeIntoItself
from server.cases.models import Case
from server.cases.record import parts, reading
from server.cases.record.files import CaseFile
from server.cases.record.keys import key_hash, key_of
from server.cases.record.writing import Maker, write_steps
from server.cases.sight.lenses import lens_of
from server.cases.sight.relations import is_raiser


async def follow(call: DeedCall) -> dict[str, Any]:
    """The deed `cases.follow`: write the other case in the same unit, and remember its id."""
    into = await _into(call)
    state = parts.state_of(into)
    events: tuple[flows.Event, ...] = ()
    tells: tuple[flows.Tell, ...] = ()
    calendar = await org.calendar()
    for who in _followers(call.case, into):
        await asyncio.sleep(0)  # A whole estate may have joined: others are not to wait for it.
        try:
            step = flows.step(
                flows.FLOWS[into.flow],
                state,
                "follow",
                who=who,
                given={},
                now=call.now,
                calendar=calendar,
            )
        except flows.MoveNotPossible:
            continue  # They raised or joined the other one themselves.
        state, events, tells = step.case, events + step.events, tells + step.tells
    if not events:  # It must not end meanwhile all the same.
        untouched = {"version": into.version}
        call.unit.update(Case, where={"id": into.id} | untouched, set=untouched)
    else:
        moved = write_steps(call.unit, into, state, events, maker=Maker(), now=call.now)
        ground = await places.find(into.place_id)
        await tell_all(call.unit, tells, Occasion(moved.case, ground, None, call.now, events))
    return {"merged_into_id": into.id}


async def _into(call: DeedCall) -> CaseFile:
    """The case to merge into: open, of the same kind, and known to whoever merges."""
    into = await reading.read_by_number(str(call.given["into"]))
    if into is None or into.flow != call.case.flow or lens_of(into, call.by) != "work":
        raise wrong("into", "case-unknown", "没有找到要并入的那一件，请核对编号。")
    if into.id == call.case.id:
        raise MergeIntoItself
    if not into.live:
        raise wrong("into", "case-ended", "要并入的那一件已经结束，请换一件。")
    return into


def _followers(case: CaseFile, into: CaseFile) -> list[flows.Mover]:
    """The raiser and all who joined, each by account or by the key they hold already; the law is
    told which of them raised the other one."""
    raiser = flows.Mover(
        relations=frozenset({"follower"}),
        account_id=case.raiser_account_id,
        keys=frozenset() if case.raiser_account_id else _keys(key_hash(key_of(case.id))),
    )
    joined = [
        replace(raiser, account_id=row.account_id, keys=_keys(row.key_hash))
        for row in case.rows
        if row.lane == parts.SECOND and row.live
    ]
    left = case.raiser_gone or case.facts.get(flows.STEPPED_BACK)
    everybody = [*([] if left else [raiser]), *joined]
    own = frozenset({"follower", "raiser"})
    return [
        replace(who, relations=own) if is_raiser(into, Viewer(who.account_id)) else who
        for who in everybody
    ]


def _keys(hashed: bytes | None) -> frozenset[str]:
    return frozenset({hashed.hex()}) if hashed else frozenset()
