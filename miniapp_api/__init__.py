"""The phone's API `/m/v1`: the same for the mini-program and the pages. Parse, call, shape."""

from miniapp_api import cases, conversations, document, live, me, photos, praises, scan, signin

SURFACE = tuple(
    each.routes
    for each in (scan, signin, me, photos, cases, praises, conversations, live, document)
)

__all__ = ["SURFACE"]
