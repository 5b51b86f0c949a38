"""What every answer tells the browser: run nothing foreign, tell nobody, keep nothing."""

import secrets
import time
from functools import lru_cache
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from prometheus_client import Histogram
from sanic import Request, Sanic

from server.base import meters
from server.web.answers import HTML, KEEP_NOTHING, Reply, in_one, pack
from server.web.cookies import keep_new_token

PERMISSIONS = (
    "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), "
    "accelerometer=(), gyroscope=(), magnetometer=()"
)
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": PERMISSIONS,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
HTTPS_ALONE = {"strict-transport-security": "max-age=31536000"}  # of a town with an https address
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
PAGE_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; form-action 'self'"
)
_OURS = secrets.token_hex(4).encode()  # tells this process's requests from another's
_requests = count(1)


def request_number(request: Request) -> str:
    """The number of this request, made by us: people quote it, logs hold it."""
    known: str | None = getattr(request.ctx, "number", None)
    if known is None:
        known = request.ctx.number = new_number().decode()
    return known


def new_number() -> bytes:
    """A number no other request has."""
    return b"%b%08x" % (_OURS, next(_requests))


def install(app: Sanic[Any, Any]) -> None:
    """Put the headers on every answer of this app, errors included."""
    host = guarded_host(app)

    def finish(request: Any, response: Any) -> None:
        keep_new_token(request, response)
        if isinstance(response, Reply):
            _finish_reply(request, response, host)
        else:
            for name, value in _all_for(_is_page(response), host).items():
                response.headers.setdefault(name, value)
            response.headers.setdefault("cache-control", KEEP_NOTHING)
            response.headers["x-request-id"] = request_number(request)
            pack(request, response)
        _measure(request, response)

    app.register_middleware(finish, "response")


def guarded_host(app: Sanic[Any, Any]) -> str:
    """The host browsers come to by https alone: that of the town's address, where it is https."""
    address = urlsplit(getattr(app.ctx, "public_url", ""))
    return address.netloc if address.scheme == "https" else ""


def _finish_reply(request: Any, reply: Reply, host: str) -> None:
    number = (b"x-request-id", request_number(request).encode())
    reply.headers.setdefault("cache-control", KEEP_NOTHING)
    reply.always = (_written_for(_is_page(reply), host), number)
    pack(request, reply)


def _is_page(response: Any) -> bool:
    return (response.content_type or "").startswith("text/html")


def _all_for(page: bool, host: str) -> dict[str, str]:
    policy = {"content-security-policy": _page_policy(host) if page else API_POLICY}
    return ALWAYS | policy | (HTTPS_ALONE if host else {})


def _page_policy(host: str) -> str:
    """To Safari before 15.4 a socket of the page's own host is not 'self'."""
    ours = f"'self' wss://{host}" if host else "'self'"
    return PAGE_POLICY.replace("connect-src 'self'", f"connect-src {ours}")


@lru_cache(4)
def _written_for(page: bool, host: str) -> tuple[bytes, bytes]:
    """All of them in one piece."""
    return in_one(tuple(_all_for(page, host).items()))


@lru_cache(16)
def written_for_many(host: str, *own: tuple[str, str]) -> bytes:
    """Headers of an answer made for many, and what every answer tells, each line with its end."""
    is_page = dict(own)["content-type"] == HTML
    return b"%b: %b\r\n" % in_one((*own, *_all_for(is_page, host).items()))


def _measure(request: Request, response: Any) -> None:
    """Count the answer under its address as declared; what reached no address is not counted."""
    if (began := getattr(request.ctx, "began", None)) is None or request.route is None:
        return
    took_s = time.perf_counter() - began
    meter_of(request.method, request.route.path, response.status).observe(took_s)


@lru_cache(2048)
def meter_of(method: str, path: str, status: int) -> Histogram:
    """What is measured of one route, its path without the first slash."""
    return meters.REQUEST.labels(method, f"/{path}", str(status))
