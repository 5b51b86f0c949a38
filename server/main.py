"""The whole server put together: database, keys, photos, surfaces, worker."""

import asyncio
import contextlib
import logging
from typing import Any

from sanic import Sanic

import miniapp_api
from server import (
    bulletins,
    codes,
    contact,
    pages,
    people,
    photos,
    privacy,
    sms,
    trust,
    wiring,
    worker,
)
from server.base import changes, clock, database, meters, seal, unit
from server.base.bus import make_bus
from server.settings import Settings
from server.web import headers, health, problems, routes, slow, sockets

log = logging.getLogger("mashang")
BODY_LIMIT = 1_000_000
SOCKET_LIMIT = 16_000  # of what is heard; a socket is there to listen
STOPS_WITHIN_S = 3.0

SURFACES = (health.routes, *miniapp_api.SURFACE, *pages.SURFACE)


def create_app(settings: Settings, *, works: bool = True) -> Sanic[Any, Any]:
    """The app, not started yet. With `works` it also does the worker's duties."""
    app: Sanic[Any, Any] = Sanic("mashang", configure_logging=False)
    app.config.update(
        ACCESS_LOG=False,
        FALLBACK_ERROR_FORMAT="json",
        REQUEST_MAX_SIZE=BODY_LIMIT,
        GRACEFUL_SHUTDOWN_TIMEOUT=STOPS_WITHIN_S,
        GRACEFUL_TCP_CLOSE_TIMEOUT=1.0,
        MOTD=False,
        OAS=False,
        PROXIES_COUNT=settings.proxies or None,
        WEBSOCKET_MAX_SIZE=SOCKET_LIMIT,
        WEBSOCKET_PING_INTERVAL=25,
        WEBSOCKET_PING_TIMEOUT=25,
        **slow.limits,
    )
    app.ctx.settings, app.ctx.public_url = settings, settings.public_url
    app.ctx.limits = settings.limits
    pages.face()
    problems.install(app, page=pages.draw_problem)
    headers.install(app)
    app.ctx.declared = routes.mount(app, SURFACES)
    routes.refuse_undeclared(app)
    _attend(app, settings, works=works)
    return app


async def open_town(settings: Settings) -> None:
    """Everything a process needs before it can work: wiring, keys, messages, database, photos.

    Raises SettingsError where messages cannot be sent, or plaques not be drawn, as set; nothing is
    open then.
    """
    try:
        await _open(settings)
    except BaseException:
        await database.close()
        await photos.close_studio()
        await sms.close_port()
        raise


async def _open(settings: Settings) -> None:
    wiring.wire()
    clock.show_in(settings.timezone)
    seal.configure(settings.secrets_dir)
    trust.keep_anchors_in(settings.anchors_file)
    privacy.keep_erasures_in(settings.erasures_file)
    budget = sms.Budget(settings.sms_hourly, settings.sms_daily)
    sms.open_port(settings.sms_url, settings.secrets_dir, demo=settings.demo, budget=budget)
    await database.open(settings.database_url)
    photos.open_studio(settings.photos_url)
    codes.open_shop(settings.public_url, settings.prints_url, settings.plaque_line)


async def close_town() -> None:
    """Finish what is being written, then let go: of the next also when one of them fails."""
    async with contextlib.AsyncExitStack() as closing:
        closing.push_async_callback(database.close)
        closing.push_async_callback(photos.close_studio)
        closing.push_async_callback(sms.close_port)
        closing.push_async_callback(unit.drain, STOPS_WITHIN_S)
        closing.push_async_callback(codes.flush_scans)
        closing.push_async_callback(bulletins.flush_reads)
        closing.push_async_callback(people.write_down_uses)


def _attend(app: Sanic[Any, Any], settings: Settings, *, works: bool) -> None:
    """Open the town before the first request and close it after the last."""
    beside: list[asyncio.Task[None]] = []
    opened = contextlib.AsyncExitStack()

    async def before_start(_app: Any) -> None:
        await open_town(settings)
        opened.push_async_callback(close_town)
        if settings.operator_address is not None:
            opened.callback(meters.show(*settings.operator_address))
        bus = make_bus(settings.redis_url)
        opened.push_async_callback(bus.close)
        duties = worker.DUTIES if works else worker.OWN
        beside.append(asyncio.create_task(worker.work(duties), name="worker"))
        beside.append(asyncio.create_task(changes.carry(bus), name="changes"))
        beside.append(asyncio.create_task(people.carry(bus), name="sessions"))
        beside.append(asyncio.create_task(contact.carry(bus), name="conversations"))

    async def before_stop(_app: Any) -> None:
        await sockets.close_all()
        for task in beside:
            task.cancel()
        if (await asyncio.wait(beside, timeout=STOPS_WITHIN_S))[1]:
            log.warning("a duty did not end when it was told to; the server stops without it")

    async def after_stop(_app: Any) -> None:
        try:
            await opened.aclose()
        except Exception:
            log.exception("the town was not closed in good order")

    app.register_listener(before_start, "before_server_start")
    app.register_listener(before_stop, "before_server_stop")
    app.register_listener(after_stop, "after_server_stop")
