"""The API's own description, made from the routes themselves.

`python -m miniapp_api > docs/openapi.json` stores it; a test compares.
"""

import functools
from typing import Any

from sanic import HTTPResponse, Request

from server.base.fields import FIELDS, Field
from server.views.shape import Shape
from server.web import Routes, answer, public
from server.web.openapi import document
from server.web.routes import Declaration

routes = Routes("/m/v1")
_KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "photos": {"type": "array", "items": {"type": "string", "format": "uuid"}},
    "id": {"type": "string", "format": "uuid"},
    "ids": {"type": "array", "items": {"type": "string", "format": "uuid"}},
    "key": {"type": "string"},
    "number": {"type": "string"},
    "date": {"type": "string", "format": "date"},
}


class Document(Shape, frozen=True, kw_only=True):
    """What stands here: OpenAPI 3.1."""

    openapi: str
    info: dict[str, str]
    paths: dict[str, Any]
    components: dict[str, Any]


@routes.get(
    "/openapi.json", access=public("partners read it before they have an account"), gives=Document
)
async def get_openapi(request: Request) -> HTTPResponse:
    """This document."""
    return answer(openapi(tuple(request.app.ctx.declared)), cache_control="no-cache")


@functools.cache
def openapi(declared: tuple[Declaration, ...]) -> dict[str, Any]:
    """The document of every route under `/m/v1`."""
    ours = [each for each in declared if each.path.startswith(routes.prefix)]
    made = document(ours, title="码上 phone API", version="1")
    given = made["components"]["schemas"]["MoveBody"]["properties"]["given"]
    given["properties"] = {key: _schema(field) for key, field in FIELDS.items()}
    return made


def _schema(field: Field) -> dict[str, Any]:
    """What a move may be given, as the flows ask for it."""
    if field.options:
        return {"enum": [key for key, _title in field.options], "title": field.title}
    limit = {"text": "maxLength", "photos": "maxItems", "ids": "maxItems"}.get(field.kind)
    limited = {limit: field.limit} if limit and field.limit else {}
    return _KINDS[field.kind] | {"title": field.title} | limited
