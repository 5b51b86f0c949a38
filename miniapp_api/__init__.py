"""The phone's API `/m/v1`: the same for the mini-program and the pages. Parse, call, shape."""

from miniapp_api import cases, document, me, photos, scan, signin

SURFACE = (scan.routes, signin.routes, me.routes, photos.routes, cases.routes, document.routes)

__all__ = ["SURFACE"]
