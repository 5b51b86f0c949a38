"""All commands in one place, and what a person is told when one cannot go on."""

import argparse
import logging
import os
import socket
import sqlite3
import sys
from collections.abc import Sequence

import asyncpg

from server.base.errors import Unavailable
from server.base.keyring import SealError
from server.base.migrating import LOCK_LIMIT_S
from server.base.pen import is_broken, is_trouble
from server.cli import admin, codes, forgetting, keys, proof, serving, town, workbooks
from server.cli.options import Stop
from server.settings import SettingsError

ABOUT = """\
码上 Mashang: scan the code at a place, and at once report, praise or reach who is responsible.

  mashang serve                     start the server; an empty embedded database gets the demo town
  mashang serve --empty             start it with nothing in it
  mashang staff add wang 王敏 …      make the first administrator, or anyone else on the staff
  mashang import town.xlsx          set up a town from Excel; --template makes the workbook
  mashang check                     replay every case, verify every chain and anchor
"""
NOTE = """\
Every setting is an environment variable MASHANG_…; docs/operating.md lists them. Options given here
win over variables. Data of the embedded form (database, photos, keys) lies in MASHANG_DATA_DIR.
"""
HELD = (
    f"a table that is to be changed was held by somebody else for {LOCK_LIMIT_S} s; nothing of that"
    " migration was done. Try `mashang migrate` again in a quieter minute, or with the servers"
    " stopped."
)
# What a wrong or missing PostgreSQL says when we knock, and a SQLite file nobody can use.
UNREACHABLE = (
    ConnectionError,
    socket.gaierror,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    Unavailable,
)


def run(words: Sequence[str] | None = None) -> int:
    """Do what one command line asks; the exit code."""
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    top = parser()
    asked = top.parse_args(words)
    if not hasattr(asked, "do"):
        top.print_help()
        return 2
    try:
        code: int = asked.do(asked, os.environ)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return _unheard()
    except Exception as cause:
        if (sentence := _sentence(cause)) is None:
            raise
        print(f"mashang: {sentence}", file=sys.stderr)
        return 2
    return code


def _sentence(cause: Exception) -> str | None:
    """What a person reads of it; None for a mistake of ours."""
    match cause:
        case Stop() | SettingsError() | SealError():
            return str(cause)
        case asyncpg.LockNotAvailableError():
            return HELD
        case _ if isinstance(cause, UNREACHABLE):
            return f"the database of MASHANG_DATABASE_URL cannot be used: {_reason(cause)}"
        case sqlite3.DatabaseError() if is_trouble(cause) or is_broken(cause):
            return f"the database of MASHANG_DATABASE_URL cannot be used: {cause}"
        case OSError():
            return str(cause)
    return None


def _reason(cause: BaseException) -> str:
    """What lies under it, by name where it says nothing."""
    while isinstance(cause, Unavailable) and cause.__cause__ is not None:
        cause = cause.__cause__
    return str(cause) or type(cause).__name__


def _unheard() -> int:
    """Whoever read what was printed has left, as `head` does: nothing more is said."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def parser() -> argparse.ArgumentParser:
    """All commands with their help."""
    top = argparse.ArgumentParser(
        prog="mashang",
        description=ABOUT,
        epilog=NOTE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(metavar="COMMAND")
    for each in (serving, town, workbooks, admin, codes, proof, keys, forgetting):
        each.add_commands(commands)
    return top
