"""What can be reported and who then owns it: categories, dispatch rules, tiles."""

from server.catalogue.actions import seed
from server.catalogue.errors import NoSuchCategory, NoSuchOutage
from server.catalogue.outages import (
    ANNOUNCING_ROLES,
    Known,
    announce,
    end,
    known_at,
    list_outages,
    may_announce,
)
from server.catalogue.queries import (
    Tiles,
    categories,
    category,
    owner_role,
    tiles,
)
from server.catalogue.rules import CategoryRow

__all__ = [
    "ANNOUNCING_ROLES",
    "CategoryRow",
    "Known",
    "NoSuchCategory",
    "NoSuchOutage",
    "Tiles",
    "announce",
    "categories",
    "category",
    "end",
    "known_at",
    "list_outages",
    "may_announce",
    "owner_role",
    "seed",
    "tiles",
]
