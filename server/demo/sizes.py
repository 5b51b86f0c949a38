"""How large a demo town is: S for tests, M to walk about in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Counts per town, street, community, grid, building; a community's last grid has no estate."""

    key: str
    streets: int
    communities: int  # per street
    grids: int  # base grids per community
    exclusive: int  # exclusive grids in the town, one per street
    buildings: int  # per grid
    entrances: int  # per building
    floors: int
    rooms: int  # per grid
    persons: int  # per grid
    premises: int
    codes: int | None  # None: one for every place
    estate_grids: tuple[tuple[int, ...], ...]  # per community: which grids form an estate
    staff: int
    cases: int


S = Size(
    key="S",
    streets=1,
    communities=2,
    grids=3,
    exclusive=0,
    buildings=2,
    entrances=3,
    floors=5,
    rooms=60,
    persons=150,
    premises=20,
    codes=None,
    estate_grids=((0, 1),),
    staff=14,
    cases=120,
)
M = Size(
    key="M",
    streets=4,
    communities=2,
    grids=7,
    exclusive=4,
    buildings=4,
    entrances=4,
    floors=11,
    rooms=347,
    persons=566,
    premises=600,
    codes=20_000,
    estate_grids=((0, 1, 2), (3, 4, 5)),
    staff=152,
    cases=3_000,
)
SIZES = {"S": S, "M": M}
