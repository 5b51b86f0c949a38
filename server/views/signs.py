"""The sign of a place or of a post, composed for everybody who may stand before it."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET

from server import bulletins, codes, org, praise, sms, stations
from server.base import clock
from server.views.bulletin_shapes import BulletinList
from server.views.bulletins import first_bulletins
from server.views.here import (
    categories_here,
    community_name,
    contact_shape,
    known_here,
    open_here,
    whom_here,
)
from server.views.merchants import merchant_sign
from server.views.places import place_shape
from server.views.praises import praise_list
from server.views.sign_shapes import CodeShape, PhoneShape, ScanCard
from server.views.station_shapes import StationShape
from server.views.stations import station_shape

PRAISES, BULLETINS = 3, 2  # on the sign; the others are a tap away


async def sign_of(code: codes.CodeCard) -> tuple[ScanCard, datetime]:
    """What is shown, and when it changes by itself."""
    now = clock.now()
    if code.post_id is not None:
        card = await _sign_of_post(code, code.post_id, now)
        return card, await org.post_changes_at(code.post_id, now)
    ground = code.shown
    merchant, rises_at = await merchant_sign(ground)
    posted = await bulletins.posted_at(ground, bulletins.audiences_of(code.kind))
    contacts = [contact_shape(one) for one in await org.contacts(ground, now)]
    card = ScanCard(
        code=_code(code),
        place=place_shape(ground),
        contacts=contacts,
        phones=[
            PhoneShape(title=one.title, number=one.number) for one in await org.phones_for(ground)
        ],
        actions=await _actions(),
        categories=await categories_here(ground),
        about=await whom_here(ground, contacts, now),
        known=await known_here(ground, now),
        open_cases=await open_here(ground),
        mine=[],
        praises=await praise_list(await praise.wall(ground, limit=PRAISES)),
        merchant=merchant or UNSET,
        bulletins=first_bulletins(posted, BULLETINS),
        duty_phone=await org.duty_phone(ground) or UNSET,
        community=await community_name(ground) or UNSET,
        station=await _station(code, now) or UNSET,
    )
    answers_at = await org.answers_change_at(ground, now)
    return card, min(at for at in (rises_at, posted.changes_at, answers_at) if at)


async def _sign_of_post(code: codes.CodeCard, post_id: UUID, now: datetime) -> ScanCard:
    """On a badge: the post, whoever holds it now, what it serves; nothing that a sign in that
    area would not say."""
    ground = code.shown
    found = await org.contact_of_post(post_id, ground, now)
    answers = found is not None and found.role in org.CONTACT_ROLES
    praises = await praise.of_target("post", post_id, limit=PRAISES)
    return ScanCard(
        code=_code(code),
        place=place_shape(ground),
        contacts=[contact_shape(found)] if found else [],
        phones=[],
        actions=[*await _thanks(), *(["contact"] if answers else [])],
        categories=[],
        about=[],
        known=[],
        open_cases=[],
        mine=[],
        praises=await praise_list(praises),
        bulletins=BulletinList(items=[]),
        duty_phone=await org.duty_phone(ground) or UNSET,
        community=await community_name(ground) or UNSET,
    )


async def _station(code: codes.CodeCard, now: datetime) -> StationShape | None:
    """What the sign of a station tells of it."""
    found = await stations.station_at(code.place_id, now) if code.kind == "station" else None
    return station_shape(found) if found else None


async def _actions() -> list[str]:
    """What can be done here."""
    return ["report", *await _thanks(), "contact"]


async def _thanks() -> list[str]:
    """Thanks need an account, so somebody must be able to have one."""
    may_sign_in = sms.is_configured() or (await org.town()).demo
    return ["praise"] if may_sign_in else []


def _code(code: codes.CodeCard) -> CodeShape:
    return CodeShape(
        token=code.token, kind=code.kind, status=code.status, short=code.short or UNSET
    )
