"""What can be reported and who then owns it: categories, dispatch rules, tiles."""

from server.catalogue.actions import seed
from server.catalogue.errors import NoSuchCategory
from server.catalogue.queries import (
    Tiles,
    categories,
    category,
    owner_role,
    tiles,
)
from server.catalogue.rules import CategoryRow

__all__ = [
    "CategoryRow",
    "NoSuchCategory",
    "Tiles",
    "categories",
    "category",
    "owner_role",
    "seed",
    "tiles",
]
