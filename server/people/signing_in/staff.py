"""Staff come in by name and password, with a second factor where they have one."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from server import trust
from server.base import database
from server.base.unit import Unit, unit_of_work
from server.people.errors import (
    LockedOut,
    NoSuchPersona,
    OtpNeeded,
    OtpRefused,
    SignInRefused,
)
from server.people.models import Account
from server.people.queries import find_staff_login
from server.people.rules import check_new_password
from server.people.signing_in import otp, passwords, patience, sessions, tallies
from server.people.signing_in.recording import change_own_door
from server.people.signing_in.sessions import SignIn
from server.trust import Act

LONGEST_LOGIN = 40


@dataclass(frozen=True, slots=True)
class Knock:
    """Where somebody knocks from: the address's block, and the device in words."""

    block: str = ""
    device: str = ""


NOWHERE = Knock()


@dataclass(frozen=True, slots=True)
class Raised:
    """A session that was raised: its new token, and until when it counts."""

    token: str
    until: datetime


async def prove_staff(
    login: str, password: str, code: str = "", *, knock: Knock = NOWHERE
) -> dict[str, Any]:
    """The account whose name and password these are, and whose second factor, if it has one.

    Every try counts until one succeeds: after five an account is locked for this address for 1, 5,
    15, 60 minutes. Raises LockedOut, OtpNeeded, OtpRefused, or SignInRefused: the same and as
    slowly for a name nobody has.
    """
    login = login.strip().lower()[:LONGEST_LOGIN]
    account = await find_staff_login(login)
    who = login if account else ""  # whatever else was typed may be a resident's number
    async with _counted(login, knock, who=who):
        kept = account["password_hash"] if account else None
        if not await passwords.matches(kept, password) or account is None:
            trust.note("signin.failure", who=who)
            raise SignInRefused
        if await otp.has_otp(account["id"]):
            if not code.strip():
                raise OtpNeeded
            await otp.spend_otp(account["id"], code)
    return account


async def begin_staff_session(
    account: dict[str, Any], lifetime: str, *, knock: Knock = NOWHERE, raised: bool = False
) -> SignIn:
    """A session of a proven account: `staff` for a desk, `field` for a phone out of doors."""
    async with unit_of_work() as unit:
        entered = sessions.begin(unit, account, lifetime, device=knock.device, raised=raised)
    trust.note("signin.done", account_id=account["id"])
    return entered


async def sign_in_demo(persona: str, *, knock: Knock = NOWHERE) -> SignIn:
    """As one of the demo's personas. Only the demo's route may ask. Raises NoSuchPersona."""
    row = await database.fetch_one(
        "SELECT id, kind, name, name_sealed FROM account"
        " WHERE persona = $1 AND disabled_at IS NULL",
        persona[:40],
    )
    if row is None:
        raise NoSuchPersona
    async with unit_of_work() as unit:
        return sessions.begin(unit, row, "demo", device=knock.device)


async def step_up(account_id: UUID, token: str, code: str, *, knock: Knock = NOWHERE) -> Raised:
    """Raise a session for ten minutes by a code of its account's second factor.

    Its token changes. Raises OtpMissing, OtpRefused, or LockedOut after too many wrong codes.
    """
    async with _counted(str(account_id), knock, who=str(account_id)):
        await otp.spend_otp(account_id, code)
    fresh, until = await sessions.raise_session(token)
    trust.note("otp.raised", account_id=account_id)
    return Raised(fresh, until)


async def check_password(account_id: UUID, password: str, *, knock: Knock = NOWHERE) -> None:
    """Whether this is who they say, once more. Raises SignInRefused or LockedOut."""
    account = await database.fetch_one(
        "SELECT login, password_hash FROM account WHERE id = $1", account_id
    )
    kept = account["password_hash"] if account else None
    who = str((account and account["login"]) or account_id)
    async with _counted(who, knock, who=who):
        if not await passwords.matches(kept, password):
            trust.note("signin.failure", account_id=account_id)
            raise SignInRefused


async def change_password(account_id: UUID, old: str, new: str, *, knock: Knock = NOWHERE) -> None:
    """A new password for whoever knows the old one; every session of the account ends. On record.

    Raises SignInRefused or LockedOut for the old one, Invalid naming `new` where it is too weak.
    """
    account = await database.fetch_one("SELECT login, name FROM account WHERE id = $1", account_id)
    assert account is not None, "a session belongs to an account"
    check_new_password(new, account["login"] or "", account["name"])
    await check_password(account_id, old, knock=knock)
    put = await _to_password(account_id, new)
    await change_own_door("account.password", account_id, put)
    trust.note("password.changed", account_id=account_id)


async def set_password(account_id: UUID, new: str) -> None:
    """Set a password; every session of the account ends. The operator who does it puts that on
    record."""
    put = await _to_password(account_id, new)
    async with unit_of_work() as unit:
        put(unit)
    trust.note("password.changed", account_id=account_id)


async def _to_password(account_id: UUID, new: str) -> Callable[[Unit], None]:
    hashed = await passwords.hash_password(new)

    def put(unit: Unit) -> None:
        unit.update(Account, where={"id": account_id}, set={"password_hash": hashed})
        sessions.end_sessions_of(unit, account_id)

    return put


@asynccontextmanager
async def _counted(typed: str, knock: Knock, *, who: str) -> AsyncIterator[None]:
    """Around one try: counted before it is made, so that of many at once no more are made than may
    be; forgotten with all before it once nothing was wrong; on record if it locks the account. Whom
    only a code is asked for yet has guessed nothing, and is forgiven nothing.

    `who` is whose door it is, where that is somebody on the staff: logs and records name no other.
    """
    key, tries = await _count(typed, knock, who)
    try:
        yield
    except OtpNeeded:
        await tallies.take_back(key, tries[-1])
        raise
    except (SignInRefused, OtpRefused):
        if len(tries) >= patience.FREE_FAILURES:
            detail = {"tries": len(tries)}
            await trust.record(
                Act(action="signin.failures", target=who, result="refused", detail=detail)
            )
        raise
    await tallies.forget(key)


async def _count(typed: str, knock: Knock, who: str) -> tuple[tallies.Key, tallies.Hits]:
    """Count a try here and everywhere: what forgets it, and all that are counted here with it."""

    def locked(left: timedelta) -> LockedOut:
        trust.note("signin.locked", who=who)
        return LockedOut(max(1, round(left.total_seconds())))

    here = tallies.key_of("signin", typed, knock.block)
    tries = await tallies.add(here, patience.after_failures, refused=locked)
    everywhere = tallies.key_of("signin-anywhere", typed)
    hits = await tallies.add(everywhere, patience.never, refused=locked)
    if slowed_s := patience.slowed_s(hits, hits[-1]):
        await asyncio.sleep(slowed_s)
    return here, tries
