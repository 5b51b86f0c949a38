"""The page of a code: where this is, who answers for it, what can be done, what is known here."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET

from server import cases, catalogue, codes, notices, org, places, plaques, praise, sms
from server.base import cache, changes, clock
from server.base.viewer import Viewer
from server.places import Ground
from server.views.advice import advice
from server.views.items import case_item
from server.views.places import place_shape
from server.views.praises import praise_list
from server.views.shapes import (
    CaseItem,
    CategoryShape,
    CodeShape,
    ContactShape,
    KnownShape,
    OpenCaseShape,
    PhoneShape,
    ScanCard,
)
from server.views.words import category_title, state_title

KEPT_S = 30
PRAISES = 3  # on the sign; the others are a tap away
MOST_BOARDS = 1000


@dataclass(slots=True)
class Board:
    """A sign as everybody sees it, kept until something changes under one of its paths.

    `faces` is where a surface keeps what it has made of the card; it goes when the card goes.
    """

    card: ScanCard
    code_id: UUID
    ground: Ground
    until: float
    faces: dict[str, Any] = field(default_factory=dict)


_boards: dict[str, Board] = cache.shelf()
_at: dict[str, set[str]] = cache.shelf()  # the tokens of the boards on which a path counts


async def board(token: str) -> Board:
    """The sign with this token, in any case. Raises CodeUnknown or CodeRetired."""
    kept = _boards.get(token)
    if kept is not None and time.monotonic() < kept.until:
        return kept
    code = await codes.read(token)
    paths = places.covering_paths(code.ground)
    for path in paths:
        _at.setdefault(path, set()).add(token)
    card = await _card(code)
    made = Board(card, code.id, code.ground, time.monotonic() + _lasts_s(card))
    if all(token in _at.get(path, ()) for path in paths):  # else something changed meanwhile
        _boards[token] = made
    if len(_boards) > MOST_BOARDS:
        _drop(next(iter(_boards)))
    return made


@changes.dropper
def drop_boards(path: str) -> None:
    """A case or a praise at this path changed: every sign that lists it is made anew."""
    for token in list(_at.get(path, ())):
        _drop(token)
    _at.pop(path, None)


def _drop(token: str) -> None:
    dropped = _boards.pop(token, None)
    for path in places.covering_paths(dropped.ground) if dropped else ():
        _at.get(path, set()).discard(token)


async def scan_card(token: str, viewer: Viewer) -> ScanCard:
    """Everything the page of a code shows this viewer. Raises CodeUnknown or CodeRetired."""
    shown = await board(token)
    if viewer.is_nobody:
        return shown.card
    mine = await _mine(shown.ground, viewer, clock.now())
    own = {item.number for item in mine}
    others = [one for one in shown.card.open_cases if one.number not in own]
    actions = list(shown.card.actions)
    if plaques.mounts_at(viewer, shown.ground.path):
        actions.append("mount")
    return msgspec.structs.replace(shown.card, mine=mine, open_cases=others, actions=actions)


async def _card(code: codes.CodeCard) -> ScanCard:
    ground, now = code.ground, clock.now()
    return ScanCard(
        code=_code(code),
        place=place_shape(ground),
        contacts=[_contact(one) for one in await org.contacts(ground, now)],
        phones=[
            PhoneShape(title=one.title, number=one.number) for one in await org.phones_for(ground)
        ],
        actions=await _actions(),
        categories=await categories_here(ground),
        known=await known_here(ground, now),
        open_cases=await open_here(ground),
        mine=[],
        praises=await praise_list(await praise.wall(ground, limit=PRAISES)),
        duty_phone=await org.duty_phone(ground) or UNSET,
    )


async def _actions() -> list[str]:
    """What can be done here. Thanks need an account, so somebody must be able to have one."""
    may_sign_in = sms.is_configured() or (await org.town()).demo
    return ["report", *(["praise"] if may_sign_in else []), "contact"]


def _lasts_s(card: ScanCard) -> float:
    """How long the card may be shown: no longer than anything on it is true."""
    ends = [(known.until - clock.now()).total_seconds() for known in card.known]
    return max(0.0, min([KEPT_S, *ends]))


async def known_here(ground: Ground, now: datetime) -> list[KnownShape]:
    """What is out of order here and known already."""
    return [
        KnownShape(text=one.text, until=one.until_at)
        for one in await catalogue.known_at(ground, now)
    ]


async def categories_here(ground: Ground) -> list[CategoryShape]:
    """The kinds of report: those to show first at this place, then all the others."""
    tiles = await catalogue.tiles(ground)
    first = (*tiles.first, *([tiles.other] if tiles.other else []))
    phones, duty = await org.phones_for(ground), await org.duty_phone(ground)
    return [
        CategoryShape(
            key=row.key,
            title=row.title,
            icon=row.icon,
            urgent=row.urgent,
            conceal=row.conceal,
            tile=row in first,
            advice=advice(row.advice, phones, duty) or UNSET,
        )
        for row in dict.fromkeys((*first, *tiles.every))
    ]


async def _mine(ground: Ground, viewer: Viewer, now: datetime) -> list[CaseItem]:
    found = await cases.list_mine_here(viewer, ground)
    unread = await notices.unread_for_cases(
        viewer, [case.id for case in found], cases.key_hashes(viewer.keys)
    )
    return [await case_item(case, viewer, now=now, unread=case.id in unread) for case in found]


async def open_here(ground: Ground) -> list[OpenCaseShape]:
    """What is open here and may be listed on the sign."""
    return [
        OpenCaseShape(
            number=case.number,
            title=await category_title(case),
            state_title=state_title(case),
            seconded=case.seconded,
            opened_at=case.opened_at,
        )
        for case in await cases.list_here(ground)
    ]


def _code(code: codes.CodeCard) -> CodeShape:
    return CodeShape(
        token=code.token, kind=code.kind, status=code.status, short=code.short or UNSET
    )


def _contact(one: org.Contact) -> ContactShape:
    return ContactShape(
        post_id=one.post_id,
        role=one.role,
        role_title=one.role_title,
        name=one.name,
        unit=one.unit_name,
        on_duty=one.on_duty,
        hours=one.hours,
        next_duty=one.next_duty or UNSET,
        phone=one.phone or UNSET,
    )
