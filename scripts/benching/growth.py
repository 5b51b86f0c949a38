"""A large town: the demo's cases copied over and over, each copy a case of its own."""

import itertools
import sqlite3
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import load
import msgspec
import rows
from rows import Row
from servers import Server

CACHE_KB = 400_000
_COPIED = ("cases", "case_row", "case_clock", "case_party")


def grow(town: Path, total: int) -> None:
    """Copy the cases of a town on SQLite until there are so many. Without their histories."""
    with sqlite3.connect(town / "mashang.db", isolation_level=None) as connection:
        connection.create_function("copied", 2, _copied, deterministic=True)
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        (known,) = connection.execute("SELECT count(*) FROM cases").fetchone()
        for table in _COPIED:
            connection.execute(f"CREATE TEMP TABLE first_{table} AS SELECT rowid, * FROM {table}")
        connection.execute("BEGIN")
        indexes = _without_indexes(connection)
        for copy in range(1, total // known + 1):
            _copy(connection, copy)
        for index in indexes:
            connection.execute(index)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _without_indexes(connection: sqlite3.Connection) -> list[str]:
    """Take away the indexes that keep nothing unique; made anew at the end they cost a tenth."""
    listed = ", ".join(f"'{table}'" for table in _COPIED)
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'"
        f" AND tbl_name IN ({listed})"
    ).fetchall()
    for name, _ in found:
        connection.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in found]


def _copy(connection: sqlite3.Connection, copy: int) -> None:
    for table in _COPIED:
        key = "id" if table == "cases" else "case_id"
        new = {key: f"copied({key}, {copy})"}
        if table == "cases":
            new["number"] = f"printf('%06x%06d', rowid, {copy})"
        else:
            new["id"] = "NULL"
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        listed = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(new.get(name, f'"{name}"') for name in names)
        connection.execute(f"INSERT INTO {table} ({listed}) SELECT {values} FROM first_{table}")


def _copied(case_id: bytes, copy: int) -> bytes:
    return case_id[:12] + copy.to_bytes(4, "big")


def todo(town: Server, seconds: float) -> rows.Pace:
    """The grid worker's list, twenty lines of it; medians of the rounds."""
    token = signed_in(town, "grid_worker")

    def requests() -> Iterator[bytes]:
        asked = load.request(
            "GET", "/m/v1/cases?list=todo&limit=20", Authorization=f"Bearer {token}"
        )
        return itertools.repeat(asked)

    rounds = [rows.measured(town, requests(), seconds) for _ in range(rows.ROUNDS)]
    return rows.median(rounds)


def todo_row(large: rows.Pace, small: rows.Pace, size: str) -> Row:
    ratio = small.rate / large.rate
    return Row(
        f"to-do list, {size} cases", round(large.rate), "req/s", round(small.rate),
        round(ratio, 2), "≤ 1.3 ×", ratio <= 1.3, round(large.cpu_us), round(small.cpu_us),
        round(large.p99_ms, 1),
    )  # fmt: skip


def signed_in(town: Server, persona: str) -> str:
    asked = urllib.request.Request(
        f"http://127.0.0.1:{town.port}/m/v1/session/demo",
        data=msgspec.json.encode({"persona": persona}),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked) as answer:
        return str(msgspec.json.decode(answer.read())["token"])
