"""Whom a step tells, and with which words: from the names in the law to receivers and values."""

from collections.abc import Iterable
from datetime import datetime

from server import flows, notices, org
from server.base.unit import Unit
from server.cases.effects.values import Occasion, values_of
from server.cases.owners import routing
from server.cases.owners.routing import Holder
from server.cases.record.files import CaseFile, RowFile
from server.cases.record.keys import key_hash, key_of
from server.cases.record.parts import SECOND
from server.notices import Receiver
from server.places import Ground

_LEVELS_UP = {"supervisor": 1, "superior": 2}


async def tell_all(unit: Unit, tells: Iterable[flows.Tell], occasion: Occasion) -> None:
    """Put a message into the unit for each receiver; never to those the case complains about.

    A step that makes several moves tells the same person the same thing once.
    """
    case = occasion.case
    told: set[tuple[Receiver, str]] = set()
    for tell in tells:
        text_key = f"{_book(tell.to)}.{tell.text}"
        values = await values_of(tell, occasion, text_key)
        for receiver in await receivers(tell, occasion):
            if (receiver, text_key) in told:
                continue
            told.add((receiver, text_key))
            notices.tell(
                unit,
                to=receiver,
                text_key=text_key,
                values=values,
                case_id=case.id,
                occasion=str(tell.version),
                at=occasion.now,
            )


async def tell_duty_post(unit: Unit, occasion: Occasion) -> None:
    """Somebody is awake day and night for what sounds like danger, and for what is urgent while
    whoever has it is not on duty.
    """
    if occasion.case.facts.get("danger"):
        await _ring_duty_post(unit, occasion, "urgent")
    else:
        await tell_out_of_hours(unit, occasion)


async def tell_out_of_hours(unit: Unit, occasion: Occasion) -> None:
    """What is urgent rings the duty post while whoever has it is not on duty."""
    if not occasion.case.facts.get("urgent"):
        return
    main = occasion.case.main
    has_it = await org.answers_for(main.post_id, main.unit_id, occasion.ground, occasion.now)
    if has_it is None or not has_it.on_duty:
        await _ring_duty_post(unit, occasion, "out_of_hours")


async def _ring_duty_post(unit: Unit, occasion: Occasion, text: str) -> None:
    about = routing.about(occasion.case)
    holder = await routing.in_role("duty_post", occasion.ground, about, occasion.now)
    tell, text_key = flows.Tell("duty_post", text, 0, occasion.case.version), f"handler.{text}"
    notices.tell(
        unit,
        to=_to(holder),
        text_key=text_key,
        values=await values_of(tell, occasion, text_key),
        case_id=occasion.case.id,
        occasion=str(occasion.case.version),
        at=occasion.now,
    )


async def receivers(tell: flows.Tell, occasion: Occasion) -> list[Receiver]:
    """Whom it reaches: nobody where nobody answers to that word, or the case is about them."""
    case = occasion.case
    if tell.to == "raiser":
        left = case.facts.get(flows.STEPPED_BACK) and tell.text != flows.STEPPED_BACK
        return [] if case.raiser_gone or left else [_raiser(case)]
    if tell.to == "mover":
        return _holders(row for row in case.rows if row.changed == tell.version)
    if tell.to == "owner":
        return _holders([case.main])
    if tell.to == "holder":
        return _holders([row for row in case.rows if row.no == tell.row])
    if tell.to.startswith("@"):
        named = flows.named_holder(case.facts, tell.to[1:])
        return [_to(Holder(post_id=named.post_id, unit_id=named.unit_id))]
    if tell.to in flows.FLOWS[case.flow].lanes:
        return _holders([row for row in case.rows if row.lane == tell.to and row.live])
    found = await answering(tell.to, case.rows[tell.row], case, occasion.ground, occasion.now)
    if found is None:
        return []
    holder = Holder(post_id=found.post_id, unit_id=found.unit_id)
    return [] if routing.about(case).concerns(holder) else [_to(holder)]


async def answering(
    word: str, row: RowFile, case: CaseFile, ground: Ground, at: datetime
) -> org.Responsible | None:
    """Whoever of the staff is meant by a word of the law, now: a role, or one or two levels up."""
    levels = _LEVELS_UP.get(word)
    if levels is None:
        return await org.responsible_for(ground, word, at)
    above = await org.standing_above(row.post_id, row.unit_id)
    if len(above) < levels:
        return None
    return await org.responsible_for(ground, above[levels - 1], at)


def _raiser(case: CaseFile) -> Receiver:
    if case.raiser_account_id is not None:
        return Receiver(account_id=case.raiser_account_id)
    return Receiver(key_hash=key_hash(key_of(case.id)))


def _holders(rows: Iterable[RowFile]) -> list[Receiver]:
    return [
        _to(Holder(row.post_id, row.unit_id, row.account_id, row.key_hash))
        for row in rows
        if row.post_id or row.unit_id or row.account_id or row.key_hash
    ]


def _to(holder: Holder) -> Receiver:
    """The nearest to a person: an account, a key, a post, or else the whole unit."""
    if holder.account_id is not None:
        return Receiver(account_id=holder.account_id)
    if holder.key_hash is not None:
        return Receiver(key_hash=holder.key_hash)
    if holder.post_id is not None:
        return Receiver(post_id=holder.post_id)
    return Receiver(unit_id=holder.unit_id)


def _book(to: str) -> str:
    """Which part of the book of texts speaks to this receiver."""
    if to == "mover":  # Whoever joins is told so; nobody else is told of a move of their own.
        return SECOND
    if to.startswith("@"):  # Whom a fact names reads a book of that name.
        return to[1:]
    return to if to in ("raiser", SECOND) else "handler"
