"""A small app made of the HTTP kit alone, answering on a real socket: no database, no town."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import httpx
from sanic import HTTPResponse, Request, Sanic

from server.base import cache
from server.base.errors import Conflict, FieldError, Gone, Invalid, NotFound, TooMany, Unavailable
from server.web import (
    HTML,
    PARTY,
    SIGNED_IN,
    Body,
    Pieces,
    Routes,
    answer,
    headers,
    html,
    leave,
    limits,
    parse,
    problems,
    public,
    replay_key,
    routes,
    staff,
    typed,
)
from server.web.slow import Patient

FORGOTTEN_ID = UUID(int=1)
ANYONE = public("these tests are anyone")


class Note(Body, frozen=True, kw_only=True):
    text: str
    times: int = 1
    tags: tuple[str, ...] = ()


class FormNote(Body, frozen=True, kw_only=True):
    text: str
    times: int = 1
    tags: tuple[str, ...] = ()
    urgent: bool = False


FOR_MANY = Pieces("钥匙：§。" + "长" * 2000, "§")


class ForMany:
    """How often that answer was made by its route, and given without; whether it is still right."""

    def __init__(self) -> None:
        self.made, self.given, self.right = 0, 0, True

    def stands(self) -> bool:
        return self.right

    def give(self) -> None:
        self.given += 1

    def word(self) -> str:
        return f"第{self.made + self.given}位"


for_many = ForMany()
api = Routes("/m/v1")
pages = Routes(kind="page")
FAILURES = {
    "missing": NotFound(),
    "moved": problems.attach(Conflict(), case={"number": "1"}),
    "gone": Gone(),
    "wrong": Invalid(FieldError("text", "too-long", "太长了。")),
    "often": TooMany(61),
    "busy": Unavailable(7),
}


@api.get("/fail/<kind>", access=ANYONE)
async def get_failure(request: Request, kind: str) -> HTTPResponse:
    raise FAILURES[kind]


@api.get("/break", access=ANYONE)
async def get_break(request: Request) -> HTTPResponse:
    raise RuntimeError("a secret of the house: /etc/passwd")


@pages.get("/for-many", access=ANYONE, rate="short-code")
async def get_for_many(request: Request) -> HTTPResponse:
    for_many.made += 1
    answered = leave(
        request, FOR_MANY, HTML,
        keep="private, no-cache", word=for_many.word, stands=for_many.stands, given=for_many.give,
    )  # fmt: skip
    if request.args.get("signed"):
        answered.add_cookie("a", "b")
    return answered


@api.get("/mine", access=SIGNED_IN)
async def get_mine(request: Request) -> HTTPResponse:
    return answer({})


@api.get("/staff", access=staff("grid_worker"))
async def get_staff(request: Request) -> HTTPResponse:
    return answer({})


@api.post("/notes", access=PARTY, rate="submit", body=Note, status=201)
async def post_note(request: Request) -> HTTPResponse:
    note = parse(request, Note)
    return answer({"text": note.text, "times": note.times, "tags": note.tags}, 201)


@api.post("/keyed/<name>", access=ANYONE, rate="submit", body=Note, keyed=True)
async def post_keyed(request: Request, name: str) -> HTTPResponse:
    asked = replay_key(request)
    return answer({"actor": asked.actor, "key": asked.key, "hash": asked.body_hash.hex()})


@api.get("/rows/<row_id:int>", access=ANYONE)
async def get_row(request: Request, row_id: int) -> HTTPResponse:
    return answer({"row": row_id})


@api.get("/large", access=ANYONE)
async def get_large(request: Request) -> HTTPResponse:
    return answer({"text": "长" * 2000})


@api.get("/kept", access=ANYONE)
async def get_kept(request: Request) -> HTTPResponse:
    return answer({}, cache_control="private, no-cache")


@api.get("/said", access=ANYONE)
async def get_said(request: Request) -> HTTPResponse:
    return answer({}, x_said=request.args.get("word", ""))


@api.post("/often", access=ANYONE, rate="short-code")
async def post_often(request: Request) -> HTTPResponse:
    return answer({})


@pages.get("/page", access=ANYONE)
async def get_page(request: Request) -> HTTPResponse:
    return html("<p>一页</p>")


@pages.get("/broken", access=ANYONE)
async def get_broken(request: Request) -> HTTPResponse:
    raise NotFound


@pages.post("/page", access=ANYONE, rate="submit", body=FormNote, keyed=True, uploads=True)
async def post_page(request: Request) -> HTTPResponse:
    note, form = parse(request, FormNote), typed(request)
    assert form is not None
    files = [[one.filename, len(await one.read())] for one in form.files("photo")]
    return answer({"text": note.text, "urgent": note.urgent, "tags": note.tags, "files": files})


@pages.post("/staff-page", access=staff("grid_worker"), rate="submit", body=FormNote, uploads=True)
async def post_staff_page(request: Request) -> HTTPResponse:
    return html("<p>一页</p>")


async def problem_page(
    request: Request, problem: problems.Problem, error: BaseException
) -> HTTPResponse:
    form = typed(request)
    words = form.first("text") if form else ""
    return html(f"<h1>{problem.detail}</h1><textarea>{words}</textarea>", problem.status)


def make_app(public_url: str = "https://mashang.example") -> Sanic:
    app = Sanic(f"kit-{uuid4().hex}", configure_logging=False)
    # Sanic tunes its classes in place once per process; here there are many apps.
    app.config.update(FALLBACK_ERROR_FORMAT="json", REQUEST_MAX_SIZE=1_000_000, TOUCHUP=False)
    app.ctx.public_url = public_url
    problems.install(app, page=problem_page)
    headers.install(app)
    routes.mount(app, (api, pages))
    return app


@asynccontextmanager
async def answering(app: Sanic | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """A client of that app, served on a free port until the block ends."""
    limits.forget_all()
    cache.clear()
    for_many.__init__()  # type: ignore[misc]  # afresh
    knocked = socket.create_server(("127.0.0.1", 0))
    port = knocked.getsockname()[1]
    server = await (app or make_app()).create_server(
        sock=knocked, return_asyncio_server=True, protocol=Patient
    )
    assert server is not None
    await server.startup()
    await server.start_serving()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", verify=False) as client:
        yield client
    await server.close()
    for connection in list(server.connections):
        connection.close()
