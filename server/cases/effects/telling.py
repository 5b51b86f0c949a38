"""Whom a step tells, and with which words: from the names in the law to receivers and values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from server import catalogue, flows, notices, org
from server.base.unit import Unit
from server.base.viewer import Viewer
from server.cases.owners import routing
from server.cases.owners.routing import Holder
from server.cases.record.files import CaseFile, RowFile
from server.cases.record.keys import key_hash, key_of
from server.cases.record.parts import SECOND
from server.notices import Receiver
from server.places import Ground

TOWN = ZoneInfo("Asia/Shanghai")
# Texts in which the unit named is the one that spoke, not the one that has the case afterwards.
SAID_BY_THE_MOVER = frozenset({"returned", "resolved"})


@dataclass(frozen=True, slots=True)
class Occasion:
    """What happened, for the words that tell of it."""

    case: CaseFile  # as it stands afterwards
    ground: Ground
    by: Viewer | None  # None: the flow or a clock
    given: dict[str, Any]
    now: datetime


async def tell_all(unit: Unit, tells: Iterable[flows.Tell], occasion: Occasion) -> None:
    """Put a message into the unit for each receiver; never to those the case complains about.

    A step that makes several moves tells the same person the same thing once.
    """
    case = occasion.case
    told: set[tuple[Receiver, str]] = set()
    for tell in tells:
        values = await _values(tell, occasion)
        text_key = f"{_book(tell.to)}.{tell.text}"
        for receiver in await _receivers(tell, occasion):
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
    """Somebody is awake day and night for what sounds like danger."""
    about = routing.about(occasion.case)
    holder = await routing.in_role("duty_post", occasion.ground, about, occasion.now)
    tell = flows.Tell("duty_post", "urgent", 0, occasion.case.version)
    notices.tell(
        unit,
        to=_to(holder),
        text_key="handler.urgent",
        values=await _values(tell, occasion),
        case_id=occasion.case.id,
        occasion=str(occasion.case.version),
        at=occasion.now,
    )


def when(at: datetime | None) -> str:
    """An instant as people read it in a message: 11月26日11:40, town time."""
    if at is None:
        return ""
    local = at.astimezone(TOWN)
    return f"{local.month}月{local.day}日{local.hour}:{local.minute:02}"


async def _receivers(tell: flows.Tell, occasion: Occasion) -> list[Receiver]:
    case = occasion.case
    if tell.to == "raiser":
        return [_raiser(case)]
    if tell.to == "mover":
        return _holders(row for row in case.rows if row.changed == tell.version)
    if tell.to == "owner":
        return _holders([case.main])
    if tell.to == "holder":
        return _holders([row for row in case.rows if row.no == tell.row])
    if tell.to in flows.FLOWS[case.flow].lanes:
        return _holders([row for row in case.rows if row.lane == tell.to and row.live])
    return await _in_role(tell.to, occasion)


async def _in_role(role: str, occasion: Occasion) -> list[Receiver]:
    found = await org.responsible_for(occasion.ground, role, occasion.now)
    if found is None:
        return []
    holder = Holder(post_id=found.post_id, unit_id=found.unit_id)
    return [] if routing.about(occasion.case).concerns(holder) else [_to(holder)]


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
    return to if to in ("raiser", SECOND) else "handler"


async def _values(tell: flows.Tell, occasion: Occasion) -> dict[str, str]:
    case, given = occasion.case, occasion.given
    name, role_title, movers_unit = await _mover(occasion)
    holders_unit = await org.unit_name(case.main.unit_id) if case.main.unit_id else ""
    own = movers_unit and tell.text in SAID_BY_THE_MOVER
    kind = (await catalogue.categories()).get(case.category)
    return {
        "number": str(given.get("into") or case.number) if tell.text == "merged" else case.number,
        "place": case.place_name,
        "category": kind.title if kind else "",
        "respond_by": when(case.respond_by),
        "resolve_by": when(case.resolve_by),
        "rule_by": when(_due(case, "rule_dispute")),
        "confirm_by": when(_due(case, "confirm")),
        "role_title": role_title,
        "name": name,
        "unit": movers_unit if own else holders_unit or movers_unit,
        "reason": str(given.get("reason") or given.get("text") or ""),
        "text": str(given.get("text") or given.get("reason") or ""),
        "count": str(case.seconded + 1),
        "opened_on": when(case.opened_at),
        "phone": await org.duty_phone(occasion.ground),
    }


async def _mover(occasion: Occasion) -> tuple[str, str, str]:
    """Name, role and unit of the staff who moved; residents are never named in a message."""
    viewer, case = occasion.by, occasion.case
    if viewer is None or not viewer.posts:
        return "", "", ""
    post = next((one for one in viewer.posts if one.id == case.main.post_id), viewer.posts[0])
    return viewer.name, post.role_title, post.unit_name


def _due(case: CaseFile, clock: str) -> datetime | None:
    found = (one for one in case.clocks if one.no == 0 and one.key == clock)
    return next((one.due_at for one in found), None)
