"""Erasing a person: what law needs of a case stays, whose it was is gone, chains stay whole.

First nobody comes in any more; then the cases are left, some at a time; at last the account's own
values are destroyed. Broken off anywhere, the worker goes on from there. The account's row stays
without a value: cases know it by its number, and no chain was made over a value of it. A file
outside the database knows it too, so that a restored backup forgets her again (`outside.py`).
"""

import logging
from uuid import UUID

from server import bindings, cases, contact, notices, org, people, praise
from server.base import clock
from server.base.unit import unit_of_work
from server.base.viewer import Viewer
from server.privacy import outside

log = logging.getLogger("mashang.privacy")


async def erase(viewer: Viewer) -> None:
    """Erase the viewer's own account. Raises StaffAccount for one that an administrator made.

    In a demo the next visitor finds the persona again, as new.
    """
    account = await people.close_for_erasing(viewer)
    await _finish(account.id)
    if account.persona is not None:
        await _renew_persona(account)


async def _renew_persona(account: people.OwnAccount) -> None:
    """The same button of the demo, for whoever comes next: an account without a past."""
    registry, phone = people.Registry(), account.phone or None
    registry.resident_account(account.name, at=account.since, phone=phone, persona=account.persona)
    await people.register(registry)


async def finish_erasures() -> None:
    """Go on with erasures that were broken off; and an hour after it was asked for, once more
    through each, for what a server wrote that had not heard of it yet.
    """
    for account_id in await people.to_be_erased():
        await _finish(account_id)


async def erase_again() -> int:
    """In a database restored from a backup: erase whoever was erased since, before anybody is
    served; how many. And note outside who is erased here and is not noted yet.
    """
    if not await outside.is_kept():
        return 0
    returned = await people.not_erased(await outside.noted())
    for account_id in returned:
        await erase(Viewer(account_id))
    await outside.note(await people.erased_accounts())
    return len(returned)


async def _finish(account_id: UUID) -> None:
    await outside.note([account_id])
    moves = await cases.leave_cases(account_id)
    await praise.forget_account(account_id)
    await contact.forget_account(account_id)
    await bindings.forget_account(account_id)
    await notices.forget_account(account_id)
    tags = await people.phone_blinds_of(account_id)
    async with unit_of_work() as unit:
        if tags:
            cases.forget_phone(unit, tags)
        org.end_appointments_of(unit, account_id, clock.now())  # a merchant may hold a post
        await people.destroy(unit, account_id)
    log.info("account %s is erased, %d moves in its cases", account_id, moves)
