"""Ground with neighbours on every side: the next grid, another community, another street.

district 康巴什
  street one
    community lake    grid one (estate one: firm one), grid two (estate two: firm two)
    community hill    grid three
  street two
    community sea     grid four
"""

from dataclasses import dataclass, field
from uuid import UUID

from server import codes, places
from server.base.geo import Point
from server.places import Ground, Planting
from tests.makers import BUILT, SINCE, square


@dataclass
class Land:
    """Places by name, and the code that hangs at each entrance, gate and lamp."""

    places: dict[str, Ground] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def path(self, name: str) -> str:
        """The area of a post there; of "nothing" none."""
        return self.places[name].path if name != "nothing" else ""

    def id(self, name: str) -> UUID:
        return self.places[name].id


async def a_land() -> Land:
    """All of it, written to the open database."""
    planting, land = Planting(), Land()
    _divisions(planting, land)
    for nth, (grid, community, code) in enumerate(
        (
            ("grid one", "lake", "1506030019011001"),
            ("grid two", "lake", "1506030019011002"),
            ("grid three", "hill", "1506030019021001"),
            ("grid four", "sea", "1506030029011001"),
        )
    ):
        _grid(planting, land, grid=grid, community=community, code=code, nth=nth)
    batch = codes.Batch("第一批", SINCE)
    for name, ground in land.places.items():
        if ground.kind in ("entrance", "facility", "estate"):
            land.codes[name] = batch.code(ground.id, "outdoor")
    await places.plant(planting)
    await codes.make_batch(batch)
    return land


def _divisions(planting: Planting, land: Land) -> None:
    city = planting.division("150600", "鄂尔多斯市", level=1, since=BUILT)
    district = planting.division("150603", "康巴什区", level=2, since=BUILT, above=city)
    land.places["district"] = district
    for name, code in (("street one", "150603001"), ("street two", "150603002")):
        land.places[name] = planting.division(
            code, f"演示·{name}", level=3, since=BUILT, above=district
        )
    for name, code, street in (
        ("lake", "150603001901", "street one"),
        ("hill", "150603001902", "street one"),
        ("sea", "150603002901", "street two"),
    ):
        land.places[name] = planting.division(
            code, f"演示·{name}", level=4, since=BUILT, above=land.places[street]
        )


def _grid(
    planting: Planting, land: Land, *, grid: str, community: str, code: str, nth: int
) -> None:
    """A grid with an estate of one entrance, and a lamp in no estate."""
    number, west = grid.split()[1], 109.70 + nth / 100
    point = Point(west + 0.005, 39.605)
    ground = planting.grid(
        land.places[community], f"演示·{grid}", code=code, kind="base", outline=square(west, 39.60)
    )
    estate = planting.estate(ground, "e01", f"演示·estate {number}", point=point)
    building = planting.building(ground, "b01", "1号楼", floors=6, estate=estate)
    land.places |= {
        grid: ground,
        f"estate {number}": estate,
        f"entrance {number}": planting.entrance(building, "u1", "1单元", point=point),
        f"lamp {number}": planting.facility(ground, "f01", "路灯", point=point),
    }
