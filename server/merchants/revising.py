"""Merchants as rows, and writing how they shall be: a whole town's at once."""

from functools import partial
from typing import Any
from uuid import UUID

from server import org
from server.base import clock
from server.base.ids import new_id
from server.base.revision import Revision, Row, Told, every_row
from server.base.unit import Unit
from server.merchants.actions import put_merchant
from server.merchants.models import Merchant

_COLUMNS = "kind, name, uscc, license_short, trade, phone, duties, duties_signed_on"
NAMES = tuple(_COLUMNS.split(", "))


async def merchants_now() -> list[Row]:
    """Every merchant that trades: where, and what is written about it."""
    columns = f"place_id, path, unit_id, post_id, version, {_COLUMNS}"
    return [row async for row in every_row("merchant", columns, "AND closed_at IS NULL")]


async def revise_merchants(wanted: list[Row], *, told: Told | None = None) -> Revision:
    """Write merchants, each by the premises it trades at (`place_id`, `path`) and the columns of
    `NAMES`: new ones, and what is different of those that stand. Nobody is closed."""
    standing = {row["place_id"]: row for row in await merchants_now()}
    revision = Revision()
    for row in wanted:
        before, columns = standing.get(row["place_id"]), {name: row[name] for name in NAMES}
        if before is None:
            step = partial(_put, place_id=row["place_id"], path=row["path"], columns=columns)
            revision.step(row["place_id"], step, new=True)
        elif any(before[name] != value for name, value in columns.items()):
            revision.step(row["place_id"], partial(_change, before=before, columns=columns))
    await revision.write(told)
    return revision


def _put(unit: Unit, *, place_id: UUID, path: str, columns: dict[str, Any]) -> None:
    put_merchant(unit, place_id, path, columns, merchant_id=new_id())


def _change(unit: Unit, *, before: Row, columns: dict[str, Any]) -> None:
    more: dict[str, Any] = {"trading_as": columns["uscc"], "version": before["version"] + 1}
    where = {"id": before["id"], "version": before["version"]}
    if columns["name"] != before["name"]:
        more["renamed_at"] = clock.now()
        org.rename_unit(unit, before["unit_id"], columns["name"])
    unit.update(Merchant, where=where, set=columns | more)
