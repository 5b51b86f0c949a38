"""The foot of every page: who runs this, and whom to call."""

from server import org
from server.views.shapes import TownShape


async def town_shape() -> TownShape:
    town = await org.town()
    return TownShape(
        name=town.name,
        sponsor=town.sponsor,
        icp=town.icp,
        police_record=town.police_record,
        phone=town.phone,
        demo=town.demo,
    )
