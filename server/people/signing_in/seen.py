"""Whom a token belongs to: asked at every request, so kept in memory for half a minute.

That sessions of an account ended is told to every server, and to whoever listens in one of them.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from server.base import cache, clock, database
from server.base.bus import Message
from server.base.relay import Relay
from server.base.unit import unit_of_work
from server.people.models import Session
from server.people.queries import plain_name
from server.people.signing_in.lifetimes import LIFETIMES, is_over

_KEPT_S = 30
_LISTENED_S = 3  # by then a listener is asked about, also where no server was told
_TOKEN_LIMIT = 100
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class SessionSeen:
    """Whom a token belongs to. What they may do, their posts say (`org.posts_of`)."""

    session_id: UUID
    account_id: UUID
    kind: str  # of the account: staff resident
    name: str
    lifetime: str
    began_at: datetime
    used_at: datetime
    expires_at: datetime
    raised_until: datetime | None


_known: dict[bytes, tuple[float, SessionSeen | None]] = cache.shelf()
_listened: dict[UUID, tuple[float, SessionSeen | None]] = cache.shelf()
_uses: dict[UUID, datetime] = cache.shelf()  # by session: the last use noted here
_unwritten: dict[UUID, datetime] = cache.shelf()
_ended: dict[UUID, datetime] = cache.shelf()  # found to be over, not yet written down
_askers: list[Callable[[UUID], None]] = []


async def session_of(token: str, *, using: bool = True) -> SessionSeen | None:
    """Who holds this token, or None: unknown, over, ended, or the account is disabled.

    `using` keeps the session from running out unused; a page that refreshes itself does not.
    """
    if not token or len(token) > _TOKEN_LIMIT:
        return None
    key = hashed(token)
    kept = _known.get(key)
    if kept is None or kept[0] <= time.monotonic():
        kept = (time.monotonic() + _KEPT_S, await _look_up("token_hash", key))
        _keep(key, kept)
    seen = kept[1]
    return seen if seen is not None and _is_open(seen, clock.now(), using=using) else None


async def goes_on(session_id: UUID) -> bool:
    """Whether this session opens anything still; listening in it is no use of it."""
    kept = _listened.get(session_id)
    if kept is None or kept[0] <= time.monotonic():
        if len(_listened) >= cache.MOST:
            _listened.clear()
        kept = (time.monotonic() + _LISTENED_S, await _look_up("id", session_id))
        _listened[session_id] = kept
    return kept[1] is not None and _is_open(kept[1], clock.now(), using=False)


def asker(ask_again: Callable[[UUID], None]) -> Callable[[UUID], None]:
    """Have this called with every account of which a session ended. Decorates a function of a
    module, which asks `goes_on` again for whoever listens."""
    _askers.append(ask_again)
    return ask_again


async def write_down_uses() -> None:
    """Write down when sessions were last used, and which were found to be over."""
    uses, over = dict(_unwritten), dict(_ended)
    changes: list[tuple[UUID, dict[str, Any]]] = [
        *((session_id, {"ended_at": at}) for session_id, at in over.items()),
        *((one, {"used_at": at}) for one, at in uses.items() if one not in over),
    ]
    for start in range(0, len(changes), _AT_ONCE):
        async with unit_of_work() as unit:
            for session_id, change in changes[start : start + _AT_ONCE]:
                where = {"id": session_id, "ended_at": None}
                unit.update(Session, where=where, set=change, expecting=None)
    for known, written in ((_unwritten, uses), (_ended, over)):
        for session_id, at in written.items():
            if known.get(session_id) == at:
                del known[session_id]


def hashed(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


def forget_account(account_id: UUID) -> None:
    """What is kept of an account's sessions is not so any more: here at once, on other servers as
    soon as they hear it."""
    _relay.tell({"account": str(account_id)})


def forget_token(key: bytes) -> None:
    """What is kept here of this token is not so any more."""
    _known.pop(key, None)


def last_use(session_id: UUID, written: datetime) -> datetime:
    """When a session was used last, if it was used later than is written down."""
    return max(written, _uses.get(session_id, written))


def _is_open(seen: SessionSeen, now: datetime, *, using: bool) -> bool:
    """Whether it still opens anything; if so and it is used, it has been used now."""
    if seen.session_id in _ended:
        return False
    used = last_use(seen.session_id, seen.used_at)
    if is_over(seen.lifetime, began=seen.began_at, used=used, ends=seen.expires_at, now=now):
        _ended[seen.session_id] = now
        return False
    if using and now - used >= LIFETIMES[seen.lifetime].noted:
        if len(_uses) >= cache.MOST:
            _uses.clear()
        _uses[seen.session_id] = _unwritten[seen.session_id] = now
    return True


def _keep(key: bytes, kept: tuple[float, SessionSeen | None]) -> None:
    if kept[1] is None:
        return  # Guessed tokens must not fill the memory.
    if len(_known) >= cache.MOST:
        _known.clear()
    _known[key] = kept


def _forget(message: Message) -> None:
    account_id = UUID(message["account"])
    shelves: tuple[dict[Any, tuple[float, SessionSeen | None]], ...] = (_known, _listened)
    for shelf in shelves:
        kept = list(shelf.items())
        for key in [key for key, (_, seen) in kept if seen and seen.account_id == account_id]:
            del shelf[key]
    for ask_again in _askers:
        ask_again(account_id)


async def _look_up(column: str, value: bytes | UUID) -> SessionSeen | None:
    row = await database.fetch_one(
        "SELECT s.id AS session_id, s.kind AS lifetime, s.created_at, s.used_at, s.expires_at,"
        " s.raised_until, a.id, a.kind, a.name, a.name_sealed"
        " FROM session s JOIN account a ON a.id = s.account_id"
        f" WHERE s.{column} = $1 AND s.ended_at IS NULL AND a.disabled_at IS NULL",
        value,
    )
    if row is None:
        return None
    return SessionSeen(
        session_id=row["session_id"],
        account_id=row["id"],
        kind=row["kind"],
        name=plain_name(row),
        lifetime=row["lifetime"],
        began_at=row["created_at"],
        used_at=row["used_at"],
        expires_at=row["expires_at"],
        raised_until=row["raised_until"],
    )


_relay = Relay("session", _forget)
carry = _relay.carry
