"""The OpenAPI 3.1 document of the phone API, made from the routes' own declarations."""

import inspect
import re
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from server.web.limits import FREE
from server.web.origin import SAFE
from server.web.problems import TITLES, Problem
from server.web.routes import Declaration

_PARAMETER = re.compile(r"<(\w+)(?::(\w+))?>")
_REF = "#/components/schemas/{name}"
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "128 random bits, made when the form opens; the same again answers the same",
    "schema": {"type": "string", "pattern": "^[!-~]{16,80}$"},
}
_COME_BACK = (429, 503, 507)
_RETRY_AFTER = {
    "description": "seconds to wait",
    "required": True,
    "schema": {"type": "integer", "minimum": 1},
}
_PHOTO = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "required": ["photo"],
            "properties": {"photo": {"type": "string", "format": "binary"}},
        }
    }
}


def document(declarations: Iterable[Declaration], *, title: str, version: str) -> dict[str, Any]:
    """The whole document. The same routes always give the same document."""
    routes = [each for each in declarations if each.kind == "api"]
    shapes, schemas = _schemas(routes)
    paths: dict[str, Any] = {}
    for each in sorted(routes, key=lambda route: (route.path, route.method)):
        path = _PARAMETER.sub(r"{\1}", each.path)
        paths.setdefault(path, {})[each.method.lower()] = _operation(each, shapes)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-mashang"},
                "caseKey": {"type": "apiKey", "in": "query", "name": "key"},
            },
        },
    }


def _schemas(
    routes: list[Declaration],
) -> tuple[dict[type[Struct], dict[str, Any]], dict[str, Any]]:
    used = dict.fromkeys(
        shape
        for each in routes
        for shape in (each.body, each.body_also, each.gives, each.gives_also, each.conflict)
        if shape is not None
    )
    types: list[type[Struct]] = [*used, Problem]
    refs, schemas = msgspec.json.schema_components(types, ref_template=_REF)
    return dict(zip(types, refs, strict=True)), schemas


def _operation(said: Declaration, shapes: dict[type[Struct], dict[str, Any]]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": said.handler.__name__,
        "summary": (inspect.getdoc(said.handler) or said.handler.__name__).partition("\n")[0],
        "tags": [said.handler.__module__.rpartition(".")[2]],
        "x-access": said.access.name,
        "x-rate": said.rate,
        "parameters": [*_path_parameters(said.path), *_query_parameters(said)],
        "responses": _responses(said, shapes),
        "security": _security(said),
    }
    if said.access.stepped_up:
        operation["x-stepped-up"] = True
    if said.access.agreed:
        operation["x-agreed"] = True
    if said.keyed:
        operation["parameters"].append(_KEY)
    if said.uploads:
        operation["requestBody"] = {"required": True, "content": _PHOTO}
    elif said.body is not None:
        content = {"application/json": {"schema": _any_of(shapes, said.body, said.body_also)}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _any_of(
    shapes: dict[type[Struct], dict[str, Any]], *among: type[Struct] | None
) -> dict[str, Any]:
    found = [shapes[each] for each in among if each is not None]
    return found[0] if len(found) == 1 else {"anyOf": found}


def refusals(said: Declaration) -> set[int]:
    """The statuses a route may refuse with, by what it takes and who may call it."""
    takes_body = said.body is not None or said.uploads
    may_meet = {
        400: takes_body or said.keyed,
        401: True,  # whoever shows a token that opens nothing
        403: said.method not in SAFE or said.access.posts or bool(said.access.roles),
        404: bool(_PARAMETER.search(said.path)),
        409: said.keyed,
        413: takes_body,
        415: takes_body,
        422: takes_body or said.query is not None,
        429: said.rate != FREE,
        503: True,
    }
    return {status for status, met in may_meet.items() if met} | set(said.refuses)


def _responses(said: Declaration, shapes: dict[type[Struct], dict[str, Any]]) -> dict[str, Any]:
    good: dict[str, Any] = {str(said.status): {"description": "done"} | _content(said, shapes)}
    if said.media is not None and said.gives is None:
        good["304"] = {"description": "what the caller has is as it was"}
    return good | {
        str(status): _refusal(status, shapes[said.conflict or Problem])
        if status == 409
        else _refusal(status, shapes[Problem])
        for status in sorted(refusals(said))
    }


def _content(said: Declaration, shapes: dict[type[Struct], dict[str, Any]]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    if said.gives is not None:
        content["application/json"] = {"schema": _any_of(shapes, said.gives, said.gives_also)}
    if said.media is not None:
        content[said.media] = {"schema": {"type": "string", "format": "binary"}}
    return {"content": content} if content else {}


def _refusal(status: int, shape: dict[str, Any]) -> dict[str, Any]:
    """A problem; its title is told to people in the same words."""
    told: dict[str, Any] = {
        "description": TITLES[status],
        "content": {"application/problem+json": {"schema": shape}},
    }
    if status in _COME_BACK:
        told["headers"] = {"Retry-After": _RETRY_AFTER}
    return told


def _security(said: Declaration) -> list[dict[str, list[str]]]:
    ways: list[dict[str, list[str]]] = [{"bearer": []}, {"cookie": []}]
    if said.access.account:
        return ways
    return [{}, *ways, {"caseKey": []}] if said.access.name == "party" else [{}, *ways]


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string"} | ({"format": "uuid"} if kind == "uuid" else {}),
        }
        for name, kind in _PARAMETER.findall(path)
    ]


def _query_parameters(said: Declaration) -> list[dict[str, Any]]:
    if said.query is None:
        return []
    schema = msgspec.json.schema(said.query)["$defs"][said.query.__name__]
    required = set(schema.get("required", ()))
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "schema": inner if name in required else _or_empty(inner),
        }
        for name, inner in schema["properties"].items()
    ]


def _or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    """What may be left out of a query may stand there empty, which is as good."""
    either = schema.get("anyOf", [{k: v for k, v in schema.items() if k != "default"}])
    if {"type": "string"} in either:
        return schema
    default = {"default": schema["default"]} if "default" in schema else {}
    return {"anyOf": [*either, {"type": "string", "pattern": r"^\s*$"}]} | default
