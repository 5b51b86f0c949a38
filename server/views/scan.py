"""The page of a code: where this is, who answers for it, what can be done, what is known here."""

from datetime import datetime

from msgspec import UNSET

from server import cases, catalogue, codes, notices, org, places
from server.base import clock
from server.base.viewer import Viewer
from server.views.advice import advice
from server.views.items import case_item
from server.views.places import place_shape
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

ACTIONS = ["report"]


async def scan_card(token: str, viewer: Viewer) -> ScanCard:
    """Everything the page of a code shows this viewer. Raises CodeUnknown or CodeRetired."""
    code = await codes.read(token)
    ground, now = code.ground, clock.now()
    mine = await _mine(ground, viewer, now)
    shown = {item.number for item in mine}
    return ScanCard(
        code=_code(code),
        place=place_shape(ground),
        contacts=[_contact(one) for one in await org.contacts(ground, now)],
        phones=[
            PhoneShape(title=one.title, number=one.number) for one in await org.phones_for(ground)
        ],
        actions=ACTIONS,
        categories=await _categories(ground),
        known=[
            KnownShape(text=one.text, until=one.until_at)
            for one in await catalogue.known_at(ground, now)
        ],
        open_cases=[one for one in await _open(ground) if one.number not in shown],
        mine=mine,
        duty_phone=await org.duty_phone(ground) or UNSET,
    )


async def _categories(ground: places.Ground) -> list[CategoryShape]:
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


async def _mine(ground: places.Ground, viewer: Viewer, now: datetime) -> list[CaseItem]:
    found = await cases.list_mine_here(viewer, ground)
    unread = await notices.unread_for_cases(
        viewer, [case.id for case in found], cases.key_hashes(viewer.keys)
    )
    return [await case_item(case, viewer, now=now, unread=case.id in unread) for case in found]


async def _open(ground: places.Ground) -> list[OpenCaseShape]:
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
