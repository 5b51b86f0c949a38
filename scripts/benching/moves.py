"""A move, accepting a report: every request moves a case of its own, ours and the floor's alike."""

import asyncio
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import asyncpg
import load
import record
import rows
import uvloop
from growth import signed_in
from rows import ROUNDS, Row
from servers import Server

EACH = 600  # moves in a round


@dataclass(frozen=True, slots=True)
class Reports:
    """Cases nobody has moved: numbers for ours, (id, number) for the floor."""

    ours: list[str]
    floor: list[tuple[Any, str]]


def reported(town: Server, url: str) -> Reports:
    """As many fresh reports as all rounds will move, from all over the grid of one worker."""
    codes = asyncio.run(codes_of_a_grid(url))
    bodies = [
        json.dumps(record.REPORT | {"code": code}, ensure_ascii=False).encode() for code in codes
    ]
    wanted = EACH * ROUNDS * 2
    turns = itertools.islice(itertools.cycle(bodies), wanted)
    requests = iter([rows.post("/m/v1/cases", body) for body in turns])
    done = uvloop.run(load.run(town.port, requests, keep=True))
    numbers = [json.loads(answer)["number"] for answer in done.bodies]
    while asyncio.run(_waits(url)):  # What follows a report is none of a move's cost.
        time.sleep(0.2)
    half = wanted // 2
    return Reports(numbers[:half], asyncio.run(_with_ids(url, numbers[half:])))


def move_row(town: Server, floor: Server, reports: Reports) -> Row:
    """Ours and the floor in turns."""
    token = signed_in(town, "grid_worker")
    body = json.dumps({"seen_version": 1, "given": {}}).encode()

    def accepting(numbers: list[str]) -> Iterator[bytes]:
        for number in numbers:
            path = f"/m/v1/cases/{number}/moves/{record.MOVE}"
            yield rows.post(path, body, Authorization=f"Bearer {token}")

    mine, other = [], []
    for n in range(ROUNDS):
        numbers = reports.ours[n * EACH : (n + 1) * EACH]
        mine.append(rows.measured(town, accepting(numbers), 3600))
        floors = (rows.post("/move", body) for _ in range(EACH))
        other.append(rows.measured(floor, floors, 3600))
    ours, bare = rows.median(mine), rows.median(other)
    ratio = ours.rate / bare.rate
    return Row(
        "move, PostgreSQL", round(ours.rate), "req/s", round(bare.rate), round(ratio, 2), "≥ 0.6",
        ratio >= 0.6, round(ours.cpu_us), round(bare.cpu_us), round(ours.p99_ms, 1),
    )  # fmt: skip


async def _waits(url: str) -> bool:
    """Whether something that follows a report is still to be done."""
    connection = await asyncpg.connect(url)
    waiting = await connection.fetchval(
        "SELECT (SELECT count(*) FROM notice WHERE run_at IS NOT NULL)"
        " + (SELECT count(*) FROM cases) - (SELECT count(*) FROM case_search)"
    )
    await connection.close()
    return bool(waiting)


async def _with_ids(url: str, numbers: list[str]) -> list[tuple[Any, str]]:
    connection = await asyncpg.connect(url)
    found = await connection.fetch("SELECT id, number FROM cases WHERE number = ANY($1)", numbers)
    await connection.close()
    return [(row["id"], row["number"]) for row in found]


async def codes_of_a_grid(url: str) -> list[str]:
    """The signs in the grid of the demo's grid worker, but those of homes and badges."""
    connection = await asyncpg.connect(url)
    found = await connection.fetch(
        "SELECT c.token FROM code c JOIN place p ON p.id = c.place_id"
        " JOIN account a ON a.persona = 'grid_worker'"
        " JOIN appointment h ON h.account_id = a.id JOIN post o ON o.id = h.post_id"
        " WHERE c.status = 'active' AND c.kind NOT IN ('household', 'staff')"
        " AND p.path LIKE o.area || '%' ORDER BY c.token"
    )
    await connection.close()
    return [row["token"] for row in found]


async def demo_code(url: str) -> str:
    """The sign at the first entrance of a town on PostgreSQL."""
    connection = await asyncpg.connect(url)
    token = await connection.fetchval(
        "SELECT c.token FROM code c JOIN place p ON p.id = c.place_id"
        " WHERE c.status = 'active' AND p.kind = 'entrance' ORDER BY p.path LIMIT 1"
    )
    await connection.close()
    return str(token)
