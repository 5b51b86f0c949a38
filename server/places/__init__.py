"""Where things are: divisions, grids, estates, buildings, rooms, and what covers what."""

from server.places.actions import plant, put_premises, rename_premises
from server.places.errors import BadPoint, NoSuchPlace, OutsideEveryGrid, PlantingError
from server.places.planting import Planting
from server.places.queries import (
    MOST_FOUND,
    Found,
    at,
    community_of,
    find,
    find_community,
    name_outside,
    outside,
    places_under,
    read_point,
    search,
    standing_at,
)
from server.places.revising import Inventory, inventory, replant
from server.places.tree import (
    HOME,
    Ground,
    ancestry,
    community_path,
    covering_paths,
    covers_path,
    under,
)

__all__ = [
    "HOME",
    "MOST_FOUND",
    "BadPoint",
    "Found",
    "Ground",
    "Inventory",
    "NoSuchPlace",
    "OutsideEveryGrid",
    "Planting",
    "PlantingError",
    "ancestry",
    "at",
    "community_of",
    "community_path",
    "covering_paths",
    "covers_path",
    "find",
    "find_community",
    "inventory",
    "name_outside",
    "outside",
    "places_under",
    "plant",
    "put_premises",
    "read_point",
    "rename_premises",
    "replant",
    "search",
    "standing_at",
    "under",
]
