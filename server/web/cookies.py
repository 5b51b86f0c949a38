"""The two cookies of a browser: who is signed in, and the keys of cases a guest has raised.

On https and on this machine itself they are `__Host-` cookies, which only we can have set. A demo
on the plain-http address of a local network cannot have those and uses `mashang_demo` instead.
"""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from sanic import HTTPResponse, Request

SESSION, SESSION_PLAIN = "__Host-mashang", "mashang_demo"
KEYS, KEYS_PLAIN = "__Host-mashang-keys", "mashang_demo_keys"
KEYS_KEPT = 20
SESSION_LASTS_S = 90 * 24 * 3600  # the longest any session lives; the server ends it sooner
KEYS_LAST_S = 180 * 24 * 3600
_LOOPBACK = re.compile(r"(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,128}")


def is_sealed(request: Request) -> bool:
    """May this browser be given `__Host-` cookies: https, or this machine itself?

    Chromium takes them from http on this machine; Safari does not, and gets the plain one beside.
    """
    return is_https(request) or is_loopback(request.headers.get("host", ""))


def is_loopback(netloc: str) -> bool:
    """Is this host, with or without a port, the machine itself?"""
    return bool(_LOOPBACK.fullmatch(netloc.lower()))


def is_https(request: Request) -> bool:
    """Do people reach this town by https, whatever the last hop to us speaks?"""
    public = getattr(request.app.ctx, "public_url", "")
    return request.scheme == "https" or (
        public.startswith("https://")
        and request.headers.get("host", "").lower() in names_of(public)
    )


@lru_cache(8)
def names_of(address: str) -> frozenset[str]:
    """How the host of this address may be written: its usual port is said or not."""
    parts = urlsplit(address.lower())
    usual = ":443" if parts.scheme == "https" else ":80"
    name = parts.netloc.removesuffix(usual)
    if not name or name != parts.netloc or parts.port:
        return frozenset({parts.netloc, name} - {""})
    return frozenset({name, name + usual})


def session_token(request: Request) -> str | None:
    """The token in the session cookie, if it looks like one."""
    token = _cookie(request, SESSION, SESSION_PLAIN)
    return token if _TOKEN.fullmatch(token) else None


def kept_keys(request: Request) -> list[str]:
    """The case keys this browser keeps, the newest last."""
    keys = _cookie(request, KEYS, KEYS_PLAIN).split(".")
    return [key for key in keys if _TOKEN.fullmatch(key)][-KEYS_KEPT:]


def is_key(text: str) -> bool:
    """Does this look like a case key?"""
    return bool(_TOKEN.fullmatch(text))


def remember_session(request: Request, response: HTTPResponse, token: str) -> None:
    """Keep a browser signed in."""
    _set(request, response, (SESSION, SESSION_PLAIN), token, SESSION_LASTS_S)


def keep_new_token(request: Request, response: HTTPResponse) -> None:
    """Whatever the answer is: a browser whose session got a new token on the way keeps that."""
    token = getattr(request.ctx, "new_token", None)
    if token is not None:
        remember_session(request, response, token)


def forget_session(request: Request, response: HTTPResponse) -> None:
    """Sign a browser out."""
    _set(request, response, (SESSION, SESSION_PLAIN), "", 0)


def remember_key(request: Request, response: HTTPResponse, key: str) -> None:
    """Let a guest's browser keep the key of a case, beside those it has."""
    keys = [kept for kept in kept_keys(request) if kept != key] + [key]
    _set(request, response, (KEYS, KEYS_PLAIN), ".".join(keys[-KEYS_KEPT:]), KEYS_LAST_S)


def hand_key(request: Request, response: HTTPResponse, key: str | None) -> None:
    """A page's script gets a guest's key like an app, in the body; its browser keeps it at once,
    whatever becomes of the page."""
    if key and "origin" in request.headers and "authorization" not in request.headers:
        remember_key(request, response, key)


def _cookie(request: Request, sealed: str, plain: str) -> str:
    # Sanic's own look-up would take `__Secure-…` for `__Host-…`; the header is read as it stands.
    found = {}
    for part in request.headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        found[name] = value
    names = _names(request, sealed, plain)
    return next((str(found[name]) for name in names if name in found), "")


def _names(request: Request, sealed: str, plain: str) -> tuple[str, ...]:
    """The names this request's cookie may have, the best first."""
    if is_https(request):
        return (sealed,)
    return (sealed, plain) if is_sealed(request) else (plain,)


def _set(
    request: Request, response: HTTPResponse, names: tuple[str, str], value: str, lasts_s: int
) -> None:
    for name in _names(request, *names):
        guards = "Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if name == names[0] else "")
        response.headers.add("set-cookie", f"{name}={value}; Max-Age={lasts_s}; {guards}")
