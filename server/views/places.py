"""A place as it is shown: its whole name, and the names from the city down."""

from uuid import UUID

import msgspec
from msgspec import UNSET

from server import places
from server.cases import CaseFile
from server.views.shapes import PlaceShape, PointShape


def place_shape(ground: places.Ground) -> PlaceShape:
    point = ground.point
    return PlaceShape(
        id=ground.id,
        name=ground.full_name,
        path=list(ground.names),
        point=PointShape(lng=point.lng, lat=point.lat) if point else UNSET,
    )


async def place_of(place_id: UUID, *, inside: bool) -> PlaceShape:
    """The place of something that happened. The door of a home is for those who handle it
    (`inside`); the others, who raised it among them, are told the house."""
    ground = await places.find(place_id)
    if inside or ground.kind != "room":
        return place_shape(ground)
    house = place_shape(await places.outside(ground))
    return msgspec.structs.replace(house, name=house.name + places.HOME)


async def place_line(case: CaseFile, *, inside: bool) -> str:
    """The same in a list, by its whole name."""
    if inside and case.place_name.endswith(places.HOME):
        return (await places.find(case.place_id)).full_name
    return case.place_name
