"""A socket is never waited for: who does not read, says too much or goes is let go."""

import asyncio
import json
import socket
import time
from contextlib import asynccontextmanager

import pytest
import websockets
from sanic import Request

from server.web import Routes, open_socket, public, routes, sockets
from tests.web.kit import answering, make_app

ONE = {"text": "长" * 2000}  # six thousand bytes
HANDS = (
    "GET /m/v1/flood HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
flood = Routes("/m/v1")


@flood.get("/flood", access=public("this test is anyone"), status=101, refuses=(400,), socket=True)
async def get_flood(request: Request) -> None:
    """Whatever can be said, until somebody has enough."""
    said, wire = request.app.ctx, await open_socket(request)
    try:
        while said.sent < 2000:
            await wire.send(ONE)
            said.sent += 1
    except ConnectionError as gone:
        said.ended.set_result(str(gone))
    except asyncio.CancelledError:
        said.ended.set_result("gone")
        raise


@flood.get("/quiet", access=public("this test is anyone"), status=101, refuses=(400,), socket=True)
async def get_quiet(request: Request) -> None:
    """Nothing, until the other side goes."""
    said = request.app.ctx
    try:
        await (await open_socket(request)).send(ONE)
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        said.ended.set_result("gone")
        raise


@pytest.fixture
async def kit():
    """The small app with these two sockets, and how they ended."""
    app = make_app()
    routes.mount(app, (flood,))
    app.ctx.sent, app.ctx.ended = 0, asyncio.get_running_loop().create_future()
    async with answering(app) as client:
        app.ctx.at = (client.base_url.host, client.base_url.port)
        yield app.ctx


async def _listener(kit) -> websockets.ClientConnection:
    return await websockets.connect("ws://{}:{}/m/v1/quiet".format(*kit.at), proxy=None)


async def test_whoever_goes_ends_what_served_him(kit):
    async with await _listener(kit) as listener:
        assert json.loads(await listener.recv()) == ONE
    assert await asyncio.wait_for(kit.ended, 5) == "gone"


@pytest.mark.parametrize("said", [["好"] * 21, ["a" * 16_001]])
async def test_whoever_says_too_much_is_sent_away(kit, said):
    async with await _listener(kit) as listener:
        await listener.recv()
        for one in said:
            await listener.send(one)
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await asyncio.wait_for(listener.recv(), 5)
    assert closed.value.rcvd.code == 1008
    assert await asyncio.wait_for(kit.ended, 5) == "gone"


async def test_whoever_says_little_listens_on(kit):
    async with await _listener(kit) as listener:
        await listener.recv()
        for _ in range(20):
            await listener.send("好")
        assert await asyncio.wait_for(await listener.ping(), 5) >= 0
        assert not kit.ended.done()


@asynccontextmanager
async def deaf(kit):
    """Somebody who opens the socket that never ends, and reads nothing."""
    loop = asyncio.get_running_loop()
    with socket.socket() as ear:
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        ear.setblocking(False)
        await loop.sock_connect(ear, kit.at)
        await loop.sock_sendall(ear, HANDS.encode())
        yield


async def test_who_never_reads_is_let_go_before_much_is_kept_for_him(kit, monkeypatch):
    monkeypatch.setattr(sockets, "SLOWEST_SEND_S", 0.3)
    async with deaf(kit):
        assert await asyncio.wait_for(kit.ended, 20) == "the other side does not read"
    assert kit.sent * 6000 < 500_000


async def test_before_a_stop_everyone_is_told_to_come_again(kit):
    async with await _listener(kit) as listener:
        await listener.recv()
        await sockets.close_all()
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await asyncio.wait_for(listener.recv(), 5)
    assert closed.value.rcvd.code == 1012
    assert await asyncio.wait_for(kit.ended, 5) == "gone"


async def test_who_never_reads_holds_up_no_stop(kit):
    async with deaf(kit):
        await asyncio.sleep(0.3)  # until what is said to him waits
        began = time.monotonic()
        await sockets.close_all()
        assert await asyncio.wait_for(kit.ended, 2) in ("gone", "closed")
        assert time.monotonic() - began < sockets.FAREWELL_S + 0.5
