"""Answers given on the doorstep: made once for everybody, sent before a route is looked for.

Most who scan a sign bring nothing along: no cookie, no token, no question. What its route answers
them stays the same until something on the sign changes, so the route leaves it here:

    return leave(request, made, HTML, keep="no-cache", word=new_key, stands=..., given=...)

It is still counted against the limits of its route and measured under its address. Who brings
anything along, cannot unpack it or comes too often goes in as ever.
"""

import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from prometheus_client import Histogram
from sanic import HTTPResponse, Request, Sanic
from sanic.http import Stage

from server.base import cache
from server.web.answers import Reply, takes_gzip
from server.web.headers import guarded_host, meter_of, new_number, written_for_many
from server.web.hosts import is_ours
from server.web.limits import Rules, address_of, is_too_often, rules_for_guests
from server.web.pieces import Pieces
from server.web.routes import declaration_of
from server.web.who import says_nothing

MOST_LEFT = 2000
_CONNECTION = {True: b"keep-alive", False: b"close"}


@dataclass(frozen=True, slots=True)
class _Left:
    """One answer: while `stands()` it is right, and `given()` is called each time it goes out."""

    made: Pieces
    word: Callable[[], str]
    stands: Callable[[], bool]
    given: Callable[[], None]
    head: bytes
    rules: Rules
    meter: Histogram


_left: dict[bytes, _Left] = cache.shelf()  # by the address as it was asked for


def leave(
    request: Request,
    made: Pieces,
    kind: str,
    *,
    keep: str,
    stands: Callable[[], bool],
    given: Callable[[], None],
    word: Callable[[], str] = str,
) -> HTTPResponse:
    """The answer to this request, left for all who ask the same and bring nothing along.

    `kind` is its content-type, `keep` its cache-control, `word` makes what goes into each reader's
    gaps, `stands` says whether it is still right, `given` is called whenever it is given again.
    """
    packed = takes_gzip(request)
    said = {"cache-control": keep, "vary": "accept-encoding"}
    if packed:
        said["content-encoding"] = "gzip"
        if says_nothing(request) and request.method == "GET":
            _keep(request, _Left(made, word, stands, given, *_sent_with(request, kind, said)))
    written = word().encode()
    return Reply(made.packed(written) if packed else made.plain(written), 200, said, kind)


def _sent_with(request: Request, kind: str, said: dict[str, str]) -> tuple[bytes, Rules, Histogram]:
    route, opened = declaration_of(request), request.route
    assert route is not None
    assert opened is not None
    rules = rules_for_guests(request, route.rate)
    headers = written_for_many(guarded_host(request.app), ("content-type", kind), *said.items())
    return b"HTTP/1.1 200 OK\r\n" + headers, rules, meter_of(route.method, opened.path, 200)


def _keep(request: Request, left: _Left) -> None:
    _left[request.raw_url] = left
    if len(_left) > MOST_LEFT:
        del _left[next(iter(_left))]


Handling = Callable[[Request], Coroutine[Any, Any, None]]


def handling(app: Sanic[Any, Any]) -> Handling:
    """Handles each request of this app: from the doorstep where that can be, else as Sanic does."""
    go_in = app.handle_request

    async def handle(request: Request) -> None:
        left = _left.get(request.raw_url)
        if left is None or not (_brings_nothing(request) and left.stands()):
            return await go_in(request)
        began = time.perf_counter()
        if left.rules and is_too_often(address_of(request), left.rules):
            return await go_in(request)  # which says so in the words of its route
        left.given()
        await _send(request, left)
        left.meter.observe(time.perf_counter() - began)
        return None

    return handle


def _brings_nothing(request: Request) -> bool:
    stream: Any = request.stream
    is_bare = request.method == "GET" and not stream.request_body
    return is_bare and says_nothing(request) and takes_gzip(request) and is_ours(request)


async def _send(request: Request, left: _Left) -> None:
    """What Sanic would write, but for what is known of it already."""
    stream: Any = request.stream
    body = left.made.packed(left.word().encode())
    alive = _CONNECTION[stream.keep_alive]
    rest = b"content-length: %d\r\nconnection: %b\r\nx-request-id: %b\r\n\r\n"
    await stream.protocol.send(left.head + rest % (len(body), alive, new_number()) + body)
    stream.stage = Stage.IDLE
