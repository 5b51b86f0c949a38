"""A place as it is shown: its whole name, and the names from the city down."""

from uuid import UUID

from msgspec import UNSET

from server import places
from server.views.shapes import PlaceShape, PointShape


def place_shape(ground: places.Ground) -> PlaceShape:
    point = ground.point
    return PlaceShape(
        id=ground.id,
        name=ground.full_name,
        path=list(ground.names),
        point=PointShape(lng=point.lng, lat=point.lat) if point else UNSET,
    )


async def place_of(place_id: UUID) -> PlaceShape:
    return place_shape(await places.find(place_id))
