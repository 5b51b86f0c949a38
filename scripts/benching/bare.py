"""The floor: Sanic with nothing behind it but what a figure needs. Started by `servers.bare`.

bare.py bytes FILE         every address in FILE answers the bytes that stand there
bare.py sqlite RECORDED    every POST writes the recorded rows: one writer, group commit
bare.py echo               every POST goes to every socket at /live, and is answered
bare.py postgres RECORDED  every POST sends the recorded statement, after a read if there is one
"""

import asyncio
import itertools
import os
import pickle
import queue
import secrets
import sqlite3
import sys
import threading
import uuid
from pathlib import Path
from typing import Any

import asyncpg
from once import Once
from sanic import HTTPResponse, Request, Sanic

app: Sanic[Any, Any] = Sanic("bare", configure_logging=False)
app.config.update(ACCESS_LOG=False, OAS=False)
ANSWER = b'{"number":"261127004712","state":"submitted"}'
JSON = "application/json; charset=utf-8"


@app.get("/ready")
async def get_ready(_: Request) -> HTTPResponse:
    return HTTPResponse(b"", 204)


def answer_bytes(answers: dict[str, dict[str, Any]]) -> None:
    async def get_anything(_: Request, path: str) -> HTTPResponse:
        answer = answers[path]
        return HTTPResponse(answer["body"], 200, dict(answer["headers"]), answer["type"])

    app.add_route(get_anything, "/<path:path>")


class Writer:
    """One thread, one connection; whatever waits is committed together."""

    def __init__(self, path: str) -> None:
        self._waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._path, self._loop = path, asyncio.get_running_loop()
        threading.Thread(target=self._serve, daemon=True).start()

    async def write(self, steps: list[tuple[str, list[list[Any]]]]) -> None:
        done = self._loop.create_future()
        self._waiting.put((steps, done))
        await done

    def _serve(self) -> None:
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        while True:
            batch = [self._waiting.get()]
            while len(batch) < 256 and not self._waiting.empty():
                batch.append(self._waiting.get())
            connection.execute("BEGIN IMMEDIATE")
            for steps, _ in batch:
                for sql, rows in steps:
                    connection.executemany(sql, rows)
            connection.execute("COMMIT")
            self._loop.call_soon_threadsafe(_settle, [done for _, done in batch])


def _settle(futures: list["asyncio.Future[None]"]) -> None:
    for future in futures:
        if not future.done():
            future.set_result(None)


def write_sqlite(recorded: dict[str, Any]) -> None:
    @app.before_server_start
    async def open_writer(app: Any) -> None:
        app.ctx.writer = Writer(recorded["path"])

    async def post_anything(request: Request, path: str) -> HTTPResponse:
        fresh = _fresh(os.urandom(16))
        steps = [
            (sql, [[fresh[v] if v.__class__ is Once else v for v in row] for row in rows])
            for sql, rows in recorded["steps"]
        ]
        await request.app.ctx.writer.write(steps)
        return HTTPResponse(ANSWER, 201, None, JSON)

    app.add_route(post_anything, "/<path:path>", methods=["POST"])


def pass_on() -> None:
    sockets: set[Any] = set()

    async def listen(_: Request, socket: Any) -> None:
        sockets.add(socket)
        try:
            async for _said in socket:
                continue
        finally:
            sockets.discard(socket)

    async def post_anything(request: Request, path: str) -> HTTPResponse:
        for socket in sockets:
            await socket.send(request.body.decode())
        return HTTPResponse(ANSWER, 201, None, JSON)

    app.add_websocket_route(listen, "/live")
    app.add_route(post_anything, "/<path:path>", methods=["POST"])


def _fresh(case: Any) -> dict[str, Any]:
    return {
        "case": case,
        "number": secrets.token_hex(6),
        "id": uuid.uuid4() if isinstance(case, uuid.UUID) else os.urandom(16),
        "text": secrets.token_hex(24),
    }


def write_postgres(recorded: dict[str, Any]) -> None:
    sql, values, read = recorded["sql"], recorded["values"], recorded.get("read")
    cases = itertools.cycle(recorded.get("cases") or [None])

    async def post_anything(request: Request, path: str) -> HTTPResponse:
        known = next(cases)
        fresh = _fresh(known[0] if known else uuid.uuid4())
        if known:
            fresh["number"] = known[1]
        given = [fresh[v] if v.__class__ is Once else v for v in values]
        async with request.app.ctx.pool.acquire() as connection:
            if known:
                asked = [fresh[v] if v.__class__ is Once else v for v in read[1]]
                await connection.fetchrow(read[0], *asked)
            await connection.fetchval(sql, *given)
        return HTTPResponse(ANSWER, 201, None, JSON)

    async def teach(connection: Any) -> None:
        await connection.set_type_codec(
            "jsonb",
            schema="pg_catalog",
            format="binary",
            encoder=lambda value: b"\x01" + value,
            decoder=lambda raw: raw[1:],
        )

    async def leave_as_it_is(_: Any) -> None:
        return

    @app.before_server_start
    async def open_pool(app: Any) -> None:
        app.ctx.pool = await asyncpg.create_pool(
            recorded["url"], max_size=10, init=teach, reset=leave_as_it_is
        )

    app.add_route(post_anything, "/<path:path>", methods=["POST"])


KINDS = {"bytes": answer_bytes, "sqlite": write_sqlite, "postgres": write_postgres}

if __name__ == "__main__":
    if sys.argv[1] == "echo":
        pass_on()
    else:
        KINDS[sys.argv[1]](pickle.loads(Path(sys.argv[2]).read_bytes()))
    app.run("127.0.0.1", int(os.environ["PORT"]), single_process=True, motd=False)
