"""A WebSocket that is never waited for: who reads too slowly, or says too much, is let go.

A route with `socket=True` gets the request like any other, may refuse it with any problem, and only
then opens the socket.
"""

import asyncio
import socket
import time
from typing import Any
from weakref import WeakSet

import msgspec
from sanic import Request
from sanic.exceptions import WebsocketClosed
from websockets.exceptions import ConnectionClosed

from server.web.origin import check_socket_origin
from server.web.problems import Malformed

SLOWEST_SEND_S = 5.0
MOST_HEARD_A_SECOND = 20
LONGEST_HEARD = 16_000
KEPT_FOR_ONE = 65_536  # bytes by the kernel, which takes twice that; left alone it takes megabytes
TOO_SLOW, TOO_MUCH, RESTARTS = 1013, 1008, 1012
FAREWELL_S = 0.5  # at stop, for whoever says goodbye too
_open: WeakSet[Any] = WeakSet()


class Socket:
    """One open socket: `send` gives up on who does not read. Whoever goes takes the task that
    serves him along: it is cancelled."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    async def send(self, event: dict[str, Any]) -> None:
        """Send one event. Raises ConnectionError once nobody reads."""
        text = msgspec.json.encode(event).decode()
        try:
            async with asyncio.timeout(SLOWEST_SEND_S):
                await self._inner.send(text)
        except TimeoutError:
            self._inner.fail_connection(TOO_SLOW)
            raise ConnectionError("the other side does not read") from None
        except (ConnectionClosed, WebsocketClosed) as closed:
            raise ConnectionError("closed") from closed

    async def close(self) -> None:
        """Close it in good order, if it is open still."""
        try:
            await self._inner.close()
        except ConnectionClosed:
            return


class _Ear:
    """Counts what is said and drops it: a socket is there to listen.

    It stands where Sanic puts messages together for somebody who waits for them, which is a task
    and six queues, locks and events, a quarter of what a socket weighs on which nothing happens.
    """

    __slots__ = ("_heard", "_inner", "_since")

    def __init__(self, inner: Any) -> None:
        self._inner, self._heard, self._since = inner, 0, 0.0

    async def put(self, frame: Any) -> None:
        """Take one frame; whoever says too much is sent away."""
        now = time.monotonic()
        if now - self._since >= 1.0:
            self._heard, self._since = 0, now
        self._heard += 1
        if self._heard > MOST_HEARD_A_SECOND or len(frame.data) > LONGEST_HEARD:
            self._inner.fail_connection(TOO_MUCH)


async def close_all() -> None:
    """Before the server stops: everyone is told to come again, and waited for only a moment.

    Else whoever does not read holds up the stop for as long as Sanic has patience.
    """
    going = [inner for inner in _open if not inner.connection_lost_waiter.done()]
    for inner in going:
        inner.fail_connection(RESTARTS)
    if going:
        await asyncio.wait([one.connection_lost_waiter for one in going], timeout=FAREWELL_S)
    for inner in going:
        if not inner.connection_lost_waiter.done():
            inner.io_proto.transport.abort()


async def open_socket(request: Request) -> Socket:
    """Shake hands. Raises Malformed where no socket was asked for, WrongOrigin for another site."""
    check_socket_origin(request)
    if request.headers.get("upgrade", "").lower() != "websocket":
        raise Malformed
    wire = request.transport.get_extra_info("socket")
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KEPT_FOR_ONE)
    protocol: Any = request.transport.get_protocol()
    inner = await protocol.websocket_handshake(request)
    inner.assembler = _Ear(inner)
    _open.add(inner)
    return Socket(inner)
