"""`scripts/bench`: every promise of speed, each beside its baseline from the same run."""

import argparse
import asyncio
import json
import pickle
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import growth
import moves
import record
import rows
import talking
from imports import import_row
from photos import photo_row
from plaques import plaque_row
from rows import Row
from servers import bare, ours, postgres

TOWN = {"demo": "1", "proxies": "1"}  # proxies: so that each phone has an address of its own


def main() -> int:
    asked = _arguments()
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    done: list[Row] = []
    try:
        for row in _rows(folder, asked):
            done.append(row)
            print(_line(row), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if asked.json:
        asked.json.write_text(json.dumps([row.plain() for row in done], indent=1))
    return 0


def _rows(folder: Path, asked: argparse.Namespace) -> Iterator[Row]:
    town = rows.a_town(folder / "town", "M")
    code = rows.demo_code(town)
    record_file = folder / "sqlite.record"
    shutil.copytree(town, folder / "floor")
    recorded = record.record(f"sqlite://{folder}/floor/mashang.db", folder / "floor/secrets", code)
    record_file.write_bytes(pickle.dumps(recorded["submit"]))
    with ours(town, **TOWN) as server:
        yield Row("start to ready, embedded", round(server.ready_s, 1), "s")
        tokens = rows.tokens(town, 500)
        for row in rows.scans(server, folder, tokens, asked.seconds):
            asks = recorded["scan"]["statements"] if row.baseline else None
            yield replace(row, statements=asks)
        yield Row("memory with the demo town", round(server.memory_mb()), "MB", target="≤ 150",
                  reached=server.memory_mb() <= 150)  # fmt: skip
        with bare(folder / "bare", "sqlite", str(record_file)) as floor:
            row = rows.submits(server, floor, code, 0.5, "submit, SQLite", asked.seconds)
            yield replace(row, statements=recorded["submit"]["statements"])
        yield photo_row(server)
    yield plaque_row()
    yield import_row(folder)
    # Staff say as much as they like, and two thousand residents come from one machine.
    with ours(town, **TOWN, limits="0") as server:
        with bare(folder / "bare", "echo") as floor:
            yield talking.round_trip(server, floor, code)
            yield talking.idle_sockets(server, floor, code)
    yield from _postgres_rows(folder, asked)
    if asked.scale:
        yield from _large_rows(folder, asked)


def _postgres_rows(folder: Path, asked: argparse.Namespace) -> Iterator[Row]:
    """A submit and a move on PostgreSQL, each beside the same statements sent by hand."""
    with postgres(folder / "pg") as url:
        data = folder / "grown"
        rows.a_town(data, "S", database_url=url)
        code = asyncio.run(moves.demo_code(url))
        recorded = record.record(url, data / "secrets", code)
        submit_file, move_file = folder / "submit.record", folder / "move.record"
        submit_file.write_bytes(pickle.dumps(recorded["submit"]))
        with (
            ours(data, database_url=url, **TOWN) as server,
            bare(folder / "bare", "postgres", str(submit_file)) as floor,
        ):
            row = rows.submits(server, floor, code, 0.7, "submit, PostgreSQL", asked.seconds)
            yield replace(row, statements=recorded["submit"]["statements"])
        # One grid worker accepts hundreds in a second here, which the limits would not let him.
        with ours(data, database_url=url, **TOWN, limits="0") as server:
            reports = moves.reported(server, url)
            move_file.write_bytes(pickle.dumps(recorded["move"] | {"cases": reports.floor}))
            with bare(folder / "bare", "postgres", str(move_file)) as floor:
                row = moves.move_row(server, floor, reports)
                yield replace(row, statements=recorded["move"]["statements"])


def _large_rows(folder: Path, asked: argparse.Namespace) -> Iterator[Row]:
    """The same lists in a town of a million cases."""
    paces = []
    for total in (10_000, 1_000_000):
        town = folder / f"large-{total}"
        shutil.copytree(folder / "town", town)
        growth.grow(town, total)
        with ours(town, **TOWN, limits="0") as server:
            paces.append(growth.lists(server, asked.seconds))
    yield from growth.list_rows(paces[1], paces[0], "1 M")


def _line(row: Row) -> str:
    reached = {True: "reached", False: "MISSED", None: ""}[row.reached]
    floor = f"floor {row.baseline:>7}" if row.baseline else ""
    floor += f" {row.baseline_cpu_us:>5} µs" if row.baseline_cpu_us else ""
    cpu = f"{row.cpu_us:>5} µs" if row.cpu_us else ""
    ratio = f"{row.ratio:.2f}" if row.ratio else ""
    asked = "" if row.statements is None else f"{row.statements} st."
    figure = f"{row.row:<28} {row.value:>7} {row.unit:<6} {cpu:>8} {asked:>5}"
    late = "" if row.p99_ms is None else f"p99 {row.p99_ms} ms"
    return f"{figure}  {floor:<24} {ratio:>5} {row.target:>7} {reached:<7} {late}".rstrip()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there as well")
    parser.add_argument("--seconds", type=float, default=3.0, help="of each round (3 rounds a row)")
    parser.add_argument("--scale", action="store_true", help="add the rows of a large town")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
