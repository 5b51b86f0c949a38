"""Three server processes, twenty senders, kills: every reader sees 1 … n in the same order."""

import asyncio
import json
import random
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import websockets
from websockets.exceptions import WebSocketException

from tests.databases import beside, of_its_own_loop
from tests.faults.conftest import mortal, told
from tests.faults.mortal import MortalTown
from tests.faults.records import OpenTally
from tests.journeys.town_client import API, a_key

SENDERS, READERS = 20, 3
BETWEEN_TWO = 5  # messages acknowledged from one kill to the next
CHANCE = random.Random(11)
AWAY = (httpx.TransportError, WebSocketException, OSError, TimeoutError)


@pytest.fixture
def three_servers(sturdy_postgres: Any, redis_url: str, tmp_path: Path) -> Iterator[MortalTown]:
    """One town, one port, three servers behind it, and a bus between them."""
    server, name = sturdy_postgres.get_uri(), f"three_{secrets.token_hex(4)}"
    of_its_own_loop(told(server, f"CREATE DATABASE {name}"))
    url = beside(server, name)
    with mortal(tmp_path / "data", url, workers="3", redis_url=redis_url) as made:
        yield made


class Talk:
    """One conversation of a guest, and everybody who has its key; each sends so many messages."""

    def __init__(self, town: MortalTown, each: int) -> None:
        self.each = each
        self.base = f"http://127.0.0.1:{town.port}{API}"
        self.town = town
        self.acknowledged: list[int] = []
        self._news = asyncio.Event()

    async def has_acknowledged(self, wanted: int) -> None:
        while len(self.acknowledged) < wanted:
            self._news.clear()
            await self._news.wait()

    async def begin(self) -> None:
        async with httpx.AsyncClient(trust_env=False) as phone:
            body = {
                "code": self.town.code(),
                "post_id": str(self.town.town.posts["property_manager"]),
            }
            headers = {"idempotency-key": a_key()}
            made = await phone.post(f"{self.base}/conversations", json=body, headers=headers)
            self.id, self.key = made.json()["id"], made.json()["key"]
            persona = {"persona": "property_manager"}
            staff = (await phone.post(f"{self.base}/session/demo", json=persona)).json()
            self.staff = {"authorization": f"Bearer {staff['token']}"}

    async def sends(self, nth: int) -> None:
        """A few messages, each again with its key until it is acknowledged."""
        for turn in range(self.each):
            headers = self.staff | {"idempotency-key": a_key()}
            address = f"{self.base}/conversations/{self.id}/messages"
            while True:
                try:
                    async with httpx.AsyncClient(trust_env=False, timeout=10) as phone:
                        text = {"text": f"{nth}说第{turn}句"}
                        answer = await phone.post(address, json=text, headers=headers)
                    if answer.status_code == 201:
                        self.acknowledged.append(answer.json()["seq"])
                        self._news.set()
                        break
                except AWAY:
                    pass
                await asyncio.sleep(0.05)

    async def reads(self, upto: int) -> list[tuple[int, str]]:
        """Everything as it comes over sockets that are opened again after every loss."""
        seen: list[tuple[int, str]] = []
        while len(seen) < upto:
            try:
                async with websockets.connect(await self._address(len(seen))) as socket:
                    while len(seen) < upto:
                        heard = json.loads(await asyncio.wait_for(socket.recv(), 40))
                        if heard["type"] == "message":
                            seen.append((heard["id"], heard["message"]["text"]))
            except AWAY:
                await asyncio.sleep(0.1)
        return seen

    async def _address(self, after: int) -> str:
        async with httpx.AsyncClient(trust_env=False, timeout=10) as phone:
            asked = {"conversation_id": self.id}
            key = {"key": self.key}
            made = await phone.post(f"{self.base}/live/ticket", json=asked, params=key)
        if made.status_code != 201:
            raise OSError(made.text)
        base = self.base.replace("http", "ws")
        return f"{base}/live?ticket={made.json()['ticket']}&after={after}"


async def _somebody_of(town: MortalTown) -> psutil.Process:
    """One of its servers, as soon as there is one."""
    while True:
        if alive := psutil.Process(town.process_id).children():
            return CHANCE.choice(alive)
        await asyncio.sleep(0.05)


@pytest.mark.pg
@pytest.mark.redis
async def test_every_reader_sees_every_message_once_and_in_one_order(
    three_servers: MortalTown, cycles: int, tally: OpenTally
) -> None:
    talk = Talk(three_servers, each=1 + (cycles + 1) * BETWEEN_TWO // SENDERS)
    counted = tally("kill -9 of one of three while 20 talk", "postgres")
    await talk.begin()
    upto = SENDERS * talk.each

    async def kills() -> None:
        for nth in range(1, cycles + 1):
            await talk.has_acknowledged(nth * BETWEEN_TWO)
            (await _somebody_of(three_servers)).kill()
            counted.took(0)

    async with asyncio.TaskGroup() as group:
        readers = [group.create_task(talk.reads(upto)) for _ in range(READERS)]
        for nth in range(SENDERS):
            group.create_task(talk.sends(nth))
        group.create_task(kills())

    seen = [reader.result() for reader in readers]
    counted.acknowledged = len(talk.acknowledged)
    assert [number for number, _ in seen[0]] == list(range(1, upto + 1))
    assert seen.count(seen[0]) == READERS
    assert len({text for _, text in seen[0]}) == upto
    assert sorted(talk.acknowledged) == list(range(1, upto + 1))
