"""Sessions: opaque tokens of which only the hash is kept, whom one belongs to, and their end."""

import hashlib
import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from server.base import cache, clock, database
from server.base.ids import new_id
from server.base.unit import LostRace, Unit, unit_of_work
from server.base.viewer import Viewer
from server.people.errors import NoSuchSession
from server.people.models import Session
from server.people.queries import plain_name
from server.people.signing_in.lifetimes import LIFETIMES, RAISED, is_over

_KEPT_S = 30
_TOKEN_LIMIT = 100
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class SignIn:
    """A fresh sign-in: the token, told once, and whose it is."""

    token: str
    session_id: UUID
    account_id: UUID
    kind: str  # of the account: staff resident
    name: str
    lifetime: str  # staff field resident demo


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


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One of a person's sessions, for the person to look through."""

    id: UUID
    device: str
    since: datetime
    used_at: datetime
    me: bool


_known: dict[bytes, tuple[float, SessionSeen | None]] = cache.shelf()
_uses: dict[UUID, datetime] = cache.shelf()  # by session: the last use noted here
_unwritten: dict[UUID, datetime] = cache.shelf()
_ended: dict[UUID, datetime] = cache.shelf()  # found to be over, not yet written down


def begin(
    unit: Unit, account: dict[str, Any], lifetime: str, *, device: str = "", raised: bool = False
) -> SignIn:
    """Put a new session of this account (a row with id, kind and names) into the unit."""
    token, now, session_id = secrets.token_urlsafe(32), clock.now(), new_id()
    unit.insert(
        Session,
        id=session_id,
        account_id=account["id"],
        token_hash=hashed(token),
        kind=lifetime,
        device=device[:40],
        created_at=now,
        used_at=now,
        expires_at=now + LIFETIMES[lifetime].whole,
        raised_until=now + RAISED if raised else None,
    )
    return SignIn(token, session_id, account["id"], account["kind"], plain_name(account), lifetime)


async def session_of(token: str, *, using: bool = True) -> SessionSeen | None:
    """Who holds this token, or None: unknown, over, ended, or the account is disabled.

    `using` keeps the session from running out unused; a page that refreshes itself does not.
    """
    if not token or len(token) > _TOKEN_LIMIT:
        return None
    key = hashed(token)
    kept = _known.get(key)
    if kept is None or kept[0] <= time.monotonic():
        kept = (time.monotonic() + _KEPT_S, await _look_up(key))
        _keep(key, kept)
    seen = kept[1]
    return seen if seen is not None and _is_open(seen, clock.now(), using=using) else None


async def end_session(token: str) -> None:
    """Sign out. Here at once, in other processes within half a minute."""
    key = hashed(token)
    async with unit_of_work() as unit:
        unit.update(
            Session,
            where={"token_hash": key, "ended_at": None},
            set={"ended_at": clock.now()},
            expecting=None,
        )
    _known.pop(key, None)


async def list_sessions(viewer: Viewer) -> list[SessionRow]:
    """The viewer's own sessions that are not over, the last used first."""
    now = clock.now()
    rows = await database.fetch(
        "SELECT id, kind, device, created_at, used_at, expires_at FROM session"
        " WHERE account_id = $1 AND ended_at IS NULL",
        viewer.account_id,
    )
    found = [
        SessionRow(
            row["id"], row["device"], row["created_at"], used, row["id"] == viewer.session_id
        )
        for row in rows
        if (used := max(row["used_at"], _uses.get(row["id"], row["used_at"])))
        and not is_over(
            row["kind"], began=row["created_at"], used=used, ends=row["expires_at"], now=now
        )
    ]
    return sorted(found, key=lambda one: (one.me, one.used_at), reverse=True)


async def end_own_session(session_id: UUID, viewer: Viewer) -> None:
    """End one of the viewer's own sessions. Raises NoSuchSession where it is not theirs."""
    try:
        async with unit_of_work() as unit:
            unit.update(
                Session,
                where={"id": session_id, "account_id": viewer.account_id, "ended_at": None},
                set={"ended_at": clock.now()},
            )
    except LostRace:
        raise NoSuchSession from None
    _forget({session_id})


async def end_other_sessions(viewer: Viewer) -> int:
    """End every session of the viewer but the one they look from; how many."""
    others = {one.id for one in await list_sessions(viewer) if not one.me}
    now = clock.now()
    async with unit_of_work() as unit:
        for session_id in others:
            unit.update(Session, where={"id": session_id}, set={"ended_at": now}, expecting=None)
    _forget(others)
    return len(others)


def end_sessions_of(unit: Unit, account_id: UUID) -> None:
    """End every session of an account; here at once when the unit is on disk."""
    unit.update(
        Session,
        where={"account_id": account_id, "ended_at": None},
        set={"ended_at": clock.now()},
        expecting=None,
    )
    unit.after_commit(lambda: forget_account(account_id))


def delete_sessions_of(unit: Unit, account_id: UUID) -> None:
    """Leave no trace of where somebody was signed in."""
    unit.delete(Session, where={"account_id": account_id})
    unit.after_commit(lambda: forget_account(account_id))


async def raise_session(token: str) -> tuple[str, datetime]:
    """Let a session count as raised for ten minutes: its new token, and until when.

    Its token changes, so that whoever got hold of the old one gained nothing. Raises NoSuchSession
    where somebody else changed or ended it first.
    """
    now, fresh, old = clock.now(), secrets.token_urlsafe(32), hashed(token)
    try:
        async with unit_of_work() as unit:
            unit.update(
                Session,
                where={"token_hash": old, "ended_at": None},
                set={"token_hash": hashed(fresh), "raised_until": now + RAISED},
            )
    except LostRace:
        raise NoSuchSession from None
    _known.pop(old, None)
    return fresh, now + RAISED


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


async def close_over(now: datetime) -> None:
    """Mark what is over as ended, so that a clock set back finds nothing to open again."""
    async with unit_of_work().models():
        still = Session.filter(ended_at=None)
        await still.filter(expires_at__lte=now).update(ended_at=now)
        for kind, lifetime in LIFETIMES.items():
            unused = still.filter(kind=kind, used_at__lte=now - lifetime.idle)
            await unused.update(ended_at=now)


async def old_sessions(before: datetime) -> int:
    """How many sign-ins were over before then."""
    return await Session.filter(_over(before)).count()


async def forget_sessions(before: datetime) -> int:
    """Drop them; how many that were."""
    async with unit_of_work().models():
        return await Session.filter(_over(before)).delete()


def _over(before: datetime) -> Q:
    return Q(ended_at__lt=before) | Q(expires_at__lt=before)


def hashed(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


def forget_account(account_id: UUID) -> None:
    """What is kept here of an account's sessions is not so any more."""
    _drop([key for key, (_, seen) in _known.items() if seen and seen.account_id == account_id])


def _is_open(seen: SessionSeen, now: datetime, *, using: bool) -> bool:
    """Whether it still opens anything; if so and it is used, it has been used now."""
    if seen.session_id in _ended:
        return False
    used = max(seen.used_at, _uses.get(seen.session_id, seen.used_at))
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


def _forget(session_ids: set[UUID]) -> None:
    _drop([key for key, (_, seen) in _known.items() if seen and seen.session_id in session_ids])


def _drop(keys: list[bytes]) -> None:
    for key in keys:
        del _known[key]


async def _look_up(key: bytes) -> SessionSeen | None:
    row = await database.fetch_one(
        "SELECT s.id AS session_id, s.kind AS lifetime, s.created_at, s.used_at, s.expires_at,"
        " s.raised_until, a.id, a.kind, a.name, a.name_sealed"
        " FROM session s JOIN account a ON a.id = s.account_id"
        " WHERE s.token_hash = $1 AND s.ended_at IS NULL AND a.disabled_at IS NULL",
        key,
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
