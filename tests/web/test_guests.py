"""What guests may begin with one post or one case: a cookie left out makes nobody somebody new."""

from collections.abc import AsyncIterator
from secrets import token_urlsafe
from uuid import uuid4

import httpx
import pytest
from sanic import Sanic

from miniapp_api import SURFACE
from server import cases, pages, wiring
from server.base.viewer import GUEST
from server.cases import NewCase
from server.settings import read
from server.web import headers, problems, routes
from tests.makers import SmallTown, a_town
from tests.web.kit import answering


@pytest.fixture
async def town(sqlite_db: str, hands) -> SmallTown:
    wiring.wire()
    return await a_town()


@pytest.fixture
async def phone(town: SmallTown) -> AsyncIterator[httpx.AsyncClient]:
    """A client that keeps no cookie, of the whole town behind one proxy, its limits in force."""
    app = Sanic(f"web-{uuid4().hex}", configure_logging=False)
    app.config.update(FALLBACK_ERROR_FORMAT="json", TOUCHUP=False, PROXIES_COUNT=1)
    app.ctx.public_url, app.ctx.settings = "", read({"MASHANG_DEMO": "1"})
    problems.install(app, page=pages.draw_problem)
    headers.install(app)
    routes.mount(app, (*SURFACE, *pages.SURFACE))
    async with answering(app) as client:
        yield client


class Guests:
    """Guests without end, each from an address of its own."""

    def __init__(self, phone: httpx.AsyncClient, town: SmallTown) -> None:
        self.phone, self.town = phone, town

    async def begins(self, post: str = "grid_worker", **more: str) -> httpx.Response:
        body = {
            "code": self.town.token,
            "post_id": str(self.town.posts[post]),
            "text": f"灯坏了{token_urlsafe(4)}",
        }
        return await self._sends("/m/v1/conversations", body, **more)

    async def joins(self, number: str, **more: str) -> httpx.Response:
        path = f"/m/v1/cases/{number}/second"
        return await self._sends(path, {"code": self.town.token}, **more)

    async def _sends(self, path: str, body: dict, *, at: str, token: str = "") -> httpx.Response:
        self.phone.cookies.clear()
        sent = {"idempotency-key": token_urlsafe(16), "x-forwarded-for": at}
        sent |= {"authorization": f"Bearer {token}"} if token else {}
        return await self.phone.post(path, json=body, headers=sent)


@pytest.fixture
def guests(phone: httpx.AsyncClient, town: SmallTown) -> Guests:
    return Guests(phone, town)


@pytest.fixture
async def number(town: SmallTown) -> str:
    opened = await cases.open_case(NewCase(code=town.token, category="F01", text="坏了"), by=GUEST)
    return opened.number


async def test_one_neighbourhood_begins_twenty_conversations_an_hour_with_one_post(guests: Guests):
    statuses = [(await guests.begins(at=f"192.0.2.{n}")).status_code for n in range(25)]
    assert statuses == [201] * 20 + [429] * 5
    refused = await guests.begins(at="192.0.2.99")
    assert "同一个网络里" in refused.json()["detail"]
    assert int(refused.headers["retry-after"]) > 3000
    assert (await guests.begins(at="198.51.100.7")).status_code == 201
    assert (await guests.begins("property_manager", at="192.0.2.99")).status_code == 201


async def test_one_neighbourhood_joins_a_case_ten_times_an_hour(guests: Guests, number: str):
    statuses = [(await guests.joins(number, at=f"192.0.2.{n}")).status_code for n in range(12)]
    assert statuses == [200] * 10 + [429] * 2
    assert (await guests.joins(number, at="2001:db8::1")).status_code == 200


async def test_who_is_signed_in_is_counted_by_the_account_alone(guests: Guests, number: str):
    signed_in = await guests.phone.post("/m/v1/session/demo", json={"persona": "grid_worker"})
    for n in range(10):
        await guests.joins(number, at=f"192.0.2.{n}")
    token = signed_in.json()["token"]
    assert (await guests.joins(number, at="192.0.2.1", token=token)).status_code == 200
