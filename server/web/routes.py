"""The only way to open an address: a route says who may call it, what it takes and what it gives.

    from server.web import PARTY, Routes, answer, parse, public, viewer

    routes = Routes("/m/v1")

    @routes.post("/cases/<number>/moves/<move>", access=PARTY, body=MoveBody, gives=CasePage,
                 rate="move", keyed=True)
    async def post_move(request: Request, number: str, move: str) -> HTTPResponse:
        body = parse(request, MoveBody)
        await cases.make_move(number, move, by=viewer(request), given=body.given, ...)
        return answer(await views.case_page(number, viewer(request)))

A page is the same with `kind="page"`. Before a page's handler with a `body` is called, its form has
been read (urlencoded or multipart, photos in temporary files that are closed afterwards) and its
Origin checked. The handler shows the form again, filled in, when something in it is wrong:

    routes = Routes(kind="page")

    @routes.post("/c/<token>/report", access=public("sending never needs an account"),
                 body=ReportForm, rate="submit", keyed=True, uploads=True)
    async def post_report(request: Request, token: str) -> HTTPResponse:
        form = typed(request)                       # the words as they were typed, and the photos
        try:
            body = parse(request, ReportForm)       # Invalid names every wrong field
            photos = [await keep(upload) for upload in form.files("photo")]
            opened = await cases.open_case(..., replay=replay_key(request))
        except Failure as wrong:
            return html(render("report.html", typed=form, wrong=wrong), status_of(wrong))
        response = see_other(f"/cases/{opened.number}")
        if opened.key:
            remember_key(request, response, opened.key)
        return response

What fails before the handler (too often, not signed in) is known before its form is read: no photo
of it is kept, and it reaches the page renderer of `problems`, where `typed(request)` still holds
what was typed. A hidden `idempotency_key` goes with every form
of a `keyed` route; phones send the header `Idempotency-Key`.
"""

import hashlib
import re
import time
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from msgspec import Struct
from sanic import HTTPResponse, Request, Sanic

from server.base.errors import Failure, NotFound
from server.base.viewer import GUEST, Viewer
from server.trust import ReplayKey
from server.web import forms, limits, stepping
from server.web.access import Access, SessionEnded, StepUpNeeded
from server.web.hosts import check_host
from server.web.origin import SAFE, check_origin
from server.web.problems import KeyMissing
from server.web.who import find_viewer, says_nothing, viewer

Kind = Literal["api", "page"]
Handler = Callable[..., Coroutine[Any, Any, HTTPResponse | None]]
# A guest is known by her key alone: one that others would think of gave away what she had sent.
_KEY = re.compile(r"[\x21-\x7e]{16,80}")


class UndeclaredRoute(Exception):
    """Somebody opened an address without saying who may call it; the server does not start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """Everything said about one route.

    `body_also` is another shape it takes, `gives_also` another it may answer with, `media` the kind
    of one that is no JSON.
    `socket`: it shakes hands itself and answers nothing.
    `refuses` are statuses beside those every route of its kind may answer (`openapi.refusals`),
    `conflict` the problem of its 409 where that carries more than others.
    """

    method: str
    path: str
    handler: Handler
    access: Access
    kind: Kind
    rate: str
    body: type[Struct] | None = None
    body_also: type[Struct] | None = None
    gives: type[Struct] | None = None
    gives_also: type[Struct] | None = None
    media: str | None = None
    refuses: tuple[int, ...] = ()
    conflict: type[Struct] | None = None
    query: type[Struct] | None = None
    status: int = 200
    keyed: bool = False
    uploads: bool = False
    socket: bool = False

    @property
    def name(self) -> str:
        """The handler's name, unique with its module: what logs and OpenAPI call the route."""
        return f"{self.handler.__module__}.{self.handler.__name__}"

    @property
    def takes_form(self) -> bool:
        return self.uploads or (self.kind == "page" and self.body is not None)


class Routes:
    """The routes of one surface, collected where they are written and opened by `mount`."""

    def __init__(self, prefix: str = "", *, kind: Kind = "api") -> None:
        self.prefix, self.kind = prefix, kind
        self.declarations: list[Declaration] = []

    def get(self, path: str, *, access: Access, **words: Any) -> Callable[[Handler], Handler]:
        """Something to read; HEAD comes with it. Counted as `read` unless `rate` says otherwise."""
        return self._declare("GET", path, access, {"rate": "read"} | words)

    def post(
        self, path: str, *, access: Access, rate: str, **words: Any
    ) -> Callable[[Handler], Handler]:
        """Something to do."""
        return self._declare("POST", path, access, {"rate": rate} | words)

    def patch(
        self, path: str, *, access: Access, rate: str, **words: Any
    ) -> Callable[[Handler], Handler]:
        """Something to correct: the same once or twice."""
        return self._declare("PATCH", path, access, {"rate": rate} | words)

    def delete(
        self, path: str, *, access: Access, rate: str, **words: Any
    ) -> Callable[[Handler], Handler]:
        """Something to end."""
        return self._declare("DELETE", path, access, {"rate": rate} | words)

    def _declare(
        self, method: str, path: str, access: Access, words: dict[str, Any]
    ) -> Callable[[Handler], Handler]:
        def keep(handler: Handler) -> Handler:
            if words["rate"] not in limits.CLASSES:
                raise ValueError(f"{path}: no such rate class: {words['rate']}")
            self.declarations.append(
                Declaration(
                    method=method,
                    path=self.prefix + path,
                    handler=handler,
                    access=access,
                    kind=self.kind,
                    **words,
                )
            )
            return handler

        return keep


def mount(app: Sanic[Any, Any], surfaces: Iterable[Routes]) -> list[Declaration]:
    """Open every declared route of these surfaces."""
    opened = [each for surface in surfaces for each in surface.declarations]
    if any(each.socket for each in opened):
        app.enable_websocket()
    for each in opened:
        methods = ["GET", "HEAD"] if each.method == "GET" and not each.socket else [each.method]
        handler = _guarded(each)
        if each.socket:
            handler.is_websocket = True  # type: ignore[attr-defined]  # no answer is waited for
        app.add_route(
            handler,
            each.path,
            methods=methods,
            name=each.name.replace(".", "_"),
            stream=each.uploads,
            error_format="json",  # Or Sanic reads the source of each handler to guess it.
        )
    return opened


def refuse_undeclared(app: Sanic[Any, Any]) -> None:
    """Stop the start if any address of this app, whatever opened it, says not who may call it."""
    for route in app.router.routes:
        if not hasattr(route.handler, "declaration"):
            raise UndeclaredRoute(
                f"/{route.path} says not who may call it: open it through server/web/routes.py"
            )


def declaration_of(request: Request) -> Declaration | None:
    """What was declared about the route of this request."""
    found = getattr(request.route and request.route.handler, "declaration", None)
    return found if isinstance(found, Declaration) else None


def _guarded(said: Declaration) -> Handler:
    """The handler behind everything its declaration promises."""

    async def guarded(request: Request, **params: Any) -> HTTPResponse | None:
        context = request.ctx
        context.began = time.perf_counter()
        if said.rate != limits.FREE:  # Machines ask for those by whatever address they know.
            check_host(request)
        if said.method not in SAFE:
            check_origin(request, page=said.kind == "page")
        context.viewer = GUEST if says_nothing(request) else await _find_viewer(request, said)
        try:
            await _receive(request, said)
            context.viewer = await stepping.let_in(request, said.access, context.viewer)
            _refuse_unthinkable(params)
            if said.keyed:
                context.key = _key(request)
            return await said.handler(request, **params)
        except NotFound:
            if said.access.hides and getattr(context, "session_ended", False):
                raise SessionEnded from None
            raise
        finally:
            if said.takes_form and (form := getattr(context, "form", None)) is not None:
                form.close()

    guarded.declaration = said  # type: ignore[attr-defined]  # read by refuse_undeclared
    guarded.__name__ = said.handler.__name__
    return guarded


async def _find_viewer(request: Request, said: Declaration) -> Viewer:
    """Whoever shows tokens that open nothing is counted like anybody else."""
    try:
        return await find_viewer(request)
    except SessionEnded:
        limits.count(request, said.rate, GUEST)
        raise


async def _receive(request: Request, said: Declaration) -> None:
    """Take the form in, unless nobody needs to see it to refuse it."""
    refused = _refused(request, said, request.ctx.viewer)
    if said.takes_form:
        read = forms.read_refused if refused else forms.read_form
        request.ctx.form = await read(request)
    if refused:
        raise refused


def _refused(request: Request, said: Declaration, person: Viewer) -> Failure | None:
    """Why this is refused whatever its body is: too often, or by nobody who may come here. Where a
    second factor alone lacks, the form may bring it."""
    try:
        limits.count(request, said.rate, person)
        said.access.check(person)
    except StepUpNeeded:
        return None
    except Failure as why:
        return why
    return None


def _refuse_unthinkable(params: dict[str, Any]) -> None:
    """No row has a number that no column of numbers holds."""
    if any(isinstance(value, int) and abs(value) >= 2**63 for value in params.values()):
        raise NotFound


def _key(request: Request) -> str:
    form: forms.Form | None = getattr(request.ctx, "form", None)
    given = request.headers.get("idempotency-key", "")
    if not given and form is not None:
        given = form.first(forms.KEY_FIELD)
    if not _KEY.fullmatch(given):
        raise KeyMissing
    return str(given)


def replay_key(request: Request) -> ReplayKey:
    """This create or move, so that sending it again answers the same. Only in a `keyed` route."""
    said = declaration_of(request)
    assert said is not None
    form: forms.Form | None = getattr(request.ctx, "form", None)
    summed = hashlib.sha256(repr(sorted(request.match_info.items())).encode())
    summed.update(request.body if form is None else form.digest())
    account = viewer(request).account_id
    return ReplayKey(
        actor=str(account) if account else "guest",
        route=f"{said.method} {said.path}"[:80],
        key=request.ctx.key,
        body_hash=summed.digest(),
    )
