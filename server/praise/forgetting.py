"""Letting go of praise: with an account that is erased, and when its time is over."""

from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from uuid import UUID

from server.base import changes, database
from server.base.unit import AnyOf, unit_of_work
from server.praise.models import Praise

NOTHING_LEFT = {"account_id": None, "text": "", "reason": "", "flag": ""}


async def forget_account(account_id: UUID) -> int:
    """Nothing tells any more who gave it or what was written; what still waited is withdrawn.

    How many these were. Twice is as good as once.
    """
    rows = await database.fetch(
        "SELECT id, covers_path, state FROM praise WHERE account_id = $1", account_id
    )
    await _forget(rows)
    return len(rows)


async def old_praises(before: datetime) -> int:
    """How many praises from before then still tell who gave them."""
    return sum([len(_of_somebody(rows)) async for rows in _older(before)])


async def forget_praises(before: datetime) -> int:
    """Take who gave them and their words away; how many that were. They go on counting."""
    forgotten = 0
    async for rows in _older(before):
        kept = _of_somebody(rows)
        await _forget(kept)
        forgotten += len(kept)
    return forgotten


def _older(before: datetime) -> AsyncIterator[list[database.Row]]:
    return database.older("praise", "covers_path, state, account_id", "given_at", before)


def _of_somebody(rows: list[database.Row]) -> list[database.Row]:
    return [row for row in rows if row["account_id"] is not None]


async def _forget(rows: list[database.Row]) -> None:
    """What was read as waiting may have been accepted since: it is withdrawn, and the signs it
    came to stand on are made anew like those of the others.
    """
    waiting = tuple(row["id"] for row in rows if row["state"] == "waiting")
    others = tuple(row["id"] for row in rows if row["state"] != "waiting")
    async with unit_of_work() as unit:
        if waiting:
            withdrawn = NOTHING_LEFT | {"state": "withdrawn"}
            unit.update(Praise, where={"id": AnyOf(waiting)}, set=withdrawn, expecting=None)
        if others:
            unit.update(Praise, where={"id": AnyOf(others)}, set=NOTHING_LEFT, expecting=None)
        shown = {row["covers_path"] for row in rows if row["state"] in ("accepted", "waiting")}
        for path in shown - {""}:
            unit.after_commit(partial(changes.changed, path))
