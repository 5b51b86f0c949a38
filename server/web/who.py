"""Who is asking: from a token or cookie to the person, the posts they hold and their keys."""

from dataclasses import replace

from sanic import Request

from server import org, people
from server.base import clock
from server.base.viewer import GUEST, Viewer
from server.web.access import SessionEnded
from server.web.cookies import is_key, kept_keys, session_token


def viewer(request: Request) -> Viewer:
    """The person this request was made by, found before the handler was called."""
    found: Viewer = request.ctx.viewer
    return found


def says_nothing(request: Request) -> bool:
    """No token, no cookie, no key: whoever asks is nobody we know, without a question asked."""
    headers = request.headers
    return not (request.query_string or "cookie" in headers or "authorization" in headers)


async def find_viewer(request: Request) -> Viewer:
    """Who is asking. A Bearer token that opens nothing: SessionEnded; a stale cookie: a guest."""
    token, using = bearer(request), not _refreshes_itself(request)
    person = GUEST
    if token is not None:
        person = await _signed_in(token, using=using) or GUEST
        if person is GUEST:
            raise SessionEnded
    elif "cookie" in request.headers and (cookie := session_token(request)):
        person = await _signed_in(cookie, using=using) or GUEST
        request.ctx.session_ended = person is GUEST
    keys = _keys(request)
    return with_keys(person, keys) if keys else person


def bearer(request: Request) -> str | None:
    """The token in the Authorization header; "" for a header of another kind."""
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def token_of(request: Request) -> str | None:
    """The token this request was signed in with, however it was sent."""
    return bearer(request) or session_token(request)


def with_keys(person: Viewer, keys: frozenset[str]) -> Viewer:
    """The same person, carrying these case keys."""
    return replace(person, keys=keys)


def _keys(request: Request) -> frozenset[str]:
    """The keys in the address and in the browser's cookie."""
    keys = kept_keys(request) if "cookie" in request.headers else []
    if request.query_string:
        given = request.args.get("key", "")
        if is_key(given):
            keys.append(given)
    return frozenset(keys)


def _refreshes_itself(request: Request) -> bool:
    """A list left open on a desk asks for its part every few seconds: nobody need be there."""
    return "part=" in request.query_string


async def _signed_in(token: str, *, using: bool) -> Viewer | None:
    """Both questions are kept in memory for half a minute by those who answer them."""
    session = await people.session_of(token, using=using) if is_key(token) else None
    if session is None:
        return None
    posts = await org.posts_of(session.account_id, clock.now())
    return Viewer(
        session.account_id,
        session.name,
        posts,
        session_id=session.session_id,
        raised_until=session.raised_until,
    )
