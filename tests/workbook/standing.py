"""A town in which nothing stands yet, without a database."""

from server import org
from server.places import Inventory
from server.workbook import Standing


def empty_standing() -> Standing:
    return Standing(Inventory(), org.Standing())
