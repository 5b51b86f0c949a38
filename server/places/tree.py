"""The tree of places: paths, who stands above whom, and how far a thing at one spot is felt.

A path is the codes from the league city down, each closed by "/". Everything under a node is one
range of paths. Buildings hang under their base grid, so an estate, which may span several grids,
is remembered beside the path and asked for with it.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from server.base.geo import Point

COVERS = ("spot", "entrance", "building", "estate")
_COMMUNITY = 4  # how deep one lies: city, district, street, community
LAST = "~"  # Sorts after every character a path is made of.
HOME = "（户内）"  # said of a home instead of its door


@dataclass(frozen=True, slots=True)
class Ground:
    """A place as everyone else sees it: what it is called, where it hangs, what it belongs to."""

    id: UUID
    kind: str
    name: str
    full_name: str
    path: str
    grid_id: UUID | None
    estate_id: UUID | None
    point: Point | None
    names: tuple[str, ...]  # from the league city down, the estate among them
    estate_path: str = ""
    kinds: tuple[str, ...] = ()  # of each node of the path, itself last
    retired_at: datetime | None = None

    @property
    def inside_estate(self) -> bool:
        return self.estate_id is not None


@lru_cache(maxsize=32_768)
def ancestry(path: str) -> tuple[str, ...]:
    """The paths of all nodes from the league city down to the node itself, widest first."""
    ends = [at + 1 for at, character in enumerate(path) if character == "/"]
    return tuple(path[:end] for end in ends)


def community_path(path: str) -> str:
    """The path of the community this lies in, or is; itself where it lies above one."""
    return ancestry(path)[:_COMMUNITY][-1]


def under(area: str) -> tuple[str, str]:
    """The half-open range of paths at and under a node: `area <= path < area~`."""
    return area, area + LAST


def covering_paths(ground: Ground) -> tuple[str, ...]:
    """Every path that covers this ground, widest first; its estate stands between grid and house.

    A case whose `covers_path` is among them is felt here; a responsibility for the last of them
    that has one answers here.
    """
    own = ancestry(ground.path)
    if not ground.estate_path or ground.estate_path in own:
        return own
    deep = len(ancestry(ground.estate_path)) - 1
    return (*own[:deep], ground.estate_path, *own[deep:])


def house_path(home: Ground) -> str:
    """The path of what a home stands in and what tells nothing of its door: the house, where there
    is none the estate, else the grid."""
    house = covers_path(home, "building")
    return house if house != home.path else home.estate_path or ancestry(home.path)[-2]


def covers_path(ground: Ground, covers: str) -> str:
    """How far a thing that happens at `ground` is felt: the spot, its entrance, building, estate.

    What the ground does not have (a lamp in the street has no building) is the spot itself. From a
    home what is felt in one entrance alone goes no further than its door: on the sign of that
    entrance, and on no other of the house, it would tell behind which of them the home lies.
    """
    if covers not in COVERS:
        raise ValueError(f"not a way to cover: {covers!r}; one of {', '.join(COVERS)}")
    if covers == "entrance" and ground.kind == "room":
        return ground.path
    if covers == "estate" and ground.estate_path:
        return ground.estate_path
    wanted = "building" if covers == "estate" else covers
    for kind, path in zip(ground.kinds, ancestry(ground.path), strict=False):
        if kind == wanted:
            return path
    return ground.path
