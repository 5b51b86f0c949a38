"""Patience with slow senders, but not without end.

Sanic counts its time limits from the last byte that came, so a header dripped byte by byte holds a
connection for ever. Here the limit of a header counts from its first byte, and a body that comes
more slowly than about half a kilobyte a second is given up.
"""

from typing import Any

from sanic import Sanic
from sanic.http import Stage
from sanic.server.protocols.websocket_protocol import WebSocketProtocol

from server.web import doorstep
from server.web.garbled import Readable

HEADER_S = 10
IDLE_S = 10
BODY_S = 30
BODY_BYTES = 16_384  # at least these in BODY_S
FAREWELL_S = 1.0  # for the answer that says so, before the connection is cut

limits = {"REQUEST_TIMEOUT": HEADER_S, "KEEP_ALIVE_TIMEOUT": IDLE_S, "RESPONSE_TIMEOUT": BODY_S}


class Patient(WebSocketProtocol):
    """Sanic's protocol with time limits that dripping does not renew; an open socket has others."""

    HTTP_CLASS = Readable

    __slots__ = ("_dripped",)

    def __init__(self, *, app: Sanic[Any, Any], **words: Any) -> None:
        super().__init__(app=app, **words)
        self._dripped = 0
        self.request_handler = doorstep.handling(app)

    def data_received(self, data: bytes) -> None:
        """Take what came; renew the time limit only for what is worth it."""
        since = self._time
        super().data_received(data)  # type: ignore[no-untyped-call]
        if self.websocket is not None:
            return
        stage = Stage.IDLE if self.http is None else self.http.stage
        self._dripped = 0 if stage is not Stage.HANDLER else self._dripped + len(data)
        if stage is Stage.REQUEST or (stage is Stage.HANDLER and self._dripped < BODY_BYTES):
            self._time = since
        elif stage is Stage.HANDLER:
            self._dripped = 0

    def check_timeouts(self) -> None:
        """Close what has run out of time, even if the rest of its body never comes."""
        if self.websocket is not None:
            return
        watch = self._callback_check_timeouts
        super().check_timeouts()  # type: ignore[no-untyped-call]  # Sanic leaves it so
        if self._callback_check_timeouts is watch and self._task is not None:
            self.loop.call_later(FAREWELL_S, self.abort)
