"""A message from one phone to another over the socket, and sockets on which nothing happens."""

import asyncio
import json
import resource
import secrets
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import websockets
from rows import ROUNDS, Row
from servers import Server

MESSAGES = 200
SOCKETS, SPOKEN_ON = 2000, 200
AT_ONCE = 40
FILES = 8192


@dataclass(slots=True)
class Phone:
    """One client of one server."""

    http: httpx.AsyncClient
    port: int

    async def post(self, path: str, body: Any, **query: str) -> dict[str, Any]:
        headers = {"idempotency-key": secrets.token_urlsafe(16)}
        answer = await self.http.post(path, json=body, params=query, headers=headers)
        answer.raise_for_status()
        return dict(answer.json())

    async def begins(self, code: str, post_id: str) -> dict[str, Any]:
        return await self.post("/m/v1/conversations", {"code": code, "post_id": post_id})

    async def listens(self, one: dict[str, Any]) -> websockets.ClientConnection:
        asked = {"conversation_id": one["id"]}
        ticket = (await self.post("/m/v1/live/ticket", asked, key=one["key"]))["ticket"]
        address = f"ws://127.0.0.1:{self.port}/m/v1/live?ticket={ticket}"
        socket = await websockets.connect(address, ping_interval=None)
        await socket.recv()  # how it stands
        return socket


def round_trip(server: Server, floor: Server, code: str) -> Row:
    """From a request to the other side's socket, beside a bare Sanic that only passes it on."""
    rounds: list[list[float]] = [[], []]
    for _ in range(ROUNDS):
        rounds[0].append(asyncio.run(_with_phone(server, lambda phone: _ours(phone, code))))
        rounds[1].append(asyncio.run(_with_phone(floor, _bare)))
    mine, other = (statistics.median(each) for each in rounds)
    return Row("message round trip", round(mine, 2), "ms", round(other, 2), round(mine / other, 2))


def idle_sockets(server: Server, floor: Server, code: str) -> Row:
    """Memory of a socket on which nothing is said, beside one of a bare Sanic, and how late a
    message is among all of them.
    """
    kb, late = asyncio.run(_with_phone(server, lambda phone: _idle(phone, server, code)))
    other = asyncio.run(_idle_bare(floor))
    return Row(
        f"{SOCKETS} idle sockets", round(kb, 1), "kB each", round(other, 1), round(kb / other, 2),
        "≤ 30", kb <= 30, p99_ms=round(late, 1),
    )  # fmt: skip


async def _with_phone(server: Server, does: Callable[[Phone], Awaitable[Any]]) -> Any:
    base = f"http://127.0.0.1:{server.port}"
    async with httpx.AsyncClient(base_url=base, trust_env=False, timeout=60) as http:
        return await does(Phone(http, server.port))


async def _ours(phone: Phone, code: str) -> float:
    """The median of messages by staff, who may say as much as they like."""
    card = (await phone.http.get(f"/m/v1/codes/{code}")).json()
    post = next(one["post_id"] for one in card["contacts"] if one["role"] == "grid_worker")
    one = await phone.begins(code, post)
    socket = await phone.listens(one)
    staff = await phone.post("/m/v1/session/demo", {"persona": "grid_worker"})
    phone.http.headers["authorization"] = f"Bearer {staff['token']}"
    path = f"/m/v1/conversations/{one['id']}/messages"
    times = [await _said(phone, socket, path, str(n)) for n in range(MESSAGES)]
    await socket.close()
    return statistics.median(times) * 1000


async def _bare(phone: Phone) -> float:
    socket = await websockets.connect(f"ws://127.0.0.1:{phone.port}/live", ping_interval=None)
    times = [await _said(phone, socket, "/said", str(n)) for n in range(MESSAGES)]
    await socket.close()
    return statistics.median(times) * 1000


async def _said(
    phone: Phone, socket: websockets.ClientConnection, path: str, text: str, **query: str
) -> float:
    """How long it takes until the other side has it."""
    began = time.perf_counter()
    sent = asyncio.create_task(phone.post(path, {"text": text}, **query))
    while True:
        heard = json.loads(await socket.recv())
        if heard.get("message", heard).get("text") == text:
            break
    took = time.perf_counter() - began
    await sent
    return took


async def _idle(phone: Phone, server: Server, code: str) -> tuple[float, float]:
    """Kilobytes a socket, and the ninety-ninth percentile of deliveries in milliseconds."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    card = (await phone.http.get(f"/m/v1/codes/{code}")).json()
    post = card["contacts"][0]["post_id"]
    talks = await _each(SOCKETS, lambda: phone.begins(code, post))
    before = server.memory_mb()
    waiting = iter(talks)
    sockets = await _each(SOCKETS, lambda: _listening(phone, next(waiting)))
    kb = (server.memory_mb() - before) * 1000 / SOCKETS
    times = []
    for one, socket in sockets[:: SOCKETS // SPOKEN_ON]:
        path = f"/m/v1/conversations/{one['id']}/messages"
        times.append(await _said(phone, socket, path, secrets.token_hex(4), key=one["key"]))
    await asyncio.gather(*(socket.close() for _, socket in sockets))
    return kb, sorted(times)[int(len(times) * 0.99)] * 1000


async def _idle_bare(floor: Server) -> float:
    address = f"ws://127.0.0.1:{floor.port}/live"
    before = floor.memory_mb()
    sockets = await _each(SOCKETS, lambda: websockets.connect(address, ping_interval=None))
    kb = (floor.memory_mb() - before) * 1000 / SOCKETS
    await asyncio.gather(*(socket.close() for socket in sockets))
    return kb


async def _listening(
    phone: Phone, one: dict[str, Any]
) -> tuple[dict[str, Any], websockets.ClientConnection]:
    return one, await phone.listens(one)


async def _each(count: int, does: Callable[[], Any]) -> list[Any]:
    """So many of them, some at a time."""
    some = asyncio.Semaphore(AT_ONCE)

    async def one() -> Any:
        async with some:
            return await does()

    return list(await asyncio.gather(*(one() for _ in range(count))))
