"""A small town made by hand, and the people in it: plain functions for the tests of every feature.

    town = await a_town()
    worker = await a_grid_worker(town)          # a Viewer
    await codes.read(town.token)                # the code at 1号楼1单元

One street with a dispatcher and a duty post; one community; a grid with an estate (firm, building,
two entrances, four rooms) and a grid of streets without one (a lamp, a shop); a police station,
utilities and departments. Everybody is appointed for as long as anybody remembers.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from server import catalogue, codes, org, people, places
from server.base import clock
from server.base.geo import Point
from server.base.viewer import Viewer
from server.org import DutyHours
from server.places import Ground, Planting
from tests import laid_out

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
BUILT = date(2020, 1, 1)
OFFICE = (DutyHours("workday", "08:30", "12:00"), DutyHours("workday", "14:30", "18:00"))
LATE = (DutyHours("every", "08:00", "20:00"),)
ROUND_THE_CLOCK = (DutyHours("every", "00:00", "24:00"),)
LOGIN, PASSWORD = "wangge", "a long demo password"

TRADES = (
    ("heating", "演示·供热公司"),
    ("gas", "演示·燃气公司"),
    ("power", "演示·供电所"),
    ("water", "演示·供水公司"),
    ("sanitation", "演示·环卫所"),
    ("municipal", "演示·市政所"),
    ("greening", "演示·园林所"),
    ("traffic", "演示·交管中队"),
    ("urban_management", "演示·城管中队"),
    ("market_supervision", "演示·市场监管所"),
    ("environment", "演示·生态环境分局"),
)


@dataclass
class SmallTown:
    """What a_town made: places by name; units, posts, accounts by role; codes by place name."""

    street: Ground
    community: Ground
    grid: Ground
    street_grid: Ground
    estate: Ground
    building: Ground
    entrance: Ground
    other_entrance: Ground
    rooms: tuple[Ground, ...]
    playground: Ground
    lamp: Ground
    shop: Ground
    units: dict[str, UUID] = field(default_factory=dict)
    posts: dict[str, UUID] = field(default_factory=dict)
    accounts: dict[str, UUID] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """The code at 1号楼1单元."""
        return self.codes["entrance"]


async def a_town() -> SmallTown:
    """The whole small town, in the open database."""
    return await laid_out.again(_a_new_town)


async def _a_new_town() -> SmallTown:
    planting = Planting()
    town = _ground(planting)
    registry, roster = people.Registry(), org.Roster(since=SINCE)
    _units(roster, town)
    _posts(roster, registry, town)
    batch = codes.Batch("第一批", SINCE)
    for name in ("entrance", "other_entrance", "estate", "playground", "lamp"):
        town.codes[name] = batch.code(getattr(town, name).id, "outdoor")
    town.codes["shop"] = batch.code(town.shop.id, "merchant")
    town.codes["room"] = batch.code(town.rooms[0].id, "household")
    await places.plant(planting)
    await people.register(registry)
    await org.found_town(
        "演示市", sponsor="演示·哈巴格希街道", phone="16000000100", icp="演示", demo=True
    )
    await org.seed_holidays(2025, 2027)
    await org.enrol(roster)
    await catalogue.seed()
    await codes.make_batch(batch)
    return town


async def a_viewer(town: SmallTown, role: str, *keys: str) -> Viewer:
    """Whoever holds this post in the small town, signed in."""
    account_id = town.accounts[role]
    return Viewer(
        account_id=account_id,
        name=await people.own_name(account_id),
        posts=await org.posts_of(account_id, clock.now()),
        keys=frozenset(keys),
    )


async def a_grid_worker(town: SmallTown) -> Viewer:
    return await a_viewer(town, "grid_worker")


async def a_property_manager(town: SmallTown) -> Viewer:
    return await a_viewer(town, "property_manager")


async def a_street_dispatcher(town: SmallTown) -> Viewer:
    return await a_viewer(town, "street_dispatcher")


async def a_handler(town: SmallTown, trade: str) -> Viewer:
    """Someone of a utility or department: heating, municipal, sanitation …"""
    return await a_viewer(town, trade)


async def a_resident(name: str = "演示-王女士") -> Viewer:
    """A resident with an account of her own, signed in."""
    return Viewer(account_id=await people.add_resident_account(name), name=name)


async def a_staff_login(login: str = LOGIN, password: str = PASSWORD) -> UUID:
    """A staff account that signs in by name and password, without any post."""
    return await people.add_staff(login, password, "演示-值班员")


async def sign_in(
    login: str = LOGIN,
    password: str = PASSWORD,
    otp: str = "",
    *,
    block: str = "",
    lifetime: str = "staff",
) -> people.SignIn:
    """At the staff's door, from this block of addresses, to a desk unless it is a `field` phone."""
    knock = people.Knock(block)
    account = await people.prove_staff(login, password, otp, knock=knock)
    return await people.begin_staff_session(account, lifetime, knock=knock)


def square(lng: float, lat: float, side: float = 0.01) -> list[tuple[float, float]]:
    """A closed outline with its south-west corner there."""
    return [(lng, lat), (lng + side, lat), (lng + side, lat + side), (lng, lat + side), (lng, lat)]


def _ground(planting: Planting) -> SmallTown:
    city = planting.division("150600", "鄂尔多斯市", level=1, since=BUILT)
    district = planting.division("150603", "康巴什区", level=2, since=BUILT, above=city)
    street = planting.division("150603001", "哈巴格希街道", level=3, since=BUILT, above=district)
    community = planting.division(
        "150603001901", "演示·湖畔社区", level=4, since=BUILT, above=street
    )
    code, other_code = "1506030019011001", "1506030019011002"
    grid = planting.grid(
        community, "第一网格", code=code, kind="base", outline=square(109.78, 39.60)
    )
    street_grid = planting.grid(
        community, "第二网格", code=other_code, kind="base", outline=square(109.79, 39.60)
    )
    gate = Point(109.785, 39.601)
    estate = planting.estate(grid, "e01", "演示·云锦苑小区", point=gate)
    building = planting.building(grid, "b01", "1号楼", floors=11, elevators=2, estate=estate)
    entrance = planting.entrance(building, "u1", "1单元", point=Point(109.7852, 39.6052))
    other = planting.entrance(building, "u2", "2单元", point=Point(109.7855, 39.6052))
    rooms = tuple(planting.room(entrance, f"{n}01", floor=n) for n in range(1, 4))
    planting.address(estate, "乌兰木伦街", "18号")
    return SmallTown(
        street=street,
        community=community,
        grid=grid,
        street_grid=street_grid,
        estate=estate,
        building=building,
        entrance=entrance,
        other_entrance=other,
        rooms=(*rooms, planting.room(other, "101", floor=1)),
        playground=planting.facility(
            grid, "f01", "儿童游乐场", point=Point(109.786, 39.606), estate=estate
        ),
        lamp=planting.facility(
            street_grid, "f02", "乌兰木伦街12号路灯", point=Point(109.795, 39.605)
        ),
        shop=planting.premises(street_grid, "m01", "演示·小肥羊馆", point=Point(109.796, 39.605)),
    )


def _units(roster: org.Roster, town: SmallTown) -> None:
    street = roster.unit(
        "street", "演示·哈巴格希街道办", area=town.street.path, phone="16000000100"
    )
    community = roster.unit(
        "community", "演示·湖畔社区", area=town.community.path, phone="16000000105", above=street
    )
    firm = roster.unit("property_firm", "演示·安居物业", phone="16000000102")
    police = roster.unit("police_station", "演示·派出所", area=town.street.path, above=street)
    town.units |= {"street": street, "community": community, "property_firm": firm}
    town.units["police"] = police
    for trade, name in TRADES:
        kind = "utility" if trade in ("heating", "gas", "power", "water") else "department"
        unit = roster.unit(kind, name, area=town.street.path, phone="16000000119")
        town.units[trade] = unit
        roster.answers(town.street.path, trade, unit=unit)
    roster.answers(town.street.path, "street", unit=street)
    roster.answers(town.street.path, "police", unit=police)
    roster.answers(town.community.path, "community", unit=community)
    roster.answers(town.estate.path, "property_firm", unit=firm)
    roster.phone(town.street.path, "duty", "24小时值班", "16000000110")
    roster.phone(town.street.path, "gas", "燃气抢修", "16000000119")
    roster.phone(town.estate.path, "elevator", "电梯救援", "16000000133")


def _posts(roster: org.Roster, registry: people.Registry, town: SmallTown) -> None:
    """One post a role, held by one account; only those people look for answer for a place."""
    street, community, estate = town.street.path, town.community.path, town.estate.path
    _post(roster, registry, town, "grid_worker", "community", town.grid.path, LATE)
    _post(roster, registry, town, "grid_leader", "community", town.grid.path, OFFICE)
    _post(roster, registry, town, "grid_police", "police", community, OFFICE)
    _post(roster, registry, town, "property_manager", "property_firm", estate, LATE)
    _post(roster, registry, town, "property_staff", "property_firm", estate, ROUND_THE_CLOCK)
    _post(roster, registry, town, "community_worker", "community", community, OFFICE)
    _post(roster, registry, town, "community_secretary", "community", community, OFFICE)
    _post(roster, registry, town, "street_dispatcher", "street", street, OFFICE)
    _post(roster, registry, town, "duty_post", "street", street, ROUND_THE_CLOCK)
    for trade, _ in TRADES:
        post = roster.post("dept_handler", town.units[trade], street, hours=OFFICE)
        _hold(roster, registry, town, trade, post, f"演示-{trade}")


def _post(
    roster: org.Roster,
    registry: people.Registry,
    town: SmallTown,
    role: str,
    unit: str,
    area: str,
    hours: tuple[DutyHours, ...],
) -> None:
    number = f"160000001{len(town.posts):02d}"
    post = roster.post(role, town.units[unit], area, phone=number, hours=hours)
    _hold(roster, registry, town, role, post, f"演示-{org.role_title(role)}")
    if role not in ("property_staff", "community_worker"):
        roster.answers(area, role, post=post)


def _hold(
    roster: org.Roster,
    registry: people.Registry,
    town: SmallTown,
    role: str,
    post: UUID,
    name: str,
) -> None:
    town.posts[role] = post
    town.accounts[role] = registry.staff(name[:40], at=SINCE, persona=role)
    roster.held_by(post, town.accounts[role])
