"""What every command shares: where data lies, the settings, a way to stop with one sentence."""

import argparse
import asyncio
import getpass
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from server import settings
from server.base import database, keyring, schema, seal
from server.cli.folders import make_folders
from server.main import close_town, open_town
from server.settings import Settings

Commands = Any  # argparse names the type of add_subparsers() only privately
FIRST = "0001_initial"
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
        async with opened(chosen):
            if pending := await database.pending():
                named = f"{', '.join(pending[:3])}{' …' if len(pending) > 3 else ''}"
                raise Stop(f"the database needs `mashang migrate` first: {named}")
            return await work()

    return asyncio.run(do())


@asynccontextmanager
async def opened(chosen: Settings) -> AsyncIterator[None]:
    """The town, open until the block ends; its folders are there.

    Raises Stop where its keys are not: new ones would open nothing and be taken for its own.
    """
    missing = keyring.missing(chosen.secrets_dir)
    await open_town(chosen)
    try:
        if missing and await _has_begun():
            keyring.remove(key for key in seal.sealer().keys.keys if key.kind in missing)
            raise Stop(
                f"MASHANG_SECRETS_DIR: {chosen.secrets_dir} lacks keys of this town"
                f" ({', '.join(sorted(missing))}): put their backup there."
                " If they are lost for good: `mashang keys begin`."
            )
        yield
    finally:
        await close_town()


async def _has_begun() -> bool:
    if FIRST in await database.pending():
        return False
    return bool(await database.fetch_value("SELECT 1 AS one FROM account LIMIT 1"))
