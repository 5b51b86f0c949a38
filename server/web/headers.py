"""What every answer tells the browser: run nothing foreign, tell nobody, keep nothing."""

import secrets
import time
from typing import Any

from sanic import Request, Sanic

from server.base import meters
from server.web.answers import pack

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
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
PAGE_POLICY = (
    "default-src 'self'; script-src 'self'{nonce}; style-src 'self'{nonce}; "
    "img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; form-action 'self'"
)


def request_number(request: Request) -> str:
    """The number of this request, made by us: people quote it, logs hold it."""
    if not hasattr(request.ctx, "number"):
        request.ctx.number = secrets.token_hex(8)
    return str(request.ctx.number)


def nonce(request: Request) -> str:
    """The word that lets this page's own inline style or script run, and no other's."""
    if not hasattr(request.ctx, "nonce"):
        request.ctx.nonce = secrets.token_urlsafe(16)
    return str(request.ctx.nonce)


def page_policy(request: Request) -> str:
    """The content policy of a page: own files only, inline only with this page's nonce."""
    word = getattr(request.ctx, "nonce", None)
    return PAGE_POLICY.format(nonce=f" 'nonce-{word}'" if word else "")


def install(app: Sanic[Any, Any]) -> None:
    """Put the headers on every answer of this app, errors included."""

    async def finish(request: Any, response: Any) -> None:
        headers = response.headers
        for name, value in ALWAYS.items():
            headers.setdefault(name, value)
        headers["x-request-id"] = request_number(request)
        page = (response.content_type or "").startswith("text/html")
        headers.setdefault("content-security-policy", page_policy(request) if page else API_POLICY)
        headers.setdefault("cache-control", "no-store")
        pack(request, response)
        _measure(request, response)

    app.register_middleware(finish, "response")


def _measure(request: Request, response: Any) -> None:
    """Count the answer under its address as declared; what reached no address is not counted."""
    if (began := getattr(request.ctx, "began", None)) is None or request.route is None:
        return
    path = f"/{request.route.path}"
    took_s = time.perf_counter() - began
    meters.REQUEST.labels(request.method, path, str(response.status)).observe(took_s)
