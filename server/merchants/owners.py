"""Whose a shop is: invited by the number they sign in with, and the post that makes them owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server import notices, org, people, trust
from server.base import clock
from server.base.errors import wrong
from server.base.unit import Duplicate, Unit
from server.base.viewer import Viewer
from server.merchants.errors import MerchantMovedOn
from server.merchants.models import Merchant
from server.merchants.queries import MerchantFile, find_kept
from server.merchants.recording import record_once
from server.merchants.rules import keeping_post
from server.org import Appointed
from server.trust import Act, ReplayKey

MOST_OWNERS = 5
MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who holds the post of a shop: since when, and the number they sign in with."""

    appointment_id: UUID
    account_id: UUID
    since: datetime
    phone: str  # masked


async def owners_of(merchant: MerchantFile) -> list[Owner]:
    """Who has the shop now; nobody sees more of a number than its ends."""
    held = await _holders(merchant)
    phones = await people.masked_phones(one.account_id for one in held)
    return [
        Owner(one.id, one.account_id, one.from_at, phones.get(one.account_id, "")) for one in held
    ]


@trust.twice_is_once
async def invite(merchant_id: UUID, raw_phone: str, *, by: Viewer, asked: ReplayKey) -> None:
    """Whoever signs in by this number has the shop from now on, and is told; an account is made
    where there is none yet, and is theirs with the first sign-in.

    On record; of two who invite the same number at once the second is told that it is an owner.
    Raises MerchantUnknown, MerchantMovedOn for one that is closed, Invalid.
    """
    phone = people.clean_mobile(raw_phone)
    for _ in range(MOST_TRIES - 1):
        try:
            return await _invite(merchant_id, phone, by, asked)
        except MerchantMovedOn:
            continue  # Somebody else came or went, or signed in for the first time meanwhile.
    await _invite(merchant_id, phone, by, asked)


async def _invite(merchant_id: UUID, phone: str, by: Viewer, asked: ReplayKey) -> None:
    kept = await find_kept(merchant_id, by)
    if await trust.find_replay(asked) is not None:
        return
    if kept.closed_at is not None:
        raise MerchantMovedOn
    account, held = await people.find_by_phone(phone), await _holders(kept)
    if account is not None and account["disabled_at"] is not None:
        raise wrong("phone", "account-closed", "这个手机号的账号已经停用，请换一个号码。")
    if account is not None and account["id"] in {one.account_id for one in held}:
        raise wrong("phone", "owner-already", "这个手机号已经是这家店的店主。")
    if len(held) >= MOST_OWNERS:
        raise wrong("phone", "too-many", f"一家店最多{MOST_OWNERS}位店主，请先去掉一位。")

    def put(unit: Unit) -> None:
        now = clock.now()
        account_id = account["id"] if account else people.put_account(unit, phone)
        _count(unit, kept)
        org.put_appointment(unit, kept.post_id, account_id, kind="holder", since=now)
        _tell(unit, account_id, "merchant.invited", kept, at=now)

    try:
        await record_once(_act("merchant.invite", by, kept), asked, put)
    except Duplicate:
        raise MerchantMovedOn from None


async def dismiss(merchant_id: UUID, appointment_id: UUID, *, by: Viewer, asked: ReplayKey) -> None:
    """This owner has the shop no longer, and is told. Twice is as good as once. On record.

    Raises MerchantUnknown.
    """
    kept = await find_kept(merchant_id, by)
    held = next((one for one in await _holders(kept) if one.id == appointment_id), None)
    if held is None:
        return

    def put(unit: Unit) -> None:
        now = clock.now()
        org.end_appointment(unit, held.id, now)
        _count(unit, kept)
        _tell(unit, held.account_id, "merchant.dismissed", kept, at=now)

    await record_once(_act("merchant.dismiss", by, kept), asked, put)


def _count(unit: Unit, kept: MerchantFile) -> None:
    """LostRace where who its owners are, or whether it trades, was changed since it was read."""
    unit.update(
        Merchant,
        where={"id": kept.id, "owners_version": kept.owners_version},
        set={"owners_version": kept.owners_version + 1},
    )


async def _holders(merchant: MerchantFile) -> Sequence[Appointed]:
    post = await org.post_on_roster(merchant.post_id)
    now = clock.now()
    return [
        one
        for one in (post.appointed if post else ())
        if one.kind == "holder" and org.runs(one.from_at, one.to_at, now)
    ]


def _act(action: str, by: Viewer, kept: MerchantFile) -> Act:
    post = keeping_post(by, kept.path)
    return Act(action=action, by=by, post=post, target=str(kept.id), detail={"name": kept.name})


def _tell(unit: Unit, account_id: UUID, text_key: str, kept: MerchantFile, *, at: datetime) -> None:
    notices.tell(
        unit,
        to=notices.Receiver(account_id=account_id),
        text_key=text_key,
        values={"name": kept.name, "place": kept.place},
        case_id=None,
        occasion=f"{kept.id}:{at.isoformat()}",
        at=at,
    )
