"""Sessions: opaque tokens of which only the hash is kept; their beginning, list and end."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from server.base import clock, database
from server.base.ids import new_id
from server.base.unit import LostRace, Unit, unit_of_work
from server.base.viewer import Viewer
from server.people.errors import NoSuchSession
from server.people.models import Session
from server.people.queries import plain_name
from server.people.signing_in import seen
from server.people.signing_in.lifetimes import LIFETIMES, RAISED, is_over


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
class SessionRow:
    """One of a person's sessions, for the person to look through."""

    id: UUID
    device: str
    since: datetime
    used_at: datetime
    me: bool


def begin(
    unit: Unit, account: dict[str, Any], lifetime: str, *, device: str = "", raised: bool = False
) -> SignIn:
    """Put a new session of this account (a row with id, kind and names) into the unit."""
    token, now, session_id = secrets.token_urlsafe(32), clock.now(), new_id()
    unit.insert(
        Session,
        id=session_id,
        account_id=account["id"],
        token_hash=seen.hashed(token),
        kind=lifetime,
        device=device[:40],
        created_at=now,
        used_at=now,
        expires_at=now + LIFETIMES[lifetime].whole,
        raised_until=now + RAISED if raised else None,
    )
    return SignIn(token, session_id, account["id"], account["kind"], plain_name(account), lifetime)


async def end_session(token: str) -> None:
    """Sign out. Here at once, in other processes as soon as they hear it."""
    key, ending = seen.hashed(token), await seen.session_of(token, using=False)
    async with unit_of_work() as unit:
        unit.update(
            Session,
            where={"token_hash": key, "ended_at": None},
            set={"ended_at": clock.now()},
            expecting=None,
        )
    if ending is not None:
        seen.forget_account(ending.account_id)


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
        if (used := seen.last_use(row["id"], row["used_at"]))
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
    _forget_own(viewer)


async def end_other_sessions(viewer: Viewer) -> int:
    """End every session of the viewer but the one they look from; how many."""
    others = {one.id for one in await list_sessions(viewer) if not one.me}
    now = clock.now()
    async with unit_of_work() as unit:
        for session_id in others:
            unit.update(Session, where={"id": session_id}, set={"ended_at": now}, expecting=None)
    _forget_own(viewer)
    return len(others)


def _forget_own(viewer: Viewer) -> None:
    assert viewer.account_id is not None, "only an account has sessions"
    seen.forget_account(viewer.account_id)


def end_sessions_of(unit: Unit, account_id: UUID) -> None:
    """End every session of an account; here at once when the unit is on disk."""
    unit.update(
        Session,
        where={"account_id": account_id, "ended_at": None},
        set={"ended_at": clock.now()},
        expecting=None,
    )
    unit.after_commit(lambda: seen.forget_account(account_id))


def delete_sessions_of(unit: Unit, account_id: UUID) -> None:
    """Leave no trace of where somebody was signed in."""
    unit.delete(Session, where={"account_id": account_id})
    unit.after_commit(lambda: seen.forget_account(account_id))


async def raise_session(token: str) -> tuple[str, datetime]:
    """Let a session count as raised for ten minutes: its new token, and until when.

    Its token changes, so that whoever got hold of the old one gained nothing. Raises NoSuchSession
    where somebody else changed or ended it first.
    """
    now, fresh, old = clock.now(), secrets.token_urlsafe(32), seen.hashed(token)
    try:
        async with unit_of_work() as unit:
            unit.update(
                Session,
                where={"token_hash": old, "ended_at": None},
                set={"token_hash": seen.hashed(fresh), "raised_until": now + RAISED},
            )
    except LostRace:
        raise NoSuchSession from None
    seen.forget_token(old)
    return fresh, now + RAISED


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
