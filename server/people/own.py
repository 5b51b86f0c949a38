"""One's own account: what is in it, correcting it, taking consent back, erasing it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from server import trust
from server.base import clock, database, seal
from server.base.unit import AnyOf, Duplicate, LostRace, Unit, unit_of_work
from server.base.viewer import Viewer
from server.people import consent
from server.people.errors import CodeRefused, PhoneTaken, StaffAccount
from server.people.models import Account, PhoneCode, RecoveryCode, Totp
from server.people.queries import phone_blinds_of, plain_name
from server.people.rules import clean_mobile, clean_name
from server.people.signing_in import phone as phones
from server.people.signing_in import seen, sessions
from server.people.signing_in.phone import Asked
from server.people.signing_in.staff import NOWHERE, Knock
from server.trust import Act

# By then no server still takes her for signed in: each keeps what it knows of a session for half a
# minute (`seen`), and no request takes so long.
_SETTLED = timedelta(hours=1)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """An account as its owner may see it: unmasked."""

    id: UUID
    kind: str
    name: str
    phone: str
    login: str
    since: datetime
    has_password: bool
    persona: str | None


async def own_account(viewer: Viewer) -> OwnAccount:
    """The viewer's own account, whole."""
    row = await _row(viewer.account_id)
    return OwnAccount(
        id=row["id"],
        kind=row["kind"],
        name=plain_name(row),
        phone=_phone(row),
        login=row["login"] or "",
        since=row["created_at"],
        has_password=row["password_hash"] is not None,
        persona=row["persona"],
    )


async def change_name(viewer: Viewer, raw: str) -> None:
    """Another name, or none. Raises Invalid where it is too long, StaffAccount for staff."""
    name, row = clean_name(raw), await _residents_row(viewer)
    sealed = seal.seal(name, aad=f"account:name_sealed:{row['id']}") if name else None
    async with unit_of_work() as unit:
        unit.update(Account, where={"id": row["id"]}, set={"name_sealed": sealed})
    seen.forget_account(row["id"])


async def ask_phone_change(viewer: Viewer, raw_phone: str, *, knock: Knock = NOWHERE) -> Asked:
    """Send a code to the new number. The same answer for a number somebody else has."""
    row = await _residents_row(viewer)
    return await phones.ask_code(raw_phone, knock=knock, purpose="change", account_id=row["id"])


async def change_phone(viewer: Viewer, raw_phone: str, code: str, ask: str) -> None:
    """Sign in by another number from now on. Raises CodeRefused, or PhoneTaken."""
    row, phone = await _residents_row(viewer), clean_mobile(raw_phone)
    code_id = await phones.try_code(phone, code, ask, purpose="change", account_id=row["id"])
    taken = await phones.find_by_phone(phone)
    if taken is not None and taken["id"] != row["id"]:
        raise PhoneTaken
    columns = {
        "phone_sealed": seal.seal(phone, aad=f"account:phone_sealed:{row['id']}"),
        "phone_blind": seal.blind(phone, "phone"),
    }
    try:
        async with unit_of_work() as unit:
            phones.take_code(unit, code_id)
            unit.update(Account, where={"id": row["id"]}, set=columns)
    except Duplicate:
        raise PhoneTaken from None
    except LostRace:
        raise CodeRefused from None


async def take_consent_back(viewer: Viewer) -> None:
    """Withdraw what was agreed to, and sign out everywhere; whoever comes again is asked again."""
    row = await _residents_row(viewer)
    async with unit_of_work() as unit:
        consent.withdraw(unit, row["id"])
        sessions.end_sessions_of(unit, row["id"])


async def close_for_erasing(viewer: Viewer) -> OwnAccount:
    """Let nobody in any more, and note that the account is to be erased; on record.

    Raises StaffAccount.
    """
    account = await own_account(viewer)
    await _residents_row(viewer)
    now = clock.now()
    closed = {"disabled_at": now, "erase_asked_at": now, "persona": None}

    def close(unit: Unit) -> None:
        unit.update(Account, where={"id": account.id}, set=closed)
        sessions.end_sessions_of(unit, account.id)

    await trust.record(Act(action="account.erase", by=viewer), also=close)
    return account


async def to_be_erased() -> list[UUID]:
    """Accounts that were not destroyed yet since nobody can write for them any more."""
    rows = await database.fetch(
        "SELECT id FROM account WHERE erase_asked_at IS NOT NULL AND erased_at IS NULL"
        " ORDER BY erase_asked_at"
    )
    return [row["id"] for row in rows]


async def erased_accounts() -> list[UUID]:
    """Every account whose owner gave it up."""
    rows = await database.fetch("SELECT id FROM account WHERE erase_asked_at IS NOT NULL")
    return [row["id"] for row in rows]


async def not_erased(accounts: Iterable[UUID]) -> list[UUID]:
    """Which residents among these accounts are here as if they had never given them up."""
    found: list[UUID] = []
    wanted = sorted(accounts)
    for at in range(0, len(wanted), _AT_ONCE):
        marks, values = database.in_list(wanted[at : at + _AT_ONCE])
        rows = await database.fetch(
            "SELECT id FROM account WHERE kind = 'resident' AND erase_asked_at IS NULL"
            f" AND id IN {marks} ORDER BY id",
            *values,
        )
        found += (row["id"] for row in rows)
    return found


async def destroy(unit: Unit, account_id: UUID) -> None:
    """Put into the unit: nothing personal is left of the account but its number in old cases.

    It counts as erased once that is done when no server can write for it any more, an hour after it
    was asked for, however late that is.
    """
    row, now = await _row(account_id), clock.now()
    settled = row["erase_asked_at"] is not None and now - row["erase_asked_at"] >= _SETTLED
    unit.update(
        Account,
        where={"id": account_id},
        set={
            "name": "",
            "name_sealed": None,
            "phone_sealed": None,
            "phone_blind": None,
            "password_hash": None,
            "erased_at": row["erased_at"] or (now if settled else None),
        },
    )
    sessions.delete_sessions_of(unit, account_id)
    consent.withdraw(unit, account_id)
    unit.delete(Totp, where={"account_id": account_id})
    unit.delete(RecoveryCode, where={"account_id": account_id})
    if tags := await phone_blinds_of(account_id):
        unit.delete(PhoneCode, where={"phone_blind": AnyOf(tags)})


async def _residents_row(viewer: Viewer) -> dict[str, Any]:
    row = await _row(viewer.account_id)
    if row["kind"] != "resident":
        raise StaffAccount
    return row


async def _row(account_id: UUID | None) -> dict[str, Any]:
    row = await database.fetch_one(
        "SELECT id, kind, login, name, name_sealed, phone_sealed, persona,"
        " password_hash, created_at, erase_asked_at, erased_at FROM account WHERE id = $1",
        account_id,
    )
    assert row is not None, "a session belongs to an account"
    return row


def _phone(row: dict[str, Any]) -> str:
    if row["phone_sealed"] is None:
        return ""
    return seal.open(row["phone_sealed"], aad=f"account:phone_sealed:{row['id']}")
