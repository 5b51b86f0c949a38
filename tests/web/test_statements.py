"""What a request costs in statements, from the socket on: who asks is kept, not asked for again."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from miniapp_api import cases as cases_routes
from miniapp_api import scan as scan_routes
from server.base import database
from tests.counting import Counting, counting


@dataclass(slots=True)
class Phone:
    """A client of the town in this process, what it is signed in with, and what it costs."""

    client: httpx.AsyncClient
    counted: Counting
    code: str

    async def get(self, path: str) -> httpx.Response:
        return (await self.client.get(path)).raise_for_status()

    async def post(self, path: str, body: Any, token: str = "") -> Any:
        headers = {"idempotency-key": uuid4().hex}
        if token:
            headers["authorization"] = f"Bearer {token}"
        answered = await self.client.post(f"/m/v1{path}", json=body, headers=headers)
        return answered.raise_for_status().json()

    async def report(self) -> Any:
        return await self.post("/cases", {"flow": "report", "code": self.code, "category": "P02"})

    async def sign(self, case: Any, token: str) -> Any:
        return await self.post(f"/cases/{case['number']}/moves/sign", {"seen_version": 2}, token)

    def cost(self) -> tuple[int, int]:
        """Reads and writes since this was asked last."""
        spent = self.counted.reads, self.counted.writes
        self.counted.reads = self.counted.writes = 0
        return spent


@pytest.fixture
async def phone(a_web_of: Any) -> AsyncIterator[Phone]:
    async with a_web_of(cases_routes.routes, scan_routes.routes) as client:
        found = await database.fetch_value(
            "SELECT c.token FROM code c JOIN place p ON p.id = c.place_id WHERE p.kind = $1",
            "entrance",
        )
        with counting() as counted:
            yield Phone(client, counted, str(found))


async def test_a_report_by_a_guest_is_one_statement(phone: Phone) -> None:
    await phone.report()
    phone.cost()
    await phone.report()
    assert phone.cost() == (0, 1)


async def test_a_move_by_whoever_is_signed_in_is_a_read_and_a_statement(phone: Phone) -> None:
    entered = await phone.post("/session/demo", {"persona": "property_manager"})
    first, second = await phone.report(), await phone.report()
    await phone.sign(first, entered["token"])
    phone.cost()
    await phone.sign(second, entered["token"])
    assert phone.cost() == (1, 1)


@pytest.mark.parametrize("path", ["/m/v1/codes/{}", "/c/{}"])
async def test_a_scan_by_a_stranger_asks_the_database_nothing(phone: Phone, path: str) -> None:
    await phone.get(path.format(phone.code))
    phone.cost()
    await phone.get(path.format(phone.code))
    assert phone.cost() == (0, 0)
