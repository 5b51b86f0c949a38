"""The inbox: what a person finds on the code's page, in 我报过的 and on the case."""

from collections.abc import Sequence
from datetime import datetime

from server.base.unit import AnyOf, unit_of_work
from server.notices.models import InboxItem, Notice
from server.notices.taken import Taken
from server.notices.texts import render


async def deliver(taken: Sequence[Taken], now: datetime) -> None:
    """Lay messages in the inbox and mark them done, all in one unit.

    A second time adds nothing. Raises LostRace if one of them was done meanwhile.
    """
    async with unit_of_work() as unit:
        for notice in taken:
            text = render(notice.text_key, notice.values)
            unit.insert(
                InboxItem,
                or_ignore=True,
                notice_id=notice.id,
                account_id=notice.account_id,
                post_id=notice.post_id,
                unit_id=notice.unit_id,
                key_hash=notice.key_hash,
                case_id=notice.case_id,
                title=text.title[:60],
                body=text.body[:400],
                at=notice.created_at,
            )
        unit.update(
            Notice,
            where={"id": AnyOf(tuple(one.id for one in taken)), "done_at": None, "dead_at": None},
            set={"done_at": now, "run_at": None, "lease": None},
            expecting=len(taken),
        )
