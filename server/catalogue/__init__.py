"""What can be reported and who then owns it: categories, dispatch rules, tiles."""

from server.catalogue.actions import seed
from server.catalogue.defaults import CATEGORIES
from server.catalogue.errors import NoSuchCategory, NoSuchOutage
from server.catalogue.outages import (
    ANNOUNCING_ROLES,
    announce,
    end,
    known_at,
    list_outages,
    may_announce,
)
from server.catalogue.queries import OTHER, categories, category, owner_role, tiles
from server.catalogue.revising import (
    category_rows_now,
    revise_categories,
    revise_rules,
    rule_rows_now,
)
from server.catalogue.rules import CategoryRow

__all__ = [
    "ANNOUNCING_ROLES",
    "CATEGORIES",
    "OTHER",
    "CategoryRow",
    "NoSuchCategory",
    "NoSuchOutage",
    "announce",
    "categories",
    "category",
    "category_rows_now",
    "end",
    "known_at",
    "list_outages",
    "may_announce",
    "owner_role",
    "revise_categories",
    "revise_rules",
    "rule_rows_now",
    "seed",
    "tiles",
]
