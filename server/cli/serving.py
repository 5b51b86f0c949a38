"""`mashang serve` and `mashang worker`: run the town until Ctrl-C."""

import argparse
import asyncio
import gc
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sanic import Sanic

from server import supervisor, worker
from server.base import meters
from server.cli import greeting, town
from server.cli.folders import make_folders
from server.cli.options import Commands, Stop, command, in_town, settings_for
from server.main import create_app
from server.settings import Settings, SettingsError
from server.web.slow import Patient

SERVE = """\
Start the server. It makes and migrates its own database, and fills an empty embedded one with the
demo town unless --empty is given or MASHANG_DEMO=0. With PostgreSQL nothing is filled unless
MASHANG_DEMO=1. Ctrl-C stops it within a few seconds; what was acknowledged is on disk.

  mashang serve --host 0.0.0.0      let phones of the same network in
  MASHANG_DATABASE_URL=postgres://… MASHANG_WORKERS=4 mashang serve
"""
WORKER = """\
Deliver notices, ring clocks, sweep photos, without serving. `mashang serve` does this too; a worker
of its own is for a machine apart, beside PostgreSQL.
"""
BACKLOG = 1024
SELDOM = (20_000, 20, 20)  # new things, then rounds, before they are looked through


def add_commands(commands: Commands) -> None:
    serve = command(commands, "serve", do_serve, "start the server", SERVE)
    serve.add_argument("--port", metavar="N", help="another port than 8000")
    serve.add_argument("--host", metavar="H", help="0.0.0.0 lets phones of the network in")
    serve.add_argument("--empty", action="store_true", help="do not load the demo town")
    serve.add_argument("--no-worker", action="store_true", help="leave the duties to others")
    serve.add_argument("--socket", type=int, help=argparse.SUPPRESS)
    serve.add_argument("--nth", type=int, help=argparse.SUPPRESS)
    serve.add_argument("--leash", type=int, help=argparse.SUPPRESS)
    command(commands, "worker", do_worker, "do the background duties only", WORKER)


def do_serve(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    if asked.socket is not None:
        return _serve_as_one_of_many(asked, environment)
    began = time.monotonic()
    chosen = _settings(asked, environment)
    listener = listen(chosen)
    make_folders(chosen)
    wants_demo = not asked.empty and _wants_demo(chosen, environment)
    is_demo = asyncio.run(town.prepare(chosen, fill=wants_demo))
    if is_demo and asked.empty:
        where = chosen.data_dir if chosen.embedded else "this database"
        raise Stop(f"{where} holds the demo town. Begin a town of your own elsewhere: --data DIR.")
    chosen = replace(chosen, demo=is_demo and environment.get("MASHANG_DEMO", "").strip() != "0")
    asyncio.run(greeting.greet(chosen, time.monotonic() - began))
    if chosen.workers > 1:
        return _serve_many(chosen, listener, works=not asked.no_worker)
    return serve(chosen, listener, works=not asked.no_worker)


def serve(
    chosen: Settings, listener: socket.socket, *, works: bool, leash: int | None = None
) -> int:
    """One server in this process, until SIGINT or SIGTERM."""
    leave_at_once_when_told()
    app = create_app(chosen, works=works)
    if leash is not None:
        held = Leash(leash)
        app.register_listener(held, "after_server_start")
        app.register_listener(held.let_go, "before_server_stop")
    app.register_listener(spare_what_stays, "after_server_start")
    app.prepare(sock=listener, protocol=Patient, single_process=True, backlog=BACKLOG, motd=False)
    logging.getLogger("sanic").setLevel(logging.WARNING)
    Sanic.serve_single(primary=app)
    return 0


def spare_what_stays(_app: object) -> None:
    """Look for rings of garbage seldom, and never through what was made at start.

    A request makes thousands of small things and hardly a ring: looking at them after each seven
    hundred, as Python does, was a sixth of a report.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def leave_at_once_when_told() -> None:
    """Before Sanic listens to signals itself, nothing has begun that would need an end."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda number, _: os._exit(128 + number))


def do_worker(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    chosen = settings_for(asked, environment)
    if chosen.embedded:
        raise Stop("with SQLite the server does the worker's duties itself: `mashang serve`.")

    _try_operator_address(chosen)

    async def work() -> int:
        if chosen.operator_address is not None:
            meters.show(*chosen.operator_address)
        task = asyncio.create_task(worker.work())
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, task.cancel)
        print("The worker is at work. Ctrl-C stops it.", flush=True)
        await asyncio.wait({task})
        return 0 if task.cancelled() else 1

    return in_town(chosen, work)


def listen(chosen: Settings) -> socket.socket:
    """The socket people knock at, held before anything long begins."""
    listener = _bound(chosen.host, chosen.port, "--port N or --host H")
    try:
        _try_operator_address(chosen)
    except Stop:
        listener.close()
        raise
    listener.listen(BACKLOG)
    return listener


def _try_operator_address(chosen: Settings) -> None:
    """Raises Stop where one of the servers to come could not show its metrics."""
    if chosen.operator_address is None:
        return
    host, first = chosen.operator_address
    for port in range(first, first + chosen.workers):
        _bound(host, port, "MASHANG_OPERATOR_ADDRESS").close()


def _bound(host: str, port: int, by: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except (OSError, UnicodeError, OverflowError) as cause:
        bound.close()
        why = cause.strerror if isinstance(cause, OSError) else "not an address"
        raise Stop(f"cannot listen on {host}:{port} ({why}). Choose another with {by}.") from None
    return bound


def _settings(asked: argparse.Namespace, environment: Mapping[str, str]) -> Settings:
    given = {"MASHANG_HOST": asked.host, "MASHANG_PORT": asked.port}
    more = {name: value for name, value in given.items() if value}
    chosen = settings_for(asked, environment, **more)
    if chosen.host in ("0.0.0.0", "::") and not environment.get("MASHANG_PUBLIC_URL"):
        return replace(chosen, public_url=f"http://{greeting.lan_address()}:{chosen.port}")
    return chosen


def _wants_demo(chosen: Settings, environment: Mapping[str, str]) -> bool:
    unsaid = not environment.get("MASHANG_DEMO", "").strip()
    return chosen.demo or (chosen.embedded and unsaid)


def _serve_many(chosen: Settings, listener: socket.socket, *, works: bool) -> int:
    listener.set_inheritable(True)
    passed = {
        "MASHANG_PUBLIC_URL": chosen.public_url,
        "MASHANG_DEMO": "1" if chosen.demo else "0",
        "MASHANG_DATA_DIR": str(chosen.data_dir),
        "MASHANG_HOST": chosen.host,
        "MASHANG_PORT": str(chosen.port),
        "MASHANG_WORKERS": "1",
    }
    return supervisor.Supervisor(
        supervisor.server_command(listener, works=works),
        chosen.workers,
        pass_fds=[listener.fileno()],
        environment={**os.environ, **passed},
    ).run()


def _serve_as_one_of_many(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    chosen = settings_for(asked, environment)
    if chosen.embedded:
        raise SettingsError("several servers need PostgreSQL: MASHANG_DATABASE_URL=postgres://…")
    listener = socket.socket(fileno=asked.socket)
    if chosen.operator_address is not None:  # each of several shows its own, one port after another
        host, port = chosen.operator_address
        chosen = replace(chosen, operator_address=(host, port + asked.nth))
    return serve(chosen, listener, works=asked.nth == 0 and not asked.no_worker, leash=asked.leash)


class Leash:
    """Stops this server when the parent that holds the other end is gone."""

    def __init__(self, end: int) -> None:
        self._end = end

    async def __call__(self, app: Any) -> None:
        def gone() -> None:
            asyncio.get_running_loop().remove_reader(self._end)
            print("the parent let go, this server stops", file=sys.stderr)
            app.stop(terminate=False)

        asyncio.get_running_loop().add_reader(self._end, gone)

    async def let_go(self, _app: Any) -> None:
        """It stops already: nobody need tell it again."""
        asyncio.get_running_loop().remove_reader(self._end)
