"""Loading the demo town: ground, people, offices, catalogue, codes and what has happened there."""

import logging
import time
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server import cases, catalogue, codes, org, people, places
from server.base import database
from server.demo import names
from server.demo.boards import hang_up
from server.demo.chance import Chance
from server.demo.ground import Land, lay_out
from server.demo.homes import move_in
from server.demo.houses import open_houses
from server.demo.inboxes import waiting
from server.demo.inspections import look_round
from server.demo.merchants import open_shops
from server.demo.residents import Residents, leave_vacant
from server.demo.signs import put_up
from server.demo.sizes import SIZES, Size
from server.demo.staff import Staff, take_on
from server.demo.stories import Teller
from server.demo.talks import talk
from server.demo.thanks import give_thanks
from server.demo.turns import go_away, take_turns
from server.places import Planting

log = logging.getLogger("mashang.demo")
PHONE = "16000000100"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is there now: the demo code, how much of everything, how long it took."""

    demo_token: str
    counts: dict[str, int]
    seconds: float


async def is_empty() -> bool:
    """Whether this database holds no town yet."""
    return await database.fetch_value("SELECT count(*) FROM place") == 0


async def load(size: str, now: datetime) -> Loaded:
    """Load a town of this size into an empty, migrated database. The same size is the same town.

    Places and people go through the functions an import uses; histories end at `now`.
    """
    began = time.monotonic()
    planned, chance = SIZES[size], Chance(f"mashang demo {size}")
    land = lay_out(planned, chance)
    staff = take_on(planned, chance, land)
    vacant = leave_vacant(land, chance)
    await places.plant(land.planting)
    counts = _counted(land)
    land.planting = Planting()
    residents = Residents(planned, chance, now)
    await residents.move_in(land, vacant)
    take_turns(staff, now)
    await people.register(staff.registry)
    await _found(now)
    await org.enrol(staff.roster)
    await go_away(staff, now)
    await catalogue.seed(make_id=chance.make_id)
    batch, demo_token = put_up(planned, chance, land, staff)
    await codes.make_batch(batch)
    shops = await open_shops(land, size)
    numbers = await _happen(planned, chance, land, staff, now)
    looked = await look_round(land, size, now)
    houses = await open_houses(land, chance)
    praises = await give_thanks(land.entrances[0], _personas(staff), now, chance)
    await move_in(land, _personas(staff), now, chance)
    talks = await talk(land.entrances[0], _personas(staff), now, chance)
    nodes = (*(one.ground for one in land.communities), *land.estates)
    hung = await hang_up(nodes, _personas(staff), now, chance)
    counts |= {
        "persons": residents.registered,
        "staff": sum(1 for row in staff.registry.accounts if row["kind"] == "staff"),
        "codes": len(batch.codes),
        "merchants": shops,
        "cases": len(numbers),
        "inspections": looked,
        "praises": praises,
        "conversations": talks,
        "bulletins": hung,
        "stations": houses,
    }
    return Loaded(demo_token, counts, time.monotonic() - began)


def _counted(land: Land) -> dict[str, int]:
    return {
        "streets": len(land.streets),
        "communities": len(land.communities),
        "grids": len(land.planting.grids),
        "estates": len(land.estates),
        "buildings": len(land.planting.buildings),
        "rooms": len(land.planting.rooms),
        "premises": len(land.premises),
    }


async def _happen(size: Size, chance: Chance, land: Land, staff: Staff, now: datetime) -> list[str]:
    """Half a year of reports, computed by the law and written in bulk."""
    featured = waiting(land, _personas(staff), now)
    teller = Teller(
        chance=chance,
        land=land,
        categories=await catalogue.categories(),
        calendar=await org.calendar(),
        units={role: unit for (role, _), unit in staff.units.items()},
        now=now,
    )
    plans = teller.tell(size.cases - len(featured))
    return await cases.bulk_histories([*plans, *featured], until=now)


def _personas(staff: Staff) -> dict[str, UUID]:
    """The accounts a visitor may be, by persona."""
    return {row["persona"]: row["id"] for row in staff.registry.accounts if row["persona"]}


async def _found(now: datetime) -> None:
    await org.found_town(
        f"{names.MARK}康巴什区",
        sponsor=f"{names.MARK}康巴什区基层治理服务中心",
        phone=PHONE,
        icp="演示，未备案",
        police_record="演示，未备案",
        demo=True,
    )
    await org.seed_holidays(now.year - 2, now.year + 1)
