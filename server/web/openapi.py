"""The OpenAPI 3.1 document of the phone API, made from the routes' own declarations."""

import inspect
import re
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from server.web.problems import Problem
from server.web.routes import Declaration

_PARAMETER = re.compile(r"<(\w+)(?::(\w+))?>")
_REF = "#/components/schemas/{name}"
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "made when the form opens; sending the same again answers the same",
    "schema": {"type": "string", "minLength": 1, "maxLength": 80},
}
_PHOTO = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "required": ["photo"],
            "properties": {"photo": {"type": "string", "contentMediaType": "image/*"}},
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
        shape for each in routes for shape in (each.body, each.gives) if shape is not None
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
    if said.keyed:
        operation["parameters"].append(_KEY)
    if said.uploads:
        operation["requestBody"] = {"required": True, "content": _PHOTO}
    elif said.body is not None:
        content = {"application/json": {"schema": shapes[said.body]}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _responses(said: Declaration, shapes: dict[type[Struct], dict[str, Any]]) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "done"}
    if said.gives is not None:
        good["content"] = {"application/json": {"schema": shapes[said.gives]}}
    problem = {"application/problem+json": {"schema": shapes[Problem]}}
    return {
        str(said.status): good,
        "default": {"description": "a problem, in words for the person", "content": problem},
    }


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
        {"name": name, "in": "query", "required": name in required, "schema": inner}
        for name, inner in schema["properties"].items()
    ]
