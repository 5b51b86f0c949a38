"""What is announced to be out of order, and the places one may announce it for."""

from server import catalogue, places
from server.base import clock
from server.base.viewer import Viewer
from server.views.shapes import OptionShape, OutageCard, OutageShape

MOST_PLACES = 300


async def outage_card(viewer: Viewer) -> OutageCard:
    """The outages under the viewer's areas, and where they may announce another."""
    known = await catalogue.list_outages(viewer, clock.now())
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
            for one in known
        ],
        places=await _places(viewer),
    )


async def _places(viewer: Viewer) -> list[OptionShape]:
    """The nodes of the viewer's areas and the estates in them, the widest first."""
    areas = sorted(
        {p.area for p in viewer.posts if p.role in catalogue.ANNOUNCING_ROLES and p.area}
    )
    found = [
        ground
        for kind in ("division", "estate")
        for area in areas
        for ground in await places.places_under(area, kind)
    ]
    grounds = {ground.id: ground for ground in found}.values()
    named = sorted(grounds, key=lambda ground: (ground.kind != "division", len(ground.path)))
    return [
        OptionShape(value=str(ground.id), title=ground.full_name) for ground in named[:MOST_PLACES]
    ]
