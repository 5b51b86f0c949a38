"""Each row of the table: what is measured, beside what, in turns on the same machine."""

import itertools
import json
import pickle
import random
import secrets
import sqlite3
import statistics
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import load
import record
import uvloop
from servers import Server, bare, mashang, ours

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside its baseline; `ratio` is what the target speaks of."""

    row: str
    value: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None
    target: str = ""
    reached: bool | None = None
    cpu_us: float | None = None
    baseline_cpu_us: float | None = None
    p99_ms: float | None = None
    statements: int | None = None  # a request, ours

    def plain(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Pace:
    """Answers a second and processor time an answer, of one server in one round."""

    rate: float
    cpu_us: float
    p99_ms: float


def measured(server: Server, requests: Iterator[bytes], seconds: float) -> Pace:
    """One round against one server; whatever is answered with an error stops the bench."""
    before = server.cpu_s()
    done = uvloop.run(load.run(server.port, requests, seconds=seconds))
    wrong = {status: n for status, n in done.statuses.items() if not 200 <= status < 300}
    if wrong or not done.statuses:
        raise RuntimeError(f"answered {wrong or 'nothing'}; see {server.data_dir}/server.log")
    cpu_us = (server.cpu_s() - before) / done.statuses.total() * 1e6
    return Pace(done.rate, cpu_us, done.percentile(99))


def median(paces: list[Pace]) -> Pace:
    """Part by part."""
    return Pace(*(statistics.median(getattr(p, part) for p in paces) for part in Pace.__slots__))


def compared(
    name: str,
    ours_requests: tuple[Server, Callable[[], Iterator[bytes]]],
    floor: tuple[Server, Callable[[], Iterator[bytes]]],
    *,
    target: float,
    seconds: float,
) -> Row:
    """Ours and the floor in turns; medians of the rounds, the ratio of the medians."""
    rounds: list[list[Pace]] = [[], []]
    for _ in range(ROUNDS):
        for kept, (server, requests) in zip(rounds, (ours_requests, floor), strict=True):
            measured(server, requests(), 0.3)
            kept.append(measured(server, requests(), seconds))
    mine, other = median(rounds[0]), median(rounds[1])
    ratio = mine.rate / other.rate
    return Row(
        name, round(mine.rate), "req/s", round(other.rate), round(ratio, 2), f"≥ {target}",
        ratio >= target, round(mine.cpu_us), round(other.cpu_us), round(mine.p99_ms, 1),
    )  # fmt: skip


def scans(town: Server, folder: Path, tokens: list[str], seconds: float) -> Iterator[Row]:
    """The page after a scan, and the same as JSON, beside a bare handler with the same bytes.

    The handler knows the answer of each sign by its address. Each is scanned once before: what the
    first of its scans costs is a row of its own.
    """
    for name, path in (("scan JSON", "/m/v1/codes/{}"), ("scan page", "/c/{}")):
        first = measured(town, iter([get(path.format(token)) for token in tokens]), 3600)
        yield Row(f"{name}, a sign's first", round(first.cpu_us), "µs CPU")
        floor_file = folder / f"{name}.answer"
        answers = {path.format(token)[1:]: _answer_of(town, path.format(token)) for token in tokens}
        floor_file.write_bytes(pickle.dumps(answers))
        chosen = random.Random(7).choices(tokens, k=500)

        def requests(path: str = path, chosen: list[str] = chosen) -> Iterator[bytes]:
            turns = itertools.cycle(chosen)
            return (get(path.format(token)) for token in turns)

        with bare(folder / "bare", "bytes", str(floor_file)) as floor:
            yield compared(name, (town, requests), (floor, requests), target=0.7, seconds=seconds)


def submits(town: Server, floor: Server, code: str, target: float, name: str, s: float) -> Row:
    """A report without a photo."""
    body = json.dumps(record.REPORT | {"code": code}, ensure_ascii=False).encode()

    def requests() -> Iterator[bytes]:
        while True:
            yield post("/m/v1/cases", body)

    return compared(name, (town, requests), (floor, requests), target=target, seconds=s)


def get(path: str) -> bytes:
    return load.request("GET", path, X_Forwarded_For=somewhere())


def post(path: str, body: bytes, **headers: str) -> bytes:
    key = secrets.token_urlsafe(16)
    return load.request(
        "POST", path, body, X_Forwarded_For=somewhere(), Idempotency_Key=key, **headers
    )


def somewhere() -> str:
    """Phones call from many addresses; the limits count each."""
    return f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"


def _answer_of(town: Server, path: str) -> dict[str, Any]:
    """What ours answers, byte for byte, for the floor to answer the same."""
    import urllib.request

    headers = {"Accept-Encoding": "gzip", "X-Forwarded-For": somewhere()}
    asked = urllib.request.Request(f"http://127.0.0.1:{town.port}{path}", headers=headers)
    with urllib.request.urlopen(asked) as answer:
        packed = answer.headers.get("content-encoding")
        return {
            "body": answer.read(),
            "headers": {"content-encoding": packed} if packed else {},
            "type": answer.headers["content-type"],
        }


def demo_code(town: Path) -> str:
    """The sign at the first entrance of a town on SQLite."""
    return _tokens(town, "p.kind = 'entrance' ORDER BY p.path LIMIT 1")[0]


def tokens(town: Path, count: int) -> list[str]:
    """Signs at entrances, streets and shops, the same each time."""
    found = _tokens(town, "c.kind NOT IN ('household', 'staff') ORDER BY c.token")
    return random.Random(1).sample(found, count)


def _tokens(town: Path, where: str) -> list[str]:
    with sqlite3.connect(town / "mashang.db") as connection:
        found = connection.execute(
            "SELECT c.token FROM code c JOIN place p ON p.id = c.place_id"
            f" WHERE c.status = 'active' AND {where}"
        ).fetchall()
    return [token for (token,) in found]


def a_town(folder: Path, size: str, **settings: str) -> Path:
    """A demo town of that size in a folder of its own."""
    mashang(folder, "demo", "--size", size, demo="1", **settings)
    return folder


__all__ = ["ROUNDS", "Row", "a_town", "compared", "get", "ours", "post", "scans", "submits"]
