"""The ground of the demo town: streets, communities, grids side by side, estates, houses, shops."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from server.base.geo import Point
from server.demo import names
from server.demo.chance import Chance
from server.demo.sizes import Size
from server.places import Ground, Planting

_BUILT = date(2016, 7, 1)
_WEST, _NORTH = 109.7700, 39.6300
_CELL_LNG, _CELL_LAT = 0.0060, 0.0045  # About five hundred metres each way.
_COLUMNS = 4  # Grids in a row of a community; they are numbered from west to east, north to south.
_IN_ESTATE = (
    ("f1", "儿童游乐场"),
    ("f2", "健身角"),
    ("f3", "垃圾投放点"),
    ("f4", "电动车充电棚"),
)
_IN_STREET = (("f1", "公交站"), ("f2", "街角公园"), ("f3", "公厕"))
_LAMPS = 3
_SHOPS_TO_A_STALL = 20
_HOUSES = (("h1", "党群服务中心"), ("h2", "暖心驿站"))


@dataclass
class Community:
    """A community of the demo with everything that stands in it."""

    ground: Ground
    street: Ground
    grids: list[Ground] = field(default_factory=list)
    exclusive: list[Ground] = field(default_factory=list)
    estates: list[Ground] = field(default_factory=list)


@dataclass
class Land:
    """All the ground, by kind; `rooms` by base grid, for those who move in."""

    planting: Planting
    district: Ground
    city: Ground
    streets: list[Ground] = field(default_factory=list)
    communities: list[Community] = field(default_factory=list)
    entrances: list[Ground] = field(default_factory=list)
    facilities: list[Ground] = field(default_factory=list)
    houses: list[Ground] = field(default_factory=list)  # open to whoever passes
    premises: list[Ground] = field(default_factory=list)
    stalls: set[UUID] = field(default_factory=set)  # those of the premises that are a vendor's
    rooms: list[list[Ground]] = field(default_factory=list)
    grids_with_shops: int = 0

    def all_rooms(self) -> Iterator[Ground]:
        for rooms in self.rooms:
            yield from rooms

    @property
    def estates(self) -> list[Ground]:
        return [estate for community in self.communities for estate in community.estates]

    @property
    def grids(self) -> list[Ground]:
        return [grid for community in self.communities for grid in community.grids]


def lay_out(size: Size, chance: Chance) -> Land:
    """Everything there is to stand on, of this size."""
    planting = Planting(make_id=chance.make_id)
    city = planting.division(*names.CITY, level=1, since=_BUILT)
    district = planting.division(*names.DISTRICT, level=2, since=_BUILT, above=city)
    land = Land(planting, district, city)
    for number in range(size.streets):
        _street(land, size, chance, number)
    first = land.communities[0].grids[0]
    for nth, (segment, name) in enumerate(_HOUSES):
        point = _near(first, nth + 1, 0.4)
        land.houses.append(land.planting.facility(first, segment, name, point=point))
    return land


def _street(land: Land, size: Size, chance: Chance, number: int) -> None:
    code, name = names.STREETS[number]
    street = land.planting.division(code, name, level=3, since=_BUILT, above=land.district)
    land.streets.append(street)
    for nth in range(size.communities):
        _community(land, size, chance, street, f"{code}{901 + nth}")
    if number < size.exclusive:
        _exclusive(land, size, chance, land.communities[-1])


def _community(land: Land, size: Size, chance: Chance, street: Ground, code: str) -> None:
    number = len(land.communities)
    name = f"{names.MARK}{names.COMMUNITIES[number]}社区"
    ground = land.planting.division(code, name, level=4, since=_BUILT, above=street)
    community = Community(ground, street)
    land.communities.append(community)
    for nth in range(size.grids):
        community.grids.append(_grid(land, size, ground, nth, number=number, code=code))
    for nth, members in enumerate(size.estate_grids):
        estate = _estate(land, community, nth, members[0], number * len(size.estate_grids) + nth)
        for at in members:
            _fill(land, size, community.grids[at], estate, members.index(at) * size.buildings)
    taken = {at for members in size.estate_grids for at in members}
    for at, grid in enumerate(community.grids):
        if at not in taken:
            _fill(land, size, grid, None, 0)
    for grid in community.grids:
        _shops(land, size, chance, grid)


def _grid(land: Land, size: Size, community: Ground, nth: int, *, number: int, code: str) -> Ground:
    return land.planting.grid(
        community,
        f"第{names.GRID_NUMBERS[nth]}网格",
        code=f"{code}1{nth + 1:03d}",
        kind="base",
        outline=_outline(size, number, nth),
        households=size.rooms,
    )


def _exclusive(land: Land, size: Size, chance: Chance, community: Community) -> None:
    """A shopping quarter inside the community's last grid, with shops of its own."""
    number, last = land.communities.index(community), len(community.grids) - 1
    west, north = _outline(size, number, last)[0]
    code = f"{community.ground.path.split('/')[-2]}2001"
    ring = _ring(west, north, _CELL_LNG / 2, _CELL_LAT / 2)
    grid = land.planting.grid(
        community.ground, "商圈专属网格", code=code, kind="exclusive", outline=ring
    )
    community.exclusive.append(grid)
    _shops(land, size, chance, grid)


def _outline(size: Size, community: int, nth: int) -> list[tuple[float, float]]:
    """Communities lie in two columns; the last grid of one takes what is left of its row."""
    rows = -(-size.grids // _COLUMNS)
    west = _WEST + (community % 2) * _COLUMNS * _CELL_LNG
    north = _NORTH - (community // 2) * rows * _CELL_LAT
    row, column = divmod(nth, _COLUMNS)
    left = _COLUMNS - column if nth == size.grids - 1 else 1
    return _ring(west + column * _CELL_LNG, north - row * _CELL_LAT, left * _CELL_LNG, _CELL_LAT)


def _ring(west: float, north: float, width: float, height: float) -> list[tuple[float, float]]:
    east, south = round(west + width, 6), round(north - height, 6)
    west, north = round(west, 6), round(north, 6)
    return [(west, north), (east, north), (east, south), (west, south), (west, north)]


def _estate(land: Land, community: Community, nth: int, gate: int, number: int) -> Ground:
    grid = community.grids[gate]
    name = names.ESTATES[number]
    whole = name if name.endswith("院") else f"{name}小区"
    estate = land.planting.estate(
        grid, f"e{nth + 1:02d}", f"{names.MARK}{whole}", point=_near(grid, 0, 0.6), gates=2
    )
    community.estates.append(estate)
    land.planting.address(estate, names.ROADS[number % len(names.ROADS)], f"{number * 6 + 18}号")
    return estate


def _fill(land: Land, size: Size, grid: Ground, estate: Ground | None, before: int) -> None:
    """Houses and what stands between them; `before` houses of the estate lie in other grids."""
    rooms: list[Ground] = []
    for nth in range(size.buildings):
        number = before + nth + 1
        building = land.planting.building(
            grid,
            f"b{number:02d}",
            f"{number}号楼",
            floors=size.floors,
            estate=estate,
            elevators=size.entrances,
            point=_near(grid, nth - size.buildings / 2, 0.1),
        )
        more = 1 if nth < size.rooms % size.buildings else 0
        rooms += _rooms(land, size, building, size.rooms // size.buildings + more)
    land.rooms.append(rooms)
    standing = _IN_ESTATE if estate else _IN_STREET
    for nth, (segment, name) in enumerate(standing):
        _facility(land, grid, segment, name, nth=nth, estate=estate)
    for nth in range(0 if estate else _LAMPS):
        road = names.ROADS[(len(land.rooms) + nth) % len(names.ROADS)]
        _facility(
            land, grid, f"l{nth + 1}", f"{road}{nth * 4 + 12}号路灯", nth=nth + 4, estate=None
        )


def _rooms(land: Land, size: Size, building: Ground, most: int) -> list[Ground]:
    planted: list[Ground] = []
    for nth in range(1, size.entrances + 1):
        place = building.point
        point = Point(place.lng + nth * 0.0001, place.lat) if place else None
        entrance = land.planting.entrance(building, f"u{nth}", f"{nth}单元", point=point)
        land.entrances.append(entrance)
        for floor in range(1, size.floors + 1):
            for door in (1, 2):
                if len(planted) < most:
                    room = land.planting.room(entrance, f"{floor}{door:02d}", floor=floor)
                    planted.append(room)
    return planted


def _facility(
    land: Land, grid: Ground, segment: str, name: str, *, nth: int, estate: Ground | None
) -> None:
    point = _near(grid, nth - 2, -0.3)
    land.facilities.append(land.planting.facility(grid, segment, name, point=point, estate=estate))


def _shops(land: Land, size: Size, chance: Chance, grid: Ground) -> None:
    """As many as bring the town to its number when every grid has had its share."""
    every = size.streets * size.communities * size.grids + size.exclusive
    before, land.grids_with_shops = land.grids_with_shops, land.grids_with_shops + 1
    share = size.premises * (before + 1) // every - size.premises * before // every
    for nth in range(share):
        number = len(land.premises) + 1
        point, name = _near(grid, nth % 5 - 2, -0.4), names.shop(chance, number)
        is_stall = number % _SHOPS_TO_A_STALL == 0
        name = names.stall(number) if is_stall else name
        ground = land.planting.premises(grid, f"m{nth + 1:02d}", name, point=point)
        land.premises.append(ground)
        land.stalls |= {ground.id} if is_stall else set()


def _near(grid: Ground, columns: float, rows: float) -> Point:
    """A point inside the grid, so many tenths of its size away from the middle."""
    if grid.point is None:
        raise ValueError("a grid has a middle")
    return Point(
        round(grid.point.lng + columns * _CELL_LNG / 10, 6),
        round(grid.point.lat + rows * _CELL_LAT / 2, 6),
    )
