"""Planting ground: what the importer and the demo town do."""

from server.base import cache
from server.base.unit import unit_of_work
from server.places.models import (
    Building,
    Division,
    Estate,
    Grid,
    Place,
    Room,
    StandardAddress,
)
from server.places.planting import Planting


async def plant(planting: Planting) -> int:
    """Write everything that was laid out, all or nothing; returns how many places."""
    async with unit_of_work() as unit:
        unit.bulk(Place, planting.places)
        unit.bulk(Division, planting.divisions)
        unit.bulk(Grid, planting.grids)
        unit.bulk(Estate, planting.estates)
        unit.bulk(Building, planting.buildings)
        unit.bulk(Room, planting.rooms)
        unit.bulk(StandardAddress, planting.addresses)
    cache.clear()
    return len(planting.places)
