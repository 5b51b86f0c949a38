"""What ours writes for one report and one move, recorded, so that the floor writes the same."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import msgspec
from once import Once

from server import cases, org, places, views, wiring
from server.base import clock, cte, database, seal, sqlite
from server.base.viewer import GUEST, Viewer
from server.cases import NewCase
from server.trust import ReplayKey

REPORT = {"flow": "report", "category": "F02", "text": "单元门口的路灯不亮了，晚上看不见台阶。"}
MOVE = "accept"


class _Recorder:
    """Stands before the open database and keeps the write-sets that go through."""

    def __init__(self, behind: Any) -> None:
        self._behind, self.written, self.reads = behind, [], 0
        self.asked: tuple[str, Any] = ("", ())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._behind, name)

    async def fetch(self, sql: str, args: Any) -> Any:
        self.reads, self.asked = self.reads + 1, (sql, args)
        return await self._behind.fetch(sql, args)

    def statements(self) -> int:
        """How many since it was last asked; what was kept of them is let go."""
        count, self.reads = self.reads + len(self.written), 0
        self.written = []
        return count

    async def apply(self, write_set: Any) -> None:
        self.written.append(write_set)
        await self._behind.apply(write_set)


def record(url: str, secrets_dir: Any, code: str) -> dict[str, Any]:
    """One scan of this code, report and first move, {"scan": …, "submit": …, "move": …}.

    What was written, for `bare` to write the same, and how many statements each asked for.
    """
    return asyncio.run(_record(url, secrets_dir, code))


async def _record(url: str, secrets_dir: Any, code: str) -> dict[str, Any]:
    wiring.wire()
    seal.configure(secrets_dir)
    await database.open(url)
    recorder = _Recorder(database.engine())
    database._Open.engine = recorder  # type: ignore[assignment]  # it is asked the same things
    try:
        opened = await _report(code)
        worker = await _worker(opened.case.place_id)
        await _accept(opened, worker)
        await _report(code)  # What follows is recorded: by now everything is in memory.
        await views.board(code)
        recorder.statements()
        await views.board(code)
        scan_asks = recorder.statements()
        opened = await _report(code)
        submit, submit_asks = recorder.written[0], recorder.statements()
        await _accept(opened, worker)
        move, move_asks = recorder.written[0], recorder.statements()
        case = opened.case
        return {
            "scan": {"statements": scan_asks},
            "submit": _plain(submit, case.id, case.number)
            | {"path": url[9:], "url": url, "statements": submit_asks},
            "move": _plain(move, case.id, case.number)
            | {"url": url, "statements": move_asks}
            | {"read": _read(recorder.asked, case.number)},
        }
    finally:
        await database.close()


def _asked() -> ReplayKey:
    return ReplayKey("guest", "POST /m/v1/cases", uuid4().hex, b"b" * 32)


async def _report(code: str) -> cases.Opened:
    new = NewCase(code=code, category=REPORT["category"], text=REPORT["text"])
    return await cases.open_case(new, by=GUEST, asked=_asked())


async def _accept(opened: cases.Opened, worker: Viewer) -> None:
    """The move as the phone makes it: and the page it is answered with."""
    moved = await cases.make_move(
        opened.number, MOVE, by=worker, given={}, seen_version=1, asked=_asked()
    )
    await views.page_of(moved, worker)


async def _worker(place_id: UUID) -> Viewer:
    ground = await places.find(place_id)
    found = await org.responsible_for(ground, "grid_worker", clock.now())
    assert found is not None
    assert found.account_id is not None
    posts = await org.posts_of(found.account_id, clock.now())
    return Viewer(account_id=found.account_id, name=found.name, posts=posts)


def _read(asked: tuple[str, Any], number: str) -> tuple[str, list[Any]]:
    """The read before a move, of whichever case."""
    sql, values = asked
    return sql, [Once("number") if value == number else value for value in values]


def _plain(write_set: Any, case_id: UUID, number: str) -> dict[str, Any]:
    def mark(value: Any) -> Any:
        value = bytes(value) if isinstance(value, msgspec.Raw) else value
        if value in (case_id, case_id.bytes):
            return Once("case")
        if value == number:
            return Once("number")
        return Once("text") if isinstance(value, str) and str(case_id) in value else value

    for insert in write_set.inserts:
        if insert.table.name == "replay":
            _mark_replay(insert)
    if database.dialect() == "sqlite":
        steps = [sqlite._guard_step(guard) for guard in write_set.guards]
        steps += [sqlite._insert_step(insert) for insert in write_set.inserts]
        rows = [(step.sql, [[mark(v) for v in row] for row in step.rows]) for step in steps]
        return {"steps": rows}
    statement, values = cte.compose(write_set)
    return {"sql": statement.text, "values": [mark(value) for value in values]}


def _mark_replay(insert: Any) -> None:
    new = {"id": Once("id"), "key": Once("text")}
    insert.rows[:] = [
        tuple(new.get(name, value) for name, value in zip(insert.columns, row, strict=True))
        for row in insert.rows
    ]
