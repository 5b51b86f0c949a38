"""What a viewer has not read yet, and reading it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server.base import database
from server.base.unit import AnyOf, Unit, unit_of_work
from server.base.viewer import Viewer
from server.notices.models import InboxItem, Notice


@dataclass(frozen=True, slots=True)
class ToldOnce:
    """One delivered message."""

    at: datetime
    title: str
    body: str


async def all_told(account_id: UUID) -> list[ToldOnce]:
    """Everything this account was told, oldest first: for the person's own copy."""
    rows = await database.fetch(
        "SELECT at, title, body FROM inbox_item WHERE account_id = $1 ORDER BY id", account_id
    )
    return [ToldOnce(row["at"], row["title"], row["body"]) for row in rows]


def _mine(
    viewer: Viewer, key_hashes: Iterable[bytes], start: int, of: str = ""
) -> tuple[str, list[object]]:
    """The predicate "addressed to this viewer", for account, posts, units and keys."""
    parts: list[str] = []
    args: list[object] = []
    receivers: tuple[tuple[str, list[object]], ...] = (
        ("account_id", [viewer.account_id] if viewer.account_id else []),
        ("post_id", list(viewer.post_ids)),
        ("unit_id", list(viewer.unit_ids)),
        ("key_hash", list(key_hashes)),
    )
    for column, values in receivers:
        if values:
            listed, given = database.in_list(values, start=start + len(args))
            parts.append(f"{of}{column} IN {listed}")
            args += given
    return ("(" + " OR ".join(parts) + ")" if parts else "1 = 0"), args


def unread_here(
    viewer: Viewer, key_hashes: Iterable[bytes], *, start: int
) -> tuple[str, list[object]]:
    """What further to ask of `inbox_item i` so that only the viewer's unread messages are left.

    For a statement that reads them beside something else; its values are numbered from `start`.
    """
    mine, args = _mine(viewer, key_hashes, start, of="i.")
    return f" AND {mine} AND i.read_at IS NULL", args


async def unread_for_cases(
    viewer: Viewer, case_ids: Iterable[UUID], key_hashes: Iterable[bytes] = ()
) -> dict[UUID, list[str]]:
    """Titles of unread messages by case, oldest first."""
    wanted = list(case_ids)
    if not wanted:
        return {}
    listed, args = database.in_list(wanted, start=1)
    mine, more = _mine(viewer, key_hashes, 1 + len(args))
    rows = await database.fetch(
        f"SELECT case_id, title FROM inbox_item WHERE case_id IN {listed} AND {mine}"
        " AND read_at IS NULL ORDER BY id",
        *args,
        *more,
    )
    unread: dict[UUID, list[str]] = {}
    for row in rows:
        unread.setdefault(row["case_id"], []).append(row["title"])
    return unread


async def mark_read(
    viewer: Viewer, case_id: UUID, *, at: datetime, key_hashes: Iterable[bytes] = ()
) -> None:
    """The viewer has opened this case: its messages to them are read. Writes only if any wait."""
    mine, args = _mine(viewer, key_hashes, 2)
    rows = await database.fetch(
        f"SELECT id FROM inbox_item WHERE case_id = $1 AND {mine} AND read_at IS NULL",
        case_id,
        *args,
    )
    if not rows:
        return
    async with unit_of_work() as unit:
        ids = AnyOf(tuple(row["id"] for row in rows))
        unit.update(InboxItem, where={"id": ids}, set={"read_at": at}, expecting=None)


async def unread_texts(viewer: Viewer, text_keys: Iterable[str]) -> int:
    """How many messages of these texts wait for this viewer."""
    return len(await _unread_texts(viewer, text_keys))


async def mark_texts_read(viewer: Viewer, text_keys: Iterable[str], *, at: datetime) -> None:
    """The viewer has seen what these texts tell of. Writes only if any wait."""
    ids = await _unread_texts(viewer, text_keys)
    if not ids:
        return
    async with unit_of_work() as unit:
        unit.update(InboxItem, where={"id": AnyOf(ids)}, set={"read_at": at}, expecting=None)


async def _unread_texts(viewer: Viewer, text_keys: Iterable[str]) -> tuple[int, ...]:
    keys, values = database.in_list(text_keys, start=1)
    mine, args = _mine(viewer, (), 1 + len(values))
    rows = await database.fetch(
        f"SELECT id FROM inbox_item WHERE {mine} AND read_at IS NULL"
        f" AND notice_id IN (SELECT id FROM notice WHERE text_key IN {keys})",
        *values,
        *args,
    )
    return tuple(row["id"] for row in rows)


def forget_read(unit: Unit, case_id: UUID, key_hash: bytes) -> None:
    """Put into the unit: nothing is left of what the holder of this key was told of a case."""
    unit.delete(InboxItem, where={"case_id": case_id, "key_hash": key_hash})


async def forget_account(account_id: UUID) -> None:
    """Nothing is left of what this account was told, nor of what it was going to be told."""
    told = await database.fetch(
        "SELECT notice_id AS id FROM inbox_item WHERE account_id = $1"
        " UNION SELECT id FROM notice WHERE run_at IS NOT NULL AND account_id = $1",
        account_id,
    )
    async with unit_of_work().models():
        await InboxItem.filter(account_id=account_id).delete()
        await Notice.filter(id__in=[row["id"] for row in told]).delete()
