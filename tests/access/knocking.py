"""Asking the real app in this process: one call, its whole answer, no socket in between."""

import asyncio
import json as jsons
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

import httpx
from sanic import Sanic

from server import pages
from server.main import SURFACES
from server.settings import read
from server.web import headers, problems, routes
from server.web.routes import Declaration

HOST = "mashang.example"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: dict[str, list[str]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def goes_to(self) -> str:
        return self.headers.get("location", [""])[0]


class Unheard(Sanic):
    """Says nothing of what it does inside: no part of the town listens to that."""

    async def dispatch(self, event: str, **_: Any) -> None:  # type: ignore[override]
        return None


@cache
def an_app() -> Sanic:
    """Every surface of the town, with its faces and headers; it opens no database itself."""
    app = Unheard("access", configure_logging=False)
    app.config.update(FALLBACK_ERROR_FORMAT="json", TOUCHUP=False, REQUEST_MAX_SIZE=1_000_000)
    app.ctx.public_url, app.ctx.limits = f"https://{HOST}", False
    app.ctx.settings = read({"MASHANG_DEMO": "1"})
    pages.face()
    problems.install(app, page=pages.draw_problem)
    headers.install(app)
    app.ctx.declared = routes.mount(app, SURFACES)
    routes.refuse_undeclared(app)
    app.finalize()
    app.asgi = True  # it is called as such, and has no server to ask for the loop
    return app


def open_doors() -> Sanic:
    """The same app, for the loop that runs now."""
    app = an_app()
    if not app.signal_router.finalized:
        app.signalize(allow_fail_builtin=False)
    app.signal_router.ctx.loop = asyncio.get_running_loop()
    return app


def declared() -> dict[str, Declaration]:
    """Every route of the app as "GET /cases/<number>"."""
    found = (route.handler.declaration for route in an_app().router.routes)
    return {f"{each.method} {each.path}": each for each in found}


async def knock(
    method: str,
    path: str,
    *,
    bearer: bool,
    token: str = "",
    keys: frozenset[str] = frozenset(),
    query: dict[str, Any] | None = None,
    body: Any = None,
    form: Any = None,
    files: dict[str, tuple[str, bytes]] | None = None,
    key: str = "",
) -> Answer:
    """One request: of a phone with its token, or of a browser with its cookies."""
    sent = {"host": HOST, "idempotency-key": key or f"{id(path):032}"}
    query = dict(query or {})
    if bearer:
        sent |= {"authorization": f"Bearer {token}"} if token else {}
        query |= {"key": next(iter(keys))} if keys else {}
    else:
        cookies = [f"__Host-mashang={token}"] if token else []
        cookies += [f"__Host-mashang-keys={'.'.join(sorted(keys))}"] if keys else []
        sent |= {"cookie": "; ".join(cookies)} if cookies else {}
        sent |= {"origin": f"https://{HOST}"}
    content = b""
    if body is not None:
        content, sent["content-type"] = jsons.dumps(body).encode(), "application/json"
    elif files is not None:
        sheet = httpx.Request("POST", f"https://{HOST}", data=form, files=files)
        content, sent["content-type"] = sheet.read(), sheet.headers["content-type"]
    elif form is not None:
        content = urlencode(form, doseq=True).encode()
        sent["content-type"] = "application/x-www-form-urlencoded"
    if content or method not in ("GET", "DELETE"):
        sent["content-length"] = str(len(content))
    return await _through(method, path, urlencode(query, doseq=True), sent, content)


async def _through(
    method: str, path: str, query: str, sent: dict[str, str], content: bytes
) -> Answer:
    told: list[dict[str, Any]] = []
    left = [{"type": "http.request", "body": content, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return left.pop() if left else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
        "scheme": "https", "path": path, "raw_path": path.encode(),
        "query_string": query.encode(), "root_path": "", "client": ("127.0.0.1", 1),
        "server": (HOST, 443),
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }  # fmt: skip
    await an_app()(scope, receive, send)
    body = b"".join(each.get("body", b"") for each in told)
    named: dict[str, list[str]] = {}
    for name, value in told[0]["headers"]:
        named.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))
    return Answer(told[0]["status"], body, named)
