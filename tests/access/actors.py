"""Everyone who might knock: residents, shopkeepers, staff of the place, their neighbours, guests.

Each member of staff is one line: what they are called here, the role, the unit, the area. Who keeps
which shop `shops.py` tells.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from server import org, people
from server.base import clock
from server.base.viewer import GUEST, Viewer
from tests.access.ground import Land
from tests.makers import ROUND_THE_CLOCK, SINCE

POSTS = """
grid_worker          grid_worker          lake       grid one
grid_leader          grid_leader          lake       grid one
grid_police          grid_police          police     lake
property_manager     property_manager     firm one   estate one
property_staff       property_staff       firm one   estate one
community_worker     community_worker     lake       lake
secretary            community_secretary  lake       lake
dispatcher           street_dispatcher    street one street one
street_leader        street_leader        street one street one
duty_post            duty_post            street one street one
municipal            dept_handler         municipal  street one
municipal_leader     dept_leader          municipal  street one
heating              dept_handler         heating    street one
hotline              hotline_operator     hotline    district
callback_agent       callback_agent       hotline    district
sys_admin            sys_admin            office     nothing
landless             street_dispatcher    office     nothing
next_worker          grid_worker          lake       grid two
next_leader          grid_leader          lake       grid two
next_firm            property_manager     firm two   estate two
hill_worker          grid_worker          hill       grid three
hill_secretary       community_secretary  hill       hill
sea_worker           grid_worker          sea        grid four
sea_secretary        community_secretary  sea        sea
sea_dispatcher       street_dispatcher    street two street two
sea_leader           street_leader        street two street two
former_worker        grid_worker          lake       grid one
"""
# Who holds a second post: what the one may in its area, the other may not in its own.
ALSO = {"sea_secretary": ("grid_police", "police", "lake")}
UNITS = {
    "street one": "street",
    "street two": "street",
    "lake": "community",
    "hill": "community",
    "sea": "community",
    "firm one": "property_firm",
    "firm two": "property_firm",
    "police": "police_station",
    "municipal": "department",
    "heating": "utility",
    "hotline": "hotline",
    "office": "department",
}
RESIDENTS = ("raiser", "seconder", "stranger")
KEEPERS = ("shopkeeper", "other_keeper")  # of two shops side by side
GUESTS = ("guest", "key_holder", "joined_guest", "gone_key", "stale")
LISTED = [
    (line[:21].strip(), line[21:42].strip(), line[42:53].strip(), line[53:].strip())
    for line in POSTS.strip().splitlines()
]
STAFF = tuple(who for who, *_ in LISTED if who != "former_worker")
ALL = (*GUESTS, *RESIDENTS, "former_worker", *STAFF, "shopkeeper")
# Asked by `closer/` alone, of what has to do with shops; how they stand to all other cases.
BESIDE = {
    "other_keeper": "stranger",
    "three_posts": "dispatcher",  # and a grid worker of grid one, and keeps the other shop
    "finds_nowhere": "grid_leader",  # and a grid worker without an area
}


@dataclass
class Crowd:
    """Accounts, posts and units by name; sessions by name, and raised ones."""

    accounts: dict[str, UUID] = field(default_factory=dict)
    posts: dict[str, UUID] = field(default_factory=dict)
    units: dict[str, UUID] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    raised: dict[str, str] = field(default_factory=dict)
    keys: dict[str, frozenset[str]] = field(default_factory=dict)

    async def viewer(self, who: str) -> Viewer:
        """The person as the features below know them."""
        if who not in self.accounts:
            return GUEST
        posts = await org.posts_of(self.accounts[who], clock.now())
        return Viewer(self.accounts[who], name=f"演示-{who}", posts=posts)

    async def session(self, who: str, *, raised: bool = False) -> str:
        """A fresh one."""
        resident = who in (*RESIDENTS, *KEEPERS) or who.startswith("passer")
        kind = "resident" if resident else "staff"
        account = {"id": self.accounts[who], "kind": kind, "name": f"演示-{who}"}
        entered = await people.begin_staff_session(
            account | {"name_sealed": None}, "staff", raised=raised
        )
        return entered.token

    async def passer_by(self, who: str) -> str:
        """A resident who was never here before, to do what ends an account."""
        self.accounts[who] = await people.add_resident_account(f"演示-{who}")
        await people.agree(self.accounts[who], people.NOTICE)
        return await self.session(who)


async def a_crowd(land: Land) -> Crowd:
    """Everyone appointed, answering for their places, and signed in."""
    crowd, roster, registry = Crowd(), org.Roster(since=SINCE), people.Registry()
    _units(roster, crowd, land)
    for nth, (who, role, unit, area) in enumerate(LISTED):
        path = land.path(area)
        post = roster.post(
            role, crowd.units[unit], path, phone=f"160000001{nth:02d}", hours=ROUND_THE_CLOCK
        )
        crowd.posts[who], crowd.accounts[who] = post, registry.staff(f"演示-{who}", at=SINCE)
        roster.held_by(post, crowd.accounts[who])
        if who == "former_worker":
            roster.appointments[-1]["to_at"] = clock.now() - timedelta(days=1)
        if path and who != "former_worker" and role not in ("property_staff", "community_worker"):
            roster.answers(path, role, post=post)
    for who, (role, unit, area) in ALSO.items():
        post = roster.post(role, crowd.units[unit], land.path(area), hours=ROUND_THE_CLOCK)
        roster.held_by(post, crowd.accounts[who])
    await people.register(registry)
    await org.enrol(roster)
    for nth, who in enumerate(RESIDENTS):
        crowd.accounts[who] = await people.add_resident_account(
            f"演示-{who}", phone=f"1600000{nth:04d}"
        )
        await people.agree(crowd.accounts[who], people.NOTICE)
    for who in (*RESIDENTS, "former_worker", *STAFF):
        crowd.tokens[who] = await crowd.session(who)
        crowd.raised[who] = await crowd.session(who, raised=True)
    crowd.tokens["stale"] = await crowd.passer_by("passer stale")
    await people.end_session(crowd.tokens["stale"])
    return crowd


def _units(roster: org.Roster, crowd: Crowd, land: Land) -> None:
    for name, kind in UNITS.items():
        area = land.path(name) if name in land.places else ""
        crowd.units[name] = roster.unit(kind, f"演示·{name}", area=area)
    for path, role, unit in (
        *((land.path(name), "street", name) for name in ("street one", "street two")),
        *((land.path(name), "community", name) for name in ("lake", "hill", "sea")),
        (land.path("estate one"), "property_firm", "firm one"),
        (land.path("estate two"), "property_firm", "firm two"),
        (land.path("street one"), "municipal", "municipal"),
        (land.path("street one"), "heating", "heating"),
    ):
        roster.answers(path, role, unit=crowd.units[unit])
