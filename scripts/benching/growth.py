"""A large town: the demo's cases copied over and over, each copy a case of its own."""

import asyncio
import itertools
import sqlite3
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import load
import msgspec
import rows
from rows import Row
from servers import Server

from server import cases
from server.base import database

CACHE_KB = 400_000
_COPIED = ("cases", "case_row", "case_clock", "case_party", "case_search")
_WORDS = quote("电梯")
LISTS = {  # the fragment of the desk is its list with the numbers beside the tabs
    "to-do list": ("grid_worker", "/m/v1/cases?list=todo&limit=20"),
    "desk, open": ("street_dispatcher", "/desk?part=list"),
    "desk, ended": ("street_dispatcher", "/desk?part=list&tab=closed"),
    "desk, search": ("street_dispatcher", f"/desk?part=list&q={_WORDS}"),
    "desk, search the ended": ("street_dispatcher", f"/desk?part=list&tab=closed&q={_WORDS}"),
    "desk of a firm": ("property_manager", "/desk?part=list"),
}
# What is found at a shop is found there once as long as it is open.
_ONCE = "SELECT id FROM cases WHERE live AND flow = 'merchant_inspection'"
_APART = 10_000_000  # between the numbers of one copy's rows in the search and the next's


def grow(town: Path, total: int) -> None:
    """Copy the cases of a town on SQLite until there are so many. Without their histories."""
    asyncio.run(_feed(town))
    with sqlite3.connect(town / "mashang.db", isolation_level=None) as connection:
        connection.create_function("copied", 2, _copied, deterministic=True)
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = OFF")  # A town that breaks is made anew.
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        for table in _COPIED:
            connection.execute(
                f"CREATE TEMP TABLE first_{table} AS SELECT rowid, * FROM {table}"
                f" WHERE {_key_of(table)} NOT IN ({_ONCE})"
            )
        (known,) = connection.execute("SELECT count(*) FROM first_cases").fetchone()
        connection.execute("BEGIN")
        indexes = _without_indexes(connection)
        triggers = _without_triggers(connection)
        for copy in range(1, total // known + 1):
            _copy(connection, copy)
        for made in (*indexes, *triggers):
            connection.execute(made)
        connection.execute("INSERT INTO case_search_index (case_search_index) VALUES ('rebuild')")
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA journal_mode = WAL")


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


def _without_triggers(connection: sqlite3.Connection) -> list[str]:
    """Take away what feeds the index of the search row by row; it is made anew at the end."""
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'case_search'"
    ).fetchall()
    for name, _ in found:
        connection.execute(f'DROP TRIGGER "{name}"')
    return [sql for _, sql in found]


async def _feed(town: Path) -> None:
    """The search of the town to be copied knows all of it."""
    await database.open(f"sqlite://{town}/mashang.db")
    try:
        await database.migrate()
        while await cases.feed():
            continue
    finally:
        await database.close()


def _copy(connection: sqlite3.Connection, copy: int) -> None:
    for table in _COPIED:
        key = _key_of(table)
        new = {key: f"copied({key}, {copy})"}
        if table == "cases":
            new["number"] = f"printf('%06x%06d', rowid, {copy})"
        elif table == "case_search":
            new["id"] = f'"id" + {copy * _APART}'
        else:
            new["id"] = "NULL"
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        listed = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(new.get(name, f'"{name}"') for name in names)
        connection.execute(f"INSERT INTO {table} ({listed}) SELECT {values} FROM first_{table}")


def _key_of(table: str) -> str:
    return "id" if table == "cases" else "case_id"


def _copied(case_id: bytes, copy: int) -> bytes:
    return case_id[:12] + copy.to_bytes(4, "big")


def lists(town: Server, seconds: float) -> dict[str, rows.Pace]:
    """Each list by its name; medians of the rounds."""
    return {
        name: _list(town, persona, address, seconds) for name, (persona, address) in LISTS.items()
    }


def _list(town: Server, persona: str, address: str, seconds: float) -> rows.Pace:
    token = signed_in(town, persona)

    def requests() -> Iterator[bytes]:
        return itertools.repeat(load.request("GET", address, Authorization=f"Bearer {token}"))

    rounds = [rows.measured(town, requests(), seconds) for _ in range(rows.ROUNDS)]
    return rows.median(rounds)


def list_rows(large: dict[str, rows.Pace], small: dict[str, rows.Pace], size: str) -> Iterator[Row]:
    """By the processor's time, which others on the machine blur least."""
    for name, one in large.items():
        ratio = one.cpu_us / small[name].cpu_us
        yield Row(
            f"{name}, {size} cases", round(one.rate), "req/s", round(small[name].rate),
            round(ratio, 2), "≤ 1.3 ×", ratio <= 1.3, round(one.cpu_us),
            round(small[name].cpu_us), round(one.p99_ms, 1),
        )  # fmt: skip


def signed_in(town: Server, persona: str) -> str:
    asked = urllib.request.Request(
        f"http://127.0.0.1:{town.port}/m/v1/session/demo",
        data=msgspec.json.encode({"persona": persona}),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked) as answer:
        return str(msgspec.json.decode(answer.read())["token"])
