"""Whose conversations are whose: a guest takes hers into an account."""

from server import cases
from server.base.unit import unit_of_work
from server.base.viewer import Viewer
from server.contact.models import Conversation
from server.contact.queries import ConversationFile, read_by_keys

MOST = 50  # at once


async def list_claimable(viewer: Viewer) -> list[ConversationFile]:
    """What the viewer's keys hold and no account does yet, the newest first."""
    if viewer.account_id is None or not viewer.keys:
        return []
    return await read_by_keys(cases.key_hashes(viewer.keys), limit=MOST)


async def claim(*, by: Viewer) -> int:
    """All that is claimable becomes the account's in one unit; how many. Its key opens it no more.

    Twice is as good as once: what another call took meanwhile is left as it is.
    """
    found = await list_claimable(by)
    async with unit_of_work() as unit:
        for one in found:
            unit.update(
                Conversation,
                where={"id": one.id, "account_id": None, "key_hash": one.key_hash},
                set={"account_id": by.account_id, "key_hash": None},
                expecting=None,
            )
    return len(found)
