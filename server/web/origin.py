"""Did our own page send this? Another site can make a browser send cookies, not hide its name."""

from urllib.parse import urlsplit

from sanic import Request

from server.web.cookies import names_of
from server.web.problems import WrongOrigin

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def check_origin(request: Request, *, page: bool) -> None:
    """Refuse what another site made this browser send. Raises WrongOrigin.

    A form of a page always says where it comes from. A call of the phone API with a token in
    `Authorization` is its own proof; with cookies it must come from here; without either it is a
    guest's, and only an Origin that is not ours is refused.
    """
    if request.method in SAFE:
        return
    headers = request.headers
    if not page and "authorization" in headers:
        return
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise WrongOrigin
    source = headers.get("origin") or headers.get("referer")
    if source is None:
        if page or "cookie" in headers:
            raise WrongOrigin
        return
    if not _is_ours(request, source):
        raise WrongOrigin


def check_socket_origin(request: Request) -> None:
    """A browser names the page a socket is opened from; that must be ours. Raises WrongOrigin."""
    source = request.headers.get("origin")
    if source is not None and not _is_ours(request, source):
        raise WrongOrigin


def _is_ours(request: Request, source: str) -> bool:
    """Is this address on the host that was asked, or on the town's public address? A page that came
    to an https town by http may be anybody's."""
    public = getattr(request.app.ctx, "public_url", "")
    try:
        parts = urlsplit(source.lower())
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return False
    if parts.netloc in names_of(public):
        return parts.scheme == "https" or not public.startswith("https://")
    return parts.netloc == request.headers.get("host", "").lower()
