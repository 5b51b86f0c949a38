"""`mashang migrate` and `demo`: bring a town up to date, fill it."""

import argparse
import asyncio
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from server import catalogue, demo, org, privacy, trust, wiring
from server.base import clock, database, schema
from server.base.unit import Duplicate
from server.cli.folders import make_folders
from server.cli.options import Commands, Stop, command, opened, settings_for
from server.settings import Settings

MIGRATE = """\
Make the database's schema current. `mashang serve` does this by itself; with several machines run
it once before the new version starts. Safe to run twice, and from two places at once.
"""
DEMO = """\
Fill an empty database with the demo town: the same town every time, everything in it invented.
Size S is for tests, M is a real district: 56 grids, 19,432 rooms, 3,000 cases of half a year.
"""


def add_commands(commands: Commands) -> None:
    command(commands, "migrate", do_migrate, "make the database current", MIGRATE)
    load = command(commands, "demo", do_demo, "load the demo town", DEMO)
    load.add_argument("--size", choices=("S", "M"), default="M", help="S is small, M a district")


def do_migrate(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    chosen = settings_for(asked, environment)
    make_folders(chosen)
    asyncio.run(prepare(chosen, fill=False))
    return 0


def do_demo(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    chosen = settings_for(asked, environment)
    make_folders(chosen)
    loaded = asyncio.run(prepare(chosen, fill=True, size=asked.size, insist=True))
    return 0 if loaded else 1


async def prepare(chosen: Settings, *, fill: bool, size: str = "M", insist: bool = False) -> bool:
    """Make the schema current and load the demo into an empty town; is it a demo town now?"""
    _clear_half_loaded(chosen)
    async with opened(chosen):
        for name in await database.migrate():
            print(f"migrated: {name}", flush=True)
        await trust.open_epoch(wiring.ANCHORED, clock.now())
        if again := await privacy.erase_again():
            print(f"erased again, as before this backup was restored: {again:,}", flush=True)
        if fill and await _may_fill(insist):
            await _fill(chosen, size)
        await _furnish()
        return (await org.town()).demo


async def _may_fill(insist: bool) -> bool:
    staffed = await database.fetch_value("SELECT 1 AS one FROM account LIMIT 1")
    empty = not staffed and await demo.is_empty()
    if insist and not empty:
        raise Stop("this database is not empty; the demo town only goes into an empty one.")
    return empty


async def _fill(chosen: Settings, size: str) -> None:
    print(f"Loading the demo town, size {size} …", flush=True)
    _mark(chosen).touch()
    loaded = await demo.load(size, clock.now())
    _mark(chosen).unlink()
    print(", ".join(f"{count:,} {name}" for name, count in loaded.counts.items()))
    print(f"Loaded in {loaded.seconds:.1f} s.", flush=True)


async def _furnish() -> None:
    """What every town starts with unless it has its own: the catalogue, the holidays published."""
    this_year = clock.now().year
    with suppress(Duplicate):  # Another server that starts in this moment was faster.
        await catalogue.seed()
    with suppress(Duplicate):
        await org.seed_holidays(this_year - 1, this_year + 1)


def _mark(chosen: Settings) -> Path:
    """Lies in the data folder while the demo town is being loaded into an empty database."""
    return chosen.data_dir / "demo-half-loaded"


def _clear_half_loaded(chosen: Settings) -> None:
    """Begin again where the last loading of the demo town was interrupted."""
    mark = _mark(chosen)
    if not mark.exists():
        return
    path = schema.sqlite_path(chosen.database_url)
    if path is None:
        raise Stop(f"the demo town is half loaded: empty that database, then delete {mark}.")
    print("The demo town was half loaded; loading it again.", flush=True)
    for file in (path, f"{path}-wal", f"{path}-shm"):
        Path(file).unlink(missing_ok=True)
    mark.unlink()
