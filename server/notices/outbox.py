"""The outbox: a message is a row of the unit that caused it; the worker delivers it, with patience.

At least once, with a dedupe key, so once for the person. Where a channel reaches outside, a crash
gives the row back when its lease ends. A channel that fails is tried again ever later, and after
the last time the row is dead and stays, for people to see.
"""

import asyncio
import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from msgspec import Struct

from server.base import clock, database, meters
from server.base.unit import AnyOf, LostRace, Unit, unit_of_work
from server.notices.channels import CHANNELS, Channel
from server.notices.models import Notice
from server.notices.taken import Taken

LEASE = timedelta(seconds=60)
BATCH = 100
_KEY_LIMIT = 100  # of the column
GATHER_S = 0.2  # nobody minds it, and under load a hundred messages cost what one does
# Seconds to wait after each failure; after the last the message is dead.
BACK_OFF = (5, 30, 120, 300, 300, 600, 900, 1800, 3600, 7200, 14400, 28800)

_ANY = datetime(2000, 1, 1, tzinfo=UTC)  # before any message: lets the index on run_at be used

_WAITING = {"done_at": None, "dead_at": None}  # whoever looked before may come too late

log = logging.getLogger("mashang.notices")
_TAKEN = ", ".join(f'"{field.name}"' for field in fields(Taken))
_awake: set[asyncio.Event] = set()


class Receiver(Struct, frozen=True):
    """Exactly one of four: an account, a post, a whole unit, or whoever holds a case key."""

    account_id: UUID | None = None
    post_id: UUID | None = None
    unit_id: UUID | None = None
    key_hash: bytes | None = None

    @property
    def label(self) -> str:
        """The same receiver always has the same label: part of the dedupe key."""
        if self.key_hash is not None:
            return "k" + self.key_hash.hex()[:32]
        known = self.account_id or self.post_id or self.unit_id
        return str(known)


def tell(
    unit: Unit,
    *,
    to: Receiver,
    text_key: str,
    values: Mapping[str, str],
    case_id: UUID | None,
    occasion: str,
    at: datetime,
) -> None:
    """Put one message into the unit. `occasion` (such as a version) makes it unlike any other.

    Where it is about no case, `occasion` says what it is about.

    The same receiver is told the same thing once per occasion. The outbox wakes after commit.
    """
    unit.insert(
        Notice,
        or_ignore=True,
        dedupe_key=_key(f"{case_id or ''}:{occasion}:{text_key}:{to.label}"),
        channel="inbox",
        account_id=to.account_id,
        post_id=to.post_id,
        unit_id=to.unit_id,
        key_hash=to.key_hash,
        case_id=case_id,
        text_key=text_key,
        values=dict(values),
        created_at=at,
        run_at=at,
    )
    unit.after_commit(wake)


def _key(whole: str) -> str:
    """As it is where it fits; else its beginning, for people, and a hash of the whole: of two
    receivers made in one import the ids differ only at the end.
    """
    if len(whole) <= _KEY_LIMIT:
        return whole
    return f"{whole[:35]}~{hashlib.sha256(whole.encode()).hexdigest()}"


def wake() -> None:
    """There is something to deliver."""
    for event in _awake:
        event.set()


async def woken(within_s: float) -> None:
    """Sleep until there is something to deliver, or until a look is due anyway.

    Whoever is woken waits a moment longer, so that what is told meanwhile is delivered with it.
    """
    event = asyncio.Event()
    _awake.add(event)
    try:
        await asyncio.wait_for(event.wait(), within_s)
        await asyncio.sleep(GATHER_S)
    except TimeoutError:
        return
    finally:
        _awake.discard(event)


async def deliver_due(now: datetime | None = None) -> int:
    """Deliver a batch of what is due; the number taken. Call again until it is 0."""
    now = now or clock.now()
    due = await database.fetch(
        f"SELECT {_TAKEN} FROM notice WHERE run_at <= $1 ORDER BY run_at, id LIMIT {BATCH}",
        now,
    )
    by_channel: dict[str, list[Taken]] = {}
    for row in due:
        by_channel.setdefault(row["channel"], []).append(Taken(**row))
    for name, batch in by_channel.items():
        channel = CHANNELS.get(name, _UNKNOWN)
        if channel.outside:
            batch = await _leased(batch, now)
        await _deliver(channel, batch, now)
    return len(due)


async def _nobody_knows(taken: Sequence[Taken], now: datetime) -> None:
    """A channel of another version of the town."""
    raise LookupError(taken[0].channel)


_UNKNOWN = Channel(_nobody_knows, outside=False)


async def count_waiting() -> int:
    """How many messages are not delivered yet; those given up do not wait."""
    return int(
        await database.fetch_value("SELECT count(*) AS n FROM notice WHERE run_at > $1", _ANY)
    )


async def _leased(batch: list[Taken], now: datetime) -> list[Taken]:
    """Take a batch under a lease: whoever dies holding it gives it back when the lease ends.

    Of two workers who want the same rows the later finds another lease on them.
    """
    held: dict[str | None, list[int]] = {}
    for notice in batch:
        held.setdefault(notice.lease, []).append(notice.id)
    lease = str(uuid4())
    async with unit_of_work() as unit:
        for before, ids in held.items():
            unit.update(
                Notice,
                where={"id": AnyOf(tuple(ids)), "lease": before} | _WAITING,
                set={"lease": lease, "run_at": now + LEASE},
                expecting=None,
            )
    marks, wanted = database.in_list([notice.id for notice in batch], start=2)
    rows = await database.fetch(
        f"SELECT id FROM notice WHERE lease = $1 AND id IN {marks}", lease, *wanted
    )
    ours = {row["id"] for row in rows}
    return [replace(notice, lease=lease) for notice in batch if notice.id in ours]


async def _deliver(channel: Channel, batch: list[Taken], now: datetime) -> None:
    """All at once; where that fails, one by one, so that only the guilty waits."""
    if not batch:
        return
    try:
        await channel.deliver(batch, now)
    except Exception as error:  # any failure of a channel is one more try, never a lost message
        if len(batch) > 1:
            for notice in batch:
                await _deliver(channel, [notice], now)
        elif not isinstance(error, LostRace):  # else another worker has delivered it
            log.warning("notice %s not delivered: %r", batch[0].id, error)
            await _postpone(batch[0], now, error)


async def _postpone(notice: Taken, now: datetime, error: Exception) -> None:
    last = notice.tries >= len(BACK_OFF)
    wait = None if last else now + timedelta(seconds=BACK_OFF[notice.tries])
    if last:
        meters.NOTICES_GIVEN_UP.inc()
    async with unit_of_work() as unit:
        unit.update(
            Notice,
            where={"id": notice.id, "lease": notice.lease, "tries": notice.tries} | _WAITING,
            set={
                "tries": notice.tries + 1,
                "run_at": wait,
                "lease": None,
                "dead_at": now if last else None,
                "last_error": repr(error)[:200],
            },
            expecting=None,
        )
