"""What is announced to be out of order, and the places one may announce it for."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, UnsetType

from server import catalogue
from server.base import clock
from server.base.viewer import Viewer
from server.views.choosing import PlaceChoice, place_choice
from server.views.shape import Shape

PLACES = ("division", "estate")


class OutageShape(Shape, frozen=True, kw_only=True):
    """An outage as whoever announces sees it."""

    id: UUID
    place: str
    text: str
    until: datetime
    announced_at: datetime
    unit: str


class OutageCard(Shape, frozen=True, kw_only=True):
    """What is announced under the viewer's areas, and where they may announce another."""

    outages: list[OutageShape]
    places: PlaceChoice
    next: str | UnsetType = UNSET


async def outage_card(
    viewer: Viewer, *, near: str = "", chosen: str = "", after: UUID | None = None
) -> OutageCard:
    """The outages under the viewer's areas, and where they may announce another."""
    known = await catalogue.list_outages(viewer, clock.now(), after=after)
    return OutageCard(
        outages=[
            OutageShape(
                id=one.id,
                place=one.place_name,
                text=one.text,
                until=one.until_at,
                announced_at=one.announced_at,
                unit=one.unit_name,
            )
            for one in known.items
        ],
        places=await _places(viewer, near, chosen),
        next=str(known.next) if known.next else UNSET,
    )


async def _places(viewer: Viewer, near: str, chosen: str) -> PlaceChoice:
    """The nodes of the viewer's areas and the estates in them, the widest first."""
    areas = sorted(
        {p.area for p in viewer.posts if p.role in catalogue.ANNOUNCING_ROLES and p.area}
    )
    return await place_choice(areas, PLACES, near=near, chosen=chosen)
