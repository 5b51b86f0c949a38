"""By which names people reach us: a town with an https address answers to that and no other.

Without one it is a demo, or being set up, and answers to whatever address its machine has.
"""

from sanic import Request

from server.web.cookies import is_loopback, names_of
from server.web.problems import Misdirected


def is_ours(request: Request) -> bool:
    """Was the town asked for by its own name, or from its own machine?"""
    public = getattr(request.app.ctx, "public_url", "")
    if not public.startswith("https://"):
        return True
    host = request.headers.get("host", "")
    return host in names_of(public) or host.lower() in names_of(public) or is_loopback(host)


def check_host(request: Request) -> None:
    """Raises Misdirected, which says where the town is, for a name that is not its own."""
    if not is_ours(request):
        raise Misdirected(address=request.app.ctx.public_url)
