"""What there is at a place, whoever asks: what is known, what is open, what can be reported."""

from datetime import datetime

from msgspec import UNSET

from server import cases, catalogue, org, places
from server.base import cache
from server.places import Ground
from server.views.advice import advice
from server.views.shapes import OptionShape
from server.views.sign_shapes import CategoryShape, ContactShape, KnownShape, OpenCaseShape
from server.views.station_shapes import CommunityName
from server.views.words import category_title, state_title

MOST_SHARED = 100  # lists of kinds of report: each estate may have phones of its own in them
_categories: dict[tuple[CategoryShape, ...], list[CategoryShape]] = cache.shelf()


async def community_name(ground: Ground) -> CommunityName | None:
    """The community this lies in, by name."""
    found = await places.community_of(ground)
    return CommunityName(id=found.id, name=found.full_name) if found else None


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
    shapes = [
        CategoryShape(
            key=row.key,
            title=row.title,
            icon=row.icon,
            urgent=row.urgent,
            conceal=row.conceal,
            tile=row in first,
            whom=row.key in cases.ASKS_WHOM,
            advice=advice(row.advice, phones, duty) or UNSET,
        )
        for row in dict.fromkeys((*first, *tiles.every))
    ]
    if len(_categories) >= MOST_SHARED:
        _categories.clear()  # those on signs stay; they are only shared with fewer
    return _categories.setdefault(tuple(shapes), shapes)  # most signs have the very same


async def whom_here(
    ground: Ground, contacts: list[ContactShape], now: datetime
) -> list[OptionShape]:
    """Whom an opinion about people may concern: who is named on the sign, and the offices here."""
    found = {f"post_id:{one.post_id}": f"{one.role_title}{one.name}" for one in contacts}
    for role in ("property_firm", "community", "street"):
        one = await org.responsible_for(ground, role, now)
        if one is not None:
            found[f"unit_id:{one.unit_id}"] = one.unit_name
    return [OptionShape(value=value, title=title) for value, title in found.items()]


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


def contact_shape(one: org.Contact) -> ContactShape:
    """Who answers for a place, as everybody sees them."""
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
