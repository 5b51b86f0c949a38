"""The second factor of staff: six digits that change each half minute, and ten codes on paper.

As every authenticator app makes them (RFC 6238). A code counts once; the one before and the one
after count too, for clocks that are not quite together.
"""

import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import pyotp

from server import trust
from server.base import clock, database, seal
from server.base.errors import Conflict
from server.base.unit import LostRace, Unit, unit_of_work
from server.people.errors import OtpMissing, OtpRefused
from server.people.models import RecoveryCode, Totp
from server.people.signing_in.recording import change_own_door

ISSUER = "码上"
STEP_S = 30
AROUND = (-1, 0, 1)
PAPER_CODES = 10
_PAPER_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: none looks like another
_BETWEEN = re.compile(r"[\s\-]+")


class NothingToConfirm(Conflict):
    code = "otp-not-begun"
    sentence = "还没有开始设置动态码，请先点“开始设置”。"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app takes in: as a QR, or typed."""

    secret: str
    address: str


async def has_otp(account_id: UUID) -> bool:
    """Whether this account has a second factor that was confirmed."""
    row = await _kept(account_id)
    return row is not None and row["secret_sealed"] is not None


async def begin_otp(account_id: UUID, name: str) -> Enrolment:
    """A new secret, which opens nothing before it is confirmed; until then the old one counts."""
    secret = pyotp.random_base32()
    await _write(account_id, pending_sealed=_sealed(secret, "pending_sealed", account_id))
    return _enrolment(secret, name)


async def pending_otp(account_id: UUID, name: str) -> Enrolment | None:
    """The secret that waits to be confirmed, to be shown once more."""
    row = await _kept(account_id)
    if row is None or row["pending_sealed"] is None:
        return None
    return _enrolment(_opened(row, "pending_sealed", account_id), name)


async def drop_pending_otp(account_id: UUID) -> None:
    """Whoever began to set one up thought better of it."""
    async with unit_of_work() as unit:
        where = {"account_id": account_id}
        unit.update(Totp, where=where, set={"pending_sealed": None}, expecting=None)


async def confirm_otp(account_id: UUID, code: str) -> tuple[str, ...]:
    """The app makes the right codes: from now on they count. Ten codes for paper, told once.

    On record.
    """
    row = await _kept(account_id)
    if row is None or row["pending_sealed"] is None:
        raise NothingToConfirm
    secret = _opened(row, "pending_sealed", account_id)
    counter = _counter_of(secret, code, clock.now(), above=0)
    if counter is None:
        raise OtpRefused
    paper = _paper_codes()
    where = {"account_id": account_id, "pending_sealed": row["pending_sealed"]}
    columns = {
        "secret_sealed": _sealed(secret, "secret_sealed", account_id),
        "pending_sealed": None,
        "counter": counter,
    }

    def enrol(unit: Unit) -> None:
        unit.update(Totp, where=where, set=columns)
        _keep_paper(unit, account_id, paper)

    await change_own_door("account.otp", account_id, enrol)
    trust.note("otp.enrolled", account_id=account_id)
    return paper


async def renew_paper_codes(account_id: UUID) -> tuple[str, ...]:
    """Ten new codes for paper; the old ones open nothing any more. On record."""
    if not await has_otp(account_id):
        raise OtpMissing
    paper = _paper_codes()
    put = partial(_keep_paper, account_id=account_id, paper=paper)
    await change_own_door("account.paper", account_id, put)
    return paper


async def paper_codes_left(account_id: UUID) -> int:
    """How many codes on paper are left."""
    found = await database.fetch_value(
        "SELECT count(*) AS n FROM recovery_code WHERE account_id = $1 AND used_at IS NULL",
        account_id,
    )
    return int(found or 0)


async def remove_otp(account_id: UUID) -> None:
    """The account is entered by its password alone again, as its holder wants. On record."""
    await change_own_door("account.otp_removed", account_id, partial(_drop, account_id=account_id))
    trust.note("otp.removed", account_id=account_id)


async def reset_otp(account_id: UUID) -> None:
    """The same for whoever lost it; the operator who does it puts that on record."""
    async with unit_of_work() as unit:
        _drop(unit, account_id)
    trust.note("otp.removed", account_id=account_id)


async def spend_otp(account_id: UUID, code: str) -> None:
    """Take one code, from the app or from paper, and never again. Raises OtpMissing, OtpRefused.

    The caller counts how often this is tried.
    """
    row = await _kept(account_id)
    if row is None or row["secret_sealed"] is None:
        raise OtpMissing
    secret = _opened(row, "secret_sealed", account_id)
    counter = _counter_of(secret, code, clock.now(), above=row["counter"])
    try:
        if counter is not None:
            async with unit_of_work() as unit:
                where = {"account_id": account_id, "counter": row["counter"]}
                unit.update(Totp, where=where, set={"counter": counter})
            return
        await _spend_paper(account_id, code)
    except LostRace:  # The same code at the same moment: one of the two was first.
        trust.note("otp.refused", account_id=account_id)
        raise OtpRefused from None


async def demo_otp(account_id: UUID) -> str:
    """A code a visitor of the demo may use now, made without an app; "" until the next half minute.

    Only the demo's page may ask. Gives the persona a second factor if it has none.
    """
    if not await has_otp(account_id):
        sealed = _sealed(pyotp.random_base32(), "secret_sealed", account_id)
        await _write(account_id, secret_sealed=sealed)
    row = await _kept(account_id)
    assert row is not None
    now = _counter(clock.now())
    free = max(now, row["counter"] + 1)
    return _code(_opened(row, "secret_sealed", account_id), free) if free <= now + 1 else ""


async def _write(account_id: UUID, **columns: bytes) -> None:
    """Change the row of this account, or make it."""
    async with unit_of_work() as unit:
        unit.insert(Totp, or_ignore=True, account_id=account_id)
    async with unit_of_work() as unit:
        unit.update(Totp, where={"account_id": account_id}, set=columns)


async def _spend_paper(account_id: UUID, code: str) -> None:
    """Raises OtpRefused where no code on paper is this one, LostRace where it is used."""
    kept = _paper_hash(account_id, _BETWEEN.sub("", code).upper())
    row = await database.fetch_one(
        "SELECT id FROM recovery_code WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL",
        account_id,
        kept,
    )
    if row is None:
        trust.note("otp.refused", account_id=account_id)
        raise OtpRefused
    async with unit_of_work() as unit:
        where = {"id": row["id"], "used_at": None}
        unit.update(RecoveryCode, where=where, set={"used_at": clock.now()})
    trust.note("otp.recovered", account_id=account_id)


def _drop(unit: Unit, account_id: UUID) -> None:
    unit.delete(Totp, where={"account_id": account_id})
    unit.delete(RecoveryCode, where={"account_id": account_id})


def _keep_paper(unit: Unit, account_id: UUID, paper: Iterable[str]) -> None:
    """These, and no others."""
    unit.delete(RecoveryCode, where={"account_id": account_id})
    for code in paper:
        kept = _paper_hash(account_id, code.replace("-", ""))
        unit.insert(RecoveryCode, account_id=account_id, code_hash=kept)


def _paper_codes() -> tuple[str, ...]:
    """Fifty bits each, written ABCDE-FGHJK."""
    drawn = ("".join(secrets.choice(_PAPER_LETTERS) for _ in range(10)) for _ in range(PAPER_CODES))
    return tuple(f"{code[:5]}-{code[5:]}" for code in drawn)


def _paper_hash(account_id: UUID, code: str) -> bytes:
    return seal.sign("recovery-code", account_id.bytes + code.encode(errors="replace"))


async def _kept(account_id: UUID) -> dict[str, Any] | None:
    return await database.fetch_one(
        "SELECT secret_sealed, pending_sealed, counter FROM totp WHERE account_id = $1", account_id
    )


def _sealed(secret: str, column: str, account_id: UUID) -> bytes:
    return seal.seal(secret, aad=f"totp:{column}:{account_id}")


def _opened(row: dict[str, Any], column: str, account_id: UUID) -> str:
    return seal.open(row[column], aad=f"totp:{column}:{account_id}")


def _enrolment(secret: str, name: str) -> Enrolment:
    return Enrolment(secret, pyotp.TOTP(secret, name=name, issuer=ISSUER).provisioning_uri())


def _counter(at: datetime) -> int:
    return int(at.timestamp()) // STEP_S


def _code(secret: str, counter: int) -> str:
    return pyotp.TOTP(secret).generate_otp(counter)


def _counter_of(secret: str, code: str, at: datetime, *, above: int) -> int | None:
    """Which half minute this is the code of: now, just before or just after, and not yet used."""
    typed = _BETWEEN.sub("", code).encode(errors="replace")
    now = _counter(at)
    made = {now + step: _code(secret, now + step).encode() for step in AROUND}
    right = [counter for counter, one in made.items() if hmac.compare_digest(one, typed)]
    return next((counter for counter in right if counter > above), None)
