"""Who works in the demo town: offices, firms, posts, the people in them, the personas to try."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from server import org, people
from server.demo import names
from server.demo.chance import Chance
from server.demo.ground import Community, Land
from server.demo.sizes import Size
from server.org import DutyHours
from server.places import Ground

SINCE = datetime(2024, 1, 1, tzinfo=UTC)
OFFICE = (DutyHours("workday", "08:30", "12:00"), DutyHours("workday", "14:30", "18:00"))
LONG_DAY = (DutyHours("every", "08:00", "20:00"),)
ROUND_THE_CLOCK = (DutyHours("every", "00:00", "24:00"),)

# role, what the unit is called, what its people are called
TRADES = (
    ("heating", "热力公司", "师傅"),
    ("municipal", "市政维护所", "师傅"),
    ("gas", "燃气公司", "师傅"),
    ("power", "供电所", "师傅"),
    ("water", "供水公司", "师傅"),
    ("sanitation", "环卫中心", "班长"),
    ("greening", "园林管护所", "技术员"),
    ("traffic", "交管中队", "警官"),
    ("urban_management", "城管执法中队", "队员"),
    ("market_supervision", "市场监管所", "科员"),
    ("environment", "生态环境分局", "科员"),
)
_UTILITIES = ("heating", "gas", "power", "water")

# persona: whom a visitor may be. The first of each role answers for the demo code's place.
PERSONAS = {
    "grid_worker": "演示-巴特尔",
    "grid_police": "演示-高警官",
    "property_manager": "演示-刘经理",
    "property_staff": "演示-赵主管",
    "community_worker": "演示-李社工",
    "community_secretary": "演示-陈书记",
    "street_dispatcher": "演示-周调度",
    "grid_leader": "演示-乌云",
    "heating": "演示-孙师傅",
    "municipal": "演示-吴师傅",
}
RESIDENTS = {
    "resident": ("演示-王女士", "16000001001"),
    "neighbour": ("演示-张先生", "16000001002"),
}


@dataclass
class Staff:
    """The staff of the demo being taken on."""

    size: Size
    chance: Chance
    roster: org.Roster
    registry: people.Registry
    units: dict[tuple[str, str], UUID] = field(default_factory=dict)  # (kind, path)
    taken: set[str] = field(default_factory=set)
    numbers: int = 100

    @property
    def small(self) -> bool:
        """In a small town one person holds the same post in several places."""
        return self.size.key == "S"

    def number(self) -> str:
        """The next office number; what is not there in a small town would be too many in a row."""
        self.numbers += 1
        return f"1600000{self.numbers:04d}"

    def someone(self, role: str, title: str) -> UUID:
        """A new staff account: the persona if it is the first of its role."""
        persona = role if role in PERSONAS and role not in self.taken else None
        self.taken.add(role)
        name = PERSONAS[role] if persona else names.staff(self.chance, title)
        order = list(PERSONAS).index(role) if persona else len(PERSONAS)
        return self.registry.staff(name, at=SINCE + timedelta(seconds=order), persona=persona)

    def post(
        self,
        role: str,
        unit: UUID,
        area: Ground,
        account: UUID,
        *,
        hours: tuple[DutyHours, ...],
        answers: bool = True,
    ) -> None:
        """A post, held by this account, answering for its area in its role."""
        post = self.roster.post(role, unit, area.path, phone=self.number(), hours=hours)
        self.roster.held_by(post, account)
        if answers:
            self.roster.answers(area.path, role, post=post)

    def post_at(self, role: str, area: Ground) -> UUID:
        """The post of this role that serves this ground."""
        found = (p for p in self.roster.posts if (p["role"], p["area"]) == (role, area.path))
        post_id: UUID = next(found)["id"]
        return post_id


def take_on(size: Size, chance: Chance, land: Land) -> Staff:
    """Everybody, in the order in which one asks for them."""
    staff = Staff(
        size,
        chance,
        org.Roster(since=SINCE, make_id=chance.make_id),
        people.Registry(make_id=chance.make_id),
    )
    for key, (name, phone) in RESIDENTS.items():
        staff.registry.resident_account(
            name, at=SINCE - timedelta(days=1), phone=phone, persona=key
        )
    for street in land.streets:
        _street(staff, street)
    _trades(staff, land)
    _communities(staff, land.communities)
    _firms(staff, land)
    _phones(staff, land)
    return staff


def _street(staff: Staff, street: Ground) -> None:
    name = f"{names.MARK}{street.name}"
    office = staff.roster.unit("street", f"{name}办事处", area=street.path, phone=staff.number())
    police = staff.roster.unit(
        "police_station",
        f"{name.removesuffix('街道')}派出所",
        area=street.path,
        phone=staff.number(),
        above=office,
    )
    staff.units["street", street.path], staff.units["police", street.path] = office, police
    staff.roster.answers(street.path, "street", unit=office)
    staff.roster.answers(street.path, "police", unit=police)
    dispatcher = staff.someone("street_dispatcher", "调度")
    staff.post("street_dispatcher", office, street, dispatcher, hours=OFFICE)
    duty = staff.someone("duty_post", "值班员")
    staff.post("duty_post", office, street, duty, hours=ROUND_THE_CLOCK)
    if not staff.small:
        staff.post(
            "street_leader", office, street, staff.someone("street_leader", "主任"), hours=OFFICE
        )
        second = staff.someone("duty_post", "值班员")
        staff.post("duty_post", office, street, second, hours=ROUND_THE_CLOCK, answers=False)
        chief = staff.someone("dept_leader", "所长")
        staff.post("dept_leader", police, street, chief, hours=OFFICE, answers=False)


def _trades(staff: Staff, land: Land) -> None:
    """One unit a trade for the whole district; in a small town two people sit in all of them."""
    area = land.district
    handlers: dict[bool, UUID] = {}
    for role, name, title in TRADES:
        is_utility = role in _UTILITIES
        unit = staff.roster.unit(
            "utility" if is_utility else "department",
            f"{names.MARK}{name}",
            area=area.path,
            phone=staff.number(),
        )
        staff.units[role, area.path] = unit
        staff.roster.answers(area.path, role, unit=unit)
        if role in PERSONAS or not staff.small:
            handlers[is_utility] = staff.someone(role, title)
        hours = ROUND_THE_CLOCK if is_utility else OFFICE
        staff.post("dept_handler", unit, area, handlers[is_utility], hours=hours, answers=False)
    if not staff.small:
        unit = staff.units["municipal", area.path]
        chief = staff.someone("dept_leader", "所长")
        staff.post("dept_leader", unit, area, chief, hours=OFFICE, answers=False)


def _communities(staff: Staff, communities: list[Community]) -> None:
    shared: dict[str, UUID] = {}

    def same(role: str, title: str) -> UUID:
        """In a small town the same person everywhere, else a new one."""
        if not staff.small or role not in shared:
            shared[role] = staff.someone(role, title)
        return shared[role]

    for community in communities:
        ground = community.ground
        unit = staff.roster.unit(
            "community",
            f"{ground.name}居委会",
            area=ground.path,
            phone=staff.number(),
            above=staff.units["street", community.street.path],
        )
        staff.units["community", ground.path] = unit
        staff.roster.answers(ground.path, "community", unit=unit)
        secretary, leader = same("community_secretary", "书记"), same("grid_leader", "网格长")
        staff.post("community_secretary", unit, ground, secretary, hours=OFFICE)
        staff.post("grid_leader", unit, ground, leader, hours=OFFICE)
        police = staff.units["police", community.street.path]
        staff.post("grid_police", police, ground, same("grid_police", "警官"), hours=OFFICE)
        worker = same("community_worker", "社工")
        staff.post("community_worker", unit, ground, worker, hours=OFFICE, answers=False)
        _grid_workers(staff, community, unit)
        if not staff.small:
            second = staff.someone("community_worker", "社工")
            staff.post("community_worker", unit, ground, second, hours=OFFICE, answers=False)


def _grid_workers(staff: Staff, community: Community, unit: UUID) -> None:
    worker = staff.someone("grid_worker", "网格员")
    for grid in (*community.grids, *community.exclusive):
        if not staff.small and grid is not community.grids[0]:
            worker = staff.someone("grid_worker", "网格员")
        staff.post("grid_worker", unit, grid, worker, hours=LONG_DAY)


def _firms(staff: Staff, land: Land) -> None:
    """Fewer firms than estates; in a large town the last estate has none: it is the community's."""
    estates = land.estates if staff.small else land.estates[:-1]
    firms = names.FIRMS[:1] if staff.small else names.FIRMS
    for nth, firm in enumerate(firms):
        unit = staff.roster.unit("property_firm", f"{names.MARK}{firm}物业", phone=staff.number())
        manager = staff.someone("property_manager", "经理")
        helper = staff.someone("property_staff", "主管")
        for estate in estates[nth :: len(firms)]:
            staff.roster.answers(estate.path, "property_firm", unit=unit)
            staff.post("property_manager", unit, estate, manager, hours=LONG_DAY)
            staff.post("property_staff", unit, estate, helper, hours=ROUND_THE_CLOCK, answers=False)


def _phones(staff: Staff, land: Land) -> None:
    staff.roster.phone(land.city.path, "elevator", "电梯应急救援", "96333")
    for kind, title, number in (
        ("gas", "燃气抢修", "16000000119"),
        ("heating", "供热服务", "16000000118"),
        ("water", "供水抢修", "16000000117"),
        ("power", "供电抢修", "16000000116"),
    ):
        staff.roster.phone(land.district.path, kind, title, number)
    for nth, street in enumerate(land.streets):
        staff.roster.phone(street.path, "duty", "24小时值班", f"160000000{10 + nth}")
        staff.roster.phone(street.path, "police", "派出所值班", f"160000000{20 + nth}")
