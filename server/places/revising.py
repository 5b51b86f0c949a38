"""The whole ground as rows, and writing what a new laying-out of it changes."""

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

from server.base.revision import Revision, Row, Told, every_row
from server.places.models import Building, Division, Estate, Grid, Place, Room, StandardAddress
from server.places.planting import Planting
from server.places.tree import ancestry

_DETAILS = {
    "division": (Division, "code, level, valid_from, valid_to"),
    "grid": (Grid, "code, kind, outline, households"),
    "estate": (Estate, "community_path, gate_count"),
    "building": (Building, "floors, elevators"),
    "room": (Room, "number, floor, use, vacant"),
}
_PLACE = "kind, name, full_name, path, parent_id, grid_id, estate_id, lng, lat, retired_at"
_ADDRESS = "place_id, road, number, line"


@dataclass
class Inventory:
    """Every place in use by its path, what is particular to its kind by its id, addresses."""

    places: dict[str, Row] = field(default_factory=dict)
    details: dict[UUID, Row] = field(default_factory=dict)
    addresses: dict[UUID, Row] = field(default_factory=dict)  # by the place's id
    retired: set[str] = field(default_factory=set)  # paths that were, and stay taken

    @property
    def ids(self) -> dict[str, UUID]:
        """The places' ids by their paths."""
        return {path: row["id"] for path, row in self.places.items()}


async def inventory() -> Inventory:
    """All the ground of the town, in the order of its tree."""
    kept = Inventory()
    rows = [row async for row in every_row("place", _PLACE)]
    for row in sorted(rows, key=lambda row: row["path"]):
        if row["retired_at"] is None:
            kept.places[row["path"]] = row
        else:
            kept.retired.add(row["path"])
    for table, (_, columns) in _DETAILS.items():
        async for row in every_row(table, columns):
            kept.details[row["id"]] = row
    async for row in every_row("standard_address", _ADDRESS):
        kept.addresses.setdefault(row["place_id"], row)
    return kept


async def replant(
    planting: Planting, standing: Inventory, touched: set[str], *, told: Told | None = None
) -> Revision:
    """Write the places whose paths were touched, and what lies under those, as laid out now.

    The planting must know the ids of what stands. Nothing is written that stands already, so
    whatever was interrupted is made whole by doing it again.
    """
    # In a thread: a second of a large town is none of the loop's.
    revision = await asyncio.to_thread(_revised, planting, standing, touched)
    await revision.write(told)
    return revision


def _revised(planting: Planting, standing: Inventory, touched: set[str]) -> Revision:
    revision, details = Revision(), _details(planting)
    addresses = {row["place_id"]: row for row in planting.addresses}
    for row in planting.places:
        if not _is_touched(row, planting, touched):
            continue
        revision.row(Place, row, standing.places.get(row["path"]))
        if (model_and_row := details.get(row["id"])) is not None:
            revision.row(*model_and_row, standing.details.get(row["id"]))
        if (address := addresses.get(row["id"])) is not None:
            before = standing.addresses.get(row["id"])
            _address(revision, address, before, row["id"])
    return revision


def _address(revision: Revision, wanted: Row, before: Row | None, place_id: UUID) -> None:
    if before is None:
        revision.step(place_id, lambda unit: unit.bulk(StandardAddress, (wanted,)))
        return
    other = {name: wanted[name] for name in ("road", "number", "line")}
    if any(before[name] != value for name, value in other.items()):
        where = {"id": before["id"]}
        revision.step(place_id, lambda unit: unit.update(StandardAddress, where=where, set=other))


def _is_touched(row: Row, planting: Planting, touched: set[str]) -> bool:
    """Itself, or something whose name goes into its own."""
    if row["path"] in touched:
        return True
    estate = planting.path_of(row["estate_id"]) if row["estate_id"] else None
    return estate in touched or any(path in touched for path in ancestry(row["path"]))


def _details(planting: Planting) -> dict[UUID, tuple[type, Row]]:
    """What is particular to a kind, by the place's id."""
    lists = {
        "division": planting.divisions,
        "grid": planting.grids,
        "estate": planting.estates,
        "building": planting.buildings,
        "room": planting.rooms,
    }
    return {row["id"]: (model, row) for kind, (model, _) in _DETAILS.items() for row in lists[kind]}
