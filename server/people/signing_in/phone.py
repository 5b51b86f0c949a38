"""Residents come in by a code sent to their phone; who comes for the first time gets an account.

The same answer for a number that has an account and for one that has none. A code is kept as a
keyed hash, lives five minutes, takes five tries, opens once, and only for its asker where the asker
can show what he was given: nobody else can use up his tries.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from server import sms, trust
from server.base import clock, database, seal
from server.base.ids import new_id
from server.base.unit import AnyOf, Duplicate, LostRace, Unit, unit_of_work
from server.people import consent
from server.people.errors import AccountClosed, CodeRefused, ConsentNeeded, TooManyCodes
from server.people.models import Account, PhoneCode
from server.people.rules import clean_mobile
from server.people.signing_in import patience, sessions, spending, tallies
from server.people.signing_in.lifetimes import is_ahead
from server.people.signing_in.sessions import SignIn
from server.people.signing_in.staff import NOWHERE, Knock

DIGITS = 6
LASTS = timedelta(minutes=5)
TRIES = 5
AGAIN = timedelta(minutes=1)
_AT_ONCE = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A code is on its way. `ask` is for its asker alone, to be shown with the code."""

    phone: str
    ask: str
    lasts: timedelta = LASTS
    again: timedelta = AGAIN


async def ask_code(
    raw_phone: str,
    *,
    knock: Knock = NOWHERE,
    purpose: str = "signin",
    account_id: UUID | None = None,
    bound: bool = True,
) -> Asked:
    """Send a code to this number. Without `bound` it opens also for those who cannot show `ask`.

    Raises Invalid for what is no mobile number, TooManyCodes, CodesSpent, SmsNotConfigured or
    SmsFailed.
    """
    phone = clean_mobile(raw_phone)
    if not sms.is_configured():
        raise sms.SmsNotConfigured(retry_after_s=3600)
    await tallies.add(
        tallies.key_of("code-address", knock.block), patience.codes_for_address, refused=_too_many
    )
    await tallies.add(
        tallies.key_of("code-phone", phone), patience.codes_for_phone, refused=_too_many
    )
    await spending.spend_one()
    code, ask = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}", secrets.token_urlsafe(16)
    await sms.send_code(phone, code)
    code_id, tags = new_id(), seal.blinds(phone, "phone")
    async with unit_of_work() as unit:
        unit.delete(PhoneCode, where={"phone_blind": AnyOf(tuple(tags)), "purpose": purpose})
        unit.insert(
            PhoneCode,
            id=code_id,
            purpose=purpose,
            account_id=account_id,
            phone_blind=tags[0],
            code_hash=_hash(code_id, code),
            ask_hash=_hash(code_id, ask),
            bound=bound,
            made_at=clock.now(),
        )
    return Asked(phone, ask)


async def sign_in_phone(
    raw_phone: str,
    code: str,
    ask: str = "",
    *,
    knock: Knock = NOWHERE,
    agreed_to: int | None = None,
) -> SignIn:
    """Into the account of this number, or a new one. `agreed_to`: the version of the privacy
    notice that was agreed to just now.

    Raises CodeRefused, AccountClosed where the account was closed by the town, ConsentNeeded where
    there is none yet and nothing was agreed to, or Invalid where the notice has a newer version.
    """
    phone = clean_mobile(raw_phone)
    if agreed_to is not None:
        consent.check_version(agreed_to, field="consent")
    code_id = await try_code(phone, code, ask)
    try:
        return await _enter(phone, code_id, knock, agreed_to=agreed_to)
    except Duplicate:  # The first sign-in of this number, twice at the same moment.
        return await _enter(phone, code_id, knock, agreed_to=agreed_to)
    except LostRace:
        raise CodeRefused from None


async def try_code(
    phone: str,
    code: str,
    ask: str,
    *,
    purpose: str = "signin",
    account_id: UUID | None = None,
) -> UUID:
    """Spend one try. The code that is right, to be taken away in the unit of what it opens.

    Whoever is not its asker is refused and spends nothing: the limits of the door count him. Of
    many tries at once no more are looked at than are left. Raises CodeRefused.
    """
    for _ in range(_AT_ONCE):
        row = await _newest(phone, purpose)
        if row is None or row["tries"] >= TRIES or not _is_alive(row) or not _is_asker(row, ask):
            raise CodeRefused
        try:
            async with unit_of_work() as unit:
                unit.update(
                    PhoneCode,
                    where={"id": row["id"], "tries": row["tries"]},
                    set={"tries": row["tries"] + 1},
                )
        except LostRace:
            continue
        if row["account_id"] != account_id or not _is_right(row, code):
            trust.note("signin.failure", who="phone")
            raise CodeRefused
        return UUID(str(row["id"]))
    raise CodeRefused


def take_code(unit: Unit, code_id: UUID) -> None:
    """A right code opens once: LostRace at the end of the unit where it was taken already."""
    unit.delete(PhoneCode, where={"id": code_id}, expecting=1)


async def find_by_phone(phone: str) -> dict[str, Any] | None:
    """The account that is signed in to by this number."""
    marks, tags = database.in_list(seal.blinds(phone, "phone"))
    return await database.fetch_one(
        "SELECT id, kind, name, name_sealed, disabled_at FROM account"
        f" WHERE phone_blind IN {marks} ORDER BY created_at, id LIMIT 1",
        *tags,
    )


async def old_codes(before: datetime) -> int:
    """How many codes were sent before then."""
    return await PhoneCode.filter(made_at__lt=before).count()


async def forget_codes(before: datetime) -> int:
    """Drop them; how many that were."""
    async with unit_of_work().models():
        return await PhoneCode.filter(made_at__lt=before).delete()


async def _enter(phone: str, code_id: UUID, knock: Knock, *, agreed_to: int | None) -> SignIn:
    account = await find_by_phone(phone)
    if account is not None and account["disabled_at"] is not None:
        raise AccountClosed
    if account is None and agreed_to is None:
        raise ConsentNeeded  # The code is not taken: it opens once they agreed.
    agreed_before = account is not None and await consent.is_agreed(account["id"])
    async with unit_of_work() as unit:
        take_code(unit, code_id)
        account = account or _new_account(unit, phone)
        entered = sessions.begin(unit, account, "resident", device=knock.device)
        if agreed_to is not None and not agreed_before:
            consent.accept(unit, account["id"])
    trust.note("signin.done", account_id=account["id"])
    return entered


def put_account(unit: Unit, phone: str) -> UUID:
    """Put into the unit: an account for whoever signs in by this number; its id.

    Duplicate where the number has one already.
    """
    account_id = new_id()
    unit.insert(
        Account,
        id=account_id,
        kind="resident",
        phone_sealed=seal.seal(phone, aad=f"account:phone_sealed:{account_id}"),
        phone_blind=seal.blind(phone, "phone"),
        created_at=clock.now(),
    )
    return account_id


def _new_account(unit: Unit, phone: str) -> dict[str, Any]:
    account_id = put_account(unit, phone)
    return {"id": account_id, "kind": "resident", "name": "", "name_sealed": None}


async def _newest(phone: str, purpose: str) -> dict[str, Any] | None:
    marks, tags = database.in_list(seal.blinds(phone, "phone"), start=2)
    return await database.fetch_one(
        "SELECT id, account_id, code_hash, ask_hash, bound, tries, made_at FROM phone_code"
        f" WHERE purpose = $1 AND phone_blind IN {marks} ORDER BY made_at DESC, id DESC LIMIT 1",
        purpose,
        *tags,
    )


def _is_alive(row: dict[str, Any]) -> bool:
    now = clock.now()
    return now < row["made_at"] + LASTS and not is_ahead(row["made_at"], now)


def _is_asker(row: dict[str, Any], ask: str) -> bool:
    """Who asked for it shows what he was given; of a code that is not bound he need not."""
    if not row["bound"] and not ask:
        return True
    return hmac.compare_digest(bytes(row["ask_hash"]), _hash(row["id"], ask))


def _is_right(row: dict[str, Any], code: str) -> bool:
    typed = "".join(code.split())
    return hmac.compare_digest(bytes(row["code_hash"]), _hash(row["id"], typed))


def _hash(code_id: UUID, word: str) -> bytes:
    """Bound to its row, and worth nothing without the town's key: six digits are soon tried."""
    return seal.sign("phone-code", code_id.bytes + word.encode(errors="replace"))


def _too_many(left: timedelta) -> TooManyCodes:
    return TooManyCodes(max(1, round(left.total_seconds())))
