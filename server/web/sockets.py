"""A WebSocket that is never waited for: who reads too slowly, or says too much, is let go.

A route with `socket=True` gets the request like any other, may refuse it with any problem, and only
then opens the socket.
"""

import asyncio
import time
from typing import Any

import msgspec
from sanic import Request
from websockets.exceptions import ConnectionClosed

from server.web.origin import check_socket_origin
from server.web.problems import Malformed

SLOWEST_SEND_S = 5.0
MOST_HEARD_A_SECOND = 20
LONGEST_HEARD = 16_000
TOO_SLOW, TOO_MUCH = 1013, 1008


class Socket:
    """One open socket: `send` gives up on who does not read, `gone` ends with the connection."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    async def send(self, event: dict[str, Any]) -> None:
        """Send one event. Raises ConnectionError once nobody reads."""
        text = msgspec.json.encode(event).decode()
        try:
            await asyncio.wait_for(self._inner.send(text), SLOWEST_SEND_S)
        except TimeoutError:
            self._inner.fail_connection(TOO_SLOW)
            raise ConnectionError("the other side does not read") from None
        except ConnectionClosed as closed:
            raise ConnectionError("closed") from closed

    async def gone(self) -> None:
        """Ends when the other side goes, or is sent away because it says too much."""
        heard, since = 0, time.monotonic()
        try:
            while (said := await self._inner.recv()) is not None:
                now = time.monotonic()
                if now - since >= 1.0:
                    heard, since = 0, now
                heard += 1
                if heard > MOST_HEARD_A_SECOND or len(said) > LONGEST_HEARD:
                    await self._inner.close(TOO_MUCH)
                    return
        except ConnectionClosed:
            return

    async def close(self) -> None:
        """Close it in good order, if it is open still."""
        try:
            await self._inner.close()
        except ConnectionClosed:
            return


async def open_socket(request: Request) -> Socket:
    """Shake hands. Raises Malformed where no socket was asked for, WrongOrigin for another site."""
    check_socket_origin(request)
    if request.headers.get("upgrade", "").lower() != "websocket":
        raise Malformed
    protocol: Any = request.transport.get_protocol()
    return Socket(await protocol.websocket_handshake(request))
