"""What every command shares: where data lies, the settings, a way to stop with one sentence."""

import argparse
import asyncio
import getpass
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any

from server import settings
from server.base import database, schema
from server.cli.folders import make_folders
from server.main import close_town, open_town
from server.settings import Settings

Commands = Any  # argparse names the type of add_subparsers() only privately
Do = Callable[[argparse.Namespace, Mapping[str, str]], int]


class Stop(Exception):
    """The command cannot go on; the sentence says why and what to do."""


def command(commands: Commands, name: str, do: Do, short: str, long: str) -> Any:
    """One command, with where its data lies."""
    made = commands.add_parser(
        name,
        help=short,
        description=long,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "--data", metavar="DIR", type=Path, help="where database, photos and keys are kept"
    )
    made.set_defaults(do=do)
    return made


def settings_for(
    asked: argparse.Namespace, environment: Mapping[str, str], **more: str
) -> Settings:
    """The settings, with what was given as options in front."""
    given = {"MASHANG_DATA_DIR": str(asked.data.absolute())} if asked.data else {}
    return settings.read({**environment, **given, **more})


def operator() -> str:
    """Who types this, for the record of what was done."""
    return f"operator {getpass.getuser()}"[:40]


def in_town(chosen: Settings, work: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Open the town, do the work, close it; the exit code."""

    path = schema.sqlite_path(chosen.database_url)
    if path is not None and not Path(path).exists():
        raise Stop(f"there is no town at {path}: say where with --data DIR, or `mashang serve`.")
    make_folders(chosen)

    async def do() -> int:
        await open_town(chosen)
        try:
            if pending := await database.pending():
                named = f"{', '.join(pending[:3])}{' …' if len(pending) > 3 else ''}"
                raise Stop(f"the database needs `mashang migrate` first: {named}")
            return await work()
        finally:
            await close_town()

    return asyncio.run(do())
