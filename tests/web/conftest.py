"""A client of the small app of `kit.py`, and of the real surfaces in a town made by hand."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from uuid import uuid4

import httpx
import pytest
from sanic import Sanic

from miniapp_api import signin
from server import pages, wiring
from server.base import clock
from server.settings import read
from server.web import Routes, headers, problems, routes
from tests.makers import SINCE, a_town
from tests.web.kit import answering

Web = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
async def kit() -> AsyncIterator[httpx.AsyncClient]:
    async with answering() as client:
        yield client


@pytest.fixture
def hands() -> Iterator[clock.Hands]:
    """The town's clock, stopped; `hands.move(…)` moves it."""
    with clock.stopped_at(SINCE) as stopped:
        yield stopped


@pytest.fixture
async def a_web_of(sqlite_db: str, hands: clock.Hands) -> Web:
    """`async with a_web_of(routes) as client`: these routes, the sign-in and all pages, in a demo
    town in this process."""
    wiring.wire()
    await a_town()

    @asynccontextmanager
    async def serve(*more: Routes) -> AsyncIterator[httpx.AsyncClient]:
        app = Sanic(f"web-{uuid4().hex}", configure_logging=False)
        app.config.update(FALLBACK_ERROR_FORMAT="json", TOUCHUP=False)
        app.ctx.public_url, app.ctx.limits = "https://mashang.example", False
        app.ctx.settings = read({"MASHANG_DEMO": "1"})
        problems.install(app, page=pages.draw_problem)
        headers.install(app)
        routes.mount(app, (*more, signin.routes, *pages.SURFACE))
        async with answering(app) as client:
            yield client

    return serve
