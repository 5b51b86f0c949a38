"""Answers, encoded once: JSON from the shapes of `views`, HTML from a page, a way on to another."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import msgspec
from isal import igzip
from sanic import HTTPResponse, Request
from sanic.helpers import has_message_body

JSON = "application/json; charset=utf-8"
PROBLEM = "application/problem+json; charset=utf-8"
HTML = "text/html; charset=utf-8"
KEEP_NOTHING = "no-store"
WORTH_PACKING = 1024  # bytes; below, gzip costs more than it saves
SMALL = 8_192  # bytes; of so few more work saves hardly anything
_PACKED = (JSON, PROBLEM, HTML)
_GZIP_REFUSED = re.compile(r"gzip\s*;\s*q=0(\.0*)?\s*(,|$)")
_NO_BREAKS = str.maketrans("", "", "\r\n\0")
_encode = msgspec.json.Encoder().encode


class Reply(HTTPResponse):
    """An answer whose headers are written out once for all answers that have the same.

    Sanic writes each header of each answer anew, which costs more than the rest of a small answer.
    `always`: what every answer tells the browser beside, in bytes (see `headers.py`).
    """

    always: tuple[tuple[bytes, bytes], ...] = ()

    @property
    def processed_headers(self) -> Iterator[tuple[bytes, bytes]]:
        headers = self.headers
        if has_message_body(self.status):  # type: ignore[no-untyped-call]  # Sanic leaves it so
            headers.setdefault("content-type", self.content_type)
        length = headers.get("content-length")  # differs where all the others are the same
        yield in_one(tuple([each for each in headers.items() if each[0] != "content-length"]))
        if length is not None:
            yield b"content-length", b"%d" % length
        yield from self.always


@lru_cache(1024)
def in_one(headers: tuple[tuple[str, str], ...]) -> tuple[bytes, bytes]:
    """Headers, at least one, in one piece: as far as the server can see a single one."""
    written = [b"%b: %b" % (_clean(name), _clean(f"{value}")) for name, value in headers]
    name, _, rest = b"\r\n".join(written).partition(b": ")
    return name, rest


def _clean(text: str) -> bytes:
    return text.translate(_NO_BREAKS).encode(errors="surrogateescape")


def answer(shape: Any, status: int = 200, **headers: str) -> HTTPResponse:
    """A shape as JSON. Header names are given with underscores: `answer(x, cache_control="…")`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(_encode(shape), status, named or None, JSON)


def encoded(shape: Any) -> str:
    """A shape as JSON, for an answer made once for many."""
    return _encode(shape).decode()


def takes_gzip(request: Request) -> bool:
    taken = request.headers.get("accept-encoding", "")
    return "gzip" in taken and (";" not in taken or not _GZIP_REFUSED.search(taken))


def is_known(request: Request, etag: str) -> bool:
    """Whether whoever asks has what bears this etag: the header may name several, or any."""
    known = request.headers.get("if-none-match", "")
    return etag in known or known == "*"


def problem_json(shape: Any, status: int) -> HTTPResponse:
    """A problem in the one shape of RFC 9457."""
    return Reply(_encode(shape), status, None, PROBLEM)


def html(text: str, status: int = 200) -> HTTPResponse:
    """A page."""
    return Reply(text.encode(), status, None, HTML)


def file(content: bytes, kind: str, name: str) -> HTTPResponse:
    """A file to keep, called `name`, which may be Chinese; older browsers read the plain one."""
    plain = "list." + name.rpartition(".")[2]
    said = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return HTTPResponse(content, 200, {"content-disposition": said}, kind)


def see_other(location: str) -> HTTPResponse:
    """After a form was taken: go and look there. Only to an address of our own."""
    if not location.startswith("/") or location.startswith(("//", "/\\")):
        raise ValueError(f"not an address of our own: {location!r}")
    return Reply(b"", 303, {"location": location}, HTML)


def nothing() -> HTTPResponse:
    """Done, and there is nothing to say."""
    return Reply(b"", 204)


def pack(request: Request, response: HTTPResponse) -> None:
    """Compress an answer worth compressing, where the other side can read it."""
    body = response.body
    if body is None or len(body) < WORTH_PACKING or response.content_type not in _PACKED:
        return
    headers = response.headers
    if "content-encoding" in headers:
        return
    headers["vary"] = "accept-encoding"
    if not takes_gzip(request):
        return
    response.body = igzip.compress(body, compresslevel=1 if len(body) <= SMALL else 3, mtime=0)
    headers["content-encoding"] = "gzip"
