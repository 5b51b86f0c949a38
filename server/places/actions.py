"""Planting ground: what the importer and the demo town do."""

from server.base import cache, changes
from server.base.ids import new_id
from server.base.unit import Unit, unit_of_work
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
from server.places.tree import Ground


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


def put_premises(unit: Unit, above: Ground, name: str) -> Ground:
    """Put into the unit: one more place where a merchant trades, in a grid, estate or house."""
    planting = Planting()
    ground = planting.premises(above, f"m{new_id().hex[-12:]}", name, point=above.point)
    unit.bulk(Place, planting.places)
    return ground


def rename_premises(unit: Unit, ground: Ground, name: str) -> None:
    """Put into the unit: what these premises are called from now on. LostRace where they are called
    something else meanwhile. What was filed there keeps the name it was filed under.
    """
    unit.update(
        Place,
        where={"id": ground.id, "name": ground.name},
        set={"name": name, "full_name": ground.full_name.removesuffix(ground.name) + name},
    )
    unit.after_commit(changes.everything_changed)
