"""The API's own description, made from the routes themselves."""

import functools
from typing import Any

from sanic import HTTPResponse, Request

from server.web import Routes, answer, public
from server.web.openapi import document
from server.web.routes import Declaration

routes = Routes("/m/v1")


@routes.get("/openapi.json", access=public("partners read it before they have an account"))
async def get_openapi(request: Request) -> HTTPResponse:
    """This document."""
    return answer(openapi(tuple(request.app.ctx.declared)), cache_control="no-cache")


@functools.cache
def openapi(declared: tuple[Declaration, ...]) -> dict[str, Any]:
    """The document of every route under `/m/v1`."""
    ours = [each for each in declared if each.path.startswith(routes.prefix)]
    return document(ours, title="码上 phone API", version="1")
