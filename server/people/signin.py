"""Signing in and out: opaque tokens, of which only the hash is kept, and who a token belongs to."""

import hashlib
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from server.base import cache, clock, database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.people import passwords
from server.people.errors import NoSuchPersona, SignInRefused
from server.people.models import Session
from server.people.queries import plain_name

LASTS = {"staff": timedelta(days=3), "resident": timedelta(days=30), "demo": timedelta(days=1)}
_KEPT_S = 30
_TOKEN_LIMIT = 100


@dataclass(frozen=True, slots=True)
class SignIn:
    """A fresh sign-in: the token, told once, and whose it is."""

    token: str
    session_id: UUID
    account_id: UUID
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class SessionSeen:
    """Whom a token belongs to. What they may do, their posts say (`org.posts_of`)."""

    session_id: UUID
    account_id: UUID
    kind: str  # of the account: staff resident
    name: str
    expires_at: datetime


_known: dict[bytes, tuple[float, SessionSeen | None]] = cache.shelf()


async def sign_in_staff(login: str, password: str) -> SignIn:
    """By name and password. Raises SignInRefused, the same and as slowly for an unknown name."""
    row = await database.fetch_one(
        "SELECT id, kind, name, name_sealed, password_hash FROM account"
        " WHERE login = $1 AND kind = 'staff' AND disabled_at IS NULL",
        login.strip().lower()[:40],
    )
    if not await passwords.matches(row["password_hash"] if row else None, password) or row is None:
        raise SignInRefused
    return await _begin(row, "staff")


async def sign_in_demo(persona: str) -> SignIn:
    """As one of the demo's personas. Only the demo's route may ask. Raises NoSuchPersona."""
    row = await database.fetch_one(
        "SELECT id, kind, name, name_sealed FROM account"
        " WHERE persona = $1 AND disabled_at IS NULL",
        persona[:40],
    )
    if row is None:
        raise NoSuchPersona
    return await _begin(row, "demo")


async def session_of(token: str) -> SessionSeen | None:
    """Who holds this token, or None: unknown, expired, ended, or the account is disabled."""
    if not token or len(token) > _TOKEN_LIMIT:
        return None
    hashed = _hashed(token)
    kept = _known.get(hashed)
    if kept is None or kept[0] <= time.monotonic():
        kept = (time.monotonic() + _KEPT_S, await _look_up(hashed))
        _keep(hashed, kept)
    seen = kept[1]
    if seen is not None and seen.expires_at <= clock.now():
        await end_session(token)  # For good: a clock that is set back must not open it again.
        return None
    return seen


async def end_session(token: str) -> None:
    """Sign out. Here at once, in other processes within half a minute."""
    hashed = _hashed(token)
    async with unit_of_work() as unit:
        unit.update(
            Session,
            where={"token_hash": hashed, "ended_at": None},
            set={"ended_at": clock.now()},
            expecting=None,
        )
    _known.pop(hashed, None)


async def old_sessions(before: datetime) -> int:
    """How many sign-ins were over before then, by the clock or by signing out."""
    return sum([len(ids) async for ids in _over(before)])


async def forget_sessions(before: datetime) -> int:
    """Drop them; how many that were."""
    dropped = 0
    async for ids in _over(before):
        async with unit_of_work().models():
            dropped += await Session.filter(id__in=ids).delete()
    return dropped


async def _over(before: datetime) -> AsyncIterator[list[UUID]]:
    async for rows in database.older("session", "expires_at, ended_at", "created_at", before):
        ends = {row["id"]: row["ended_at"] or row["expires_at"] for row in rows}
        if ids := [key for key, end in ends.items() if end < before]:
            yield ids


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()


def _keep(hashed: bytes, kept: tuple[float, SessionSeen | None]) -> None:
    if kept[1] is None:
        return  # Guessed tokens must not fill the memory.
    if len(_known) >= cache.MOST:
        _known.clear()
    _known[hashed] = kept


async def _begin(row: dict[str, Any], kind: str) -> SignIn:
    token, now, session_id = secrets.token_urlsafe(32), clock.now(), new_id()
    async with unit_of_work() as unit:
        unit.insert(
            Session,
            id=session_id,
            account_id=row["id"],
            token_hash=_hashed(token),
            kind=kind,
            created_at=now,
            expires_at=now + LASTS[kind],
        )
    return SignIn(token, session_id, row["id"], row["kind"], plain_name(row))


async def _look_up(hashed: bytes) -> SessionSeen | None:
    row = await database.fetch_one(
        "SELECT s.id AS session_id, s.expires_at, a.id, a.kind, a.name, a.name_sealed"
        " FROM session s JOIN account a ON a.id = s.account_id"
        " WHERE s.token_hash = $1 AND s.ended_at IS NULL AND a.disabled_at IS NULL",
        hashed,
    )
    if row is None:
        return None
    return SessionSeen(
        row["session_id"], row["id"], row["kind"], plain_name(row), row["expires_at"]
    )
