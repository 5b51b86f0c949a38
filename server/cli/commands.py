"""All commands in one place, and what a person is told when one cannot go on."""

import argparse
import logging
import os
import socket
import sys
from collections.abc import Sequence

import asyncpg

from server.base.errors import Unavailable
from server.base.keyring import SealError
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
# What a wrong or missing PostgreSQL says when we knock; SQLite has no door.
UNREACHABLE = (ConnectionError, socket.gaierror, TimeoutError, asyncpg.PostgresError, Unavailable)


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
    except (Stop, SettingsError, SealError) as sentence:
        print(f"mashang: {sentence}", file=sys.stderr)
        return 2
    except UNREACHABLE as cause:
        print(f"mashang: the database does not answer: {cause}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    finally:
        sys.stdout.flush()
    return code


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
