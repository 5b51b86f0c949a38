"""Where things are: divisions, grids, estates, buildings, rooms, and what covers what."""

from server.places.actions import plant
from server.places.errors import BadPoint, NoSuchPlace, OutsideEveryGrid, PlantingError
from server.places.planting import Planting
from server.places.queries import Found, at, find, places_under, read_point, search
from server.places.revising import Inventory, inventory, replant
from server.places.tree import Ground, ancestry, covering_paths, covers_path, under

__all__ = [
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
    "covering_paths",
    "covers_path",
    "find",
    "inventory",
    "places_under",
    "plant",
    "read_point",
    "replant",
    "search",
    "under",
]
