"""Styles, scripts and drawings, from memory, under an address that changes as any of them does."""

from sanic import HTTPResponse, Request

from server.base.errors import NotFound
from server.pages.assets import FOREVER
from server.pages.drawing import face
from server.web import Reply, Routes, public, takes_gzip

routes = Routes()


@routes.get(
    "/static/<version>/<path:path>",
    access=public("pages for everyone are made of them"),
    rate="free",
)
async def get_asset(request: Request, version: str, path: str) -> HTTPResponse:
    """One file, packed where the browser can unpack it."""
    asset = face().assets.find(version, path)
    if asset is None:
        raise NotFound
    headers = {"cache-control": FOREVER, "vary": "accept-encoding"}
    packed = asset.zipped if takes_gzip(request) else None
    if packed is not None:
        headers["content-encoding"] = "gzip"
    return Reply(packed or asset.body, 200, headers, asset.content_type)
