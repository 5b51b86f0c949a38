"""Categories and dispatch rules as rows, and writing how they shall be."""

from server.base import database
from server.base.ids import new_id
from server.base.revision import Revision, Row, Told, every_row
from server.catalogue.models import Category, DispatchRule

CATEGORY = (
    *("key", "title", "icon", "rank", "respond", "resolve", "direct", "public", "conceal"),
    *("covers", "evidence", "urgent", "advice", "escalate", "gb_code"),
)
WHEN = ("category_key", "inside_estate", "starts", "ends")


async def category_rows_now() -> list[Row]:
    """Every category in use, in the order of the tiles."""
    return await database.fetch(
        f"SELECT {', '.join(CATEGORY)} FROM category WHERE retired_at IS NULL ORDER BY rank, key"
    )


async def rule_rows_now() -> list[Row]:
    """Every dispatch rule."""
    columns = f"{', '.join(WHEN)}, owner, weight"
    return [row async for row in every_row("dispatch_rule", columns)]


async def revise_categories(wanted: list[Row], *, told: Told | None = None) -> Revision:
    """Write categories by their key: new ones, and those of which something is different."""
    columns = f"{', '.join(CATEGORY)}, retired_at"
    standing = {row["key"]: row for row in await database.fetch(f"SELECT {columns} FROM category")}
    revision = Revision()
    for row in wanted:
        in_use = row | {"retired_at": None}
        revision.row(Category, in_use, standing.get(row["key"]), key="key")
    await revision.write(told)
    return revision


async def revise_rules(wanted: list[Row], *, told: Told | None = None) -> Revision:
    """Write dispatch rules by category, place and time: whose it is, and how heavy the rule."""
    standing = {tuple(row[name] for name in WHEN): row for row in await rule_rows_now()}
    revision = Revision()
    for row in wanted:
        before = standing.get(tuple(row[name] for name in WHEN))
        revision.row(DispatchRule, row | {"id": before["id"] if before else new_id()}, before)
    await revision.write(told)
    return revision
