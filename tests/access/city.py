"""The whole of it: ground, people, cases; and an app that is asked without any socket."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sanic import Sanic

from server import catalogue, codes, org, photos, wiring
from server.base import cache, clock
from tests.access.actors import Crowd, a_crowd
from tests.access.asides import ASIDE
from tests.access.docket import RECIPES, Docket, a_docket
from tests.access.ground import Land, a_land
from tests.access.inspecting import INSPECTED
from tests.access.knocking import open_doors
from tests.access.shops import shops
from tests.access.standing import STANDING

RECIPES.update(STANDING | ASIDE | INSPECTED)
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in town


@dataclass
class City:
    """Everything a call may name, and whom it is made by."""

    land: Land
    crowd: Crowd
    docket: Docket
    app: Sanic


@asynccontextmanager
async def a_city() -> AsyncIterator[City]:
    """Written to the open database; the clock stands until the block ends."""
    wiring.wire()
    cache.clear()
    with clock.stopped_at(MONDAY):
        photos.open_studio("memory://")
        codes.open_shop("https://mashang.example", "memory://")
        await org.found_town("演示市", sponsor="演示", phone="16000000100", demo=True)
        await org.seed_holidays(2025, 2027)
        await catalogue.seed()
        land = await a_land()
        crowd = await a_crowd(land)
        await shops(land, crowd)
        yield City(land, crowd, await a_docket(land, crowd), open_doors())
        await photos.close_studio()
        cache.clear()
