"""Thanks that wait on the phone of their writer while she signs in, in a cookie of an hour."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode

import msgspec
from sanic import HTTPResponse, Request

from server.web.cookies import is_https

COOKIE = "mashang-unsent"
LASTS_S = 3600
LONGEST = 400  # letters of a field; what is longer could not be sent anyway
_decode = msgspec.json.Decoder(dict[str, str]).decode


def keep(request: Request, response: HTTPResponse, token: str, values: dict[str, str]) -> None:
    """Let this browser keep what was written at this sign."""
    cut = {name: value[:LONGEST] for name, value in values.items() if value}
    _set(request, response, urlsafe_b64encode(_encode(cut | {"code": token})).decode(), LASTS_S)


def read(request: Request, token: str, target: str) -> dict[str, str]:
    """What was written at this sign to this target and not sent yet; nothing of anything else."""
    cookie = request.cookies.get(COOKIE, "") if "cookie" in request.headers else ""
    try:
        kept = _decode(urlsafe_b64decode(cookie or "e30="))
    except (ValueError, binascii.Error):
        return {}
    is_this = kept.pop("code", "") == token and kept.pop("target", "") == target
    return kept if is_this else {}


def drop(request: Request, response: HTTPResponse) -> None:
    """It was sent."""
    if "cookie" in request.headers and request.cookies.get(COOKIE):
        _set(request, response, "", 0)


def _encode(values: dict[str, str]) -> bytes:
    return msgspec.json.encode(values)


def _set(request: Request, response: HTTPResponse, value: str, lasts_s: int) -> None:
    secure = "; Secure" if is_https(request) else ""
    guards = f"Max-Age={lasts_s}; Path=/c/; HttpOnly; SameSite=Lax{secure}"
    response.headers.add("set-cookie", f"{COOKIE}={value}; {guards}")
