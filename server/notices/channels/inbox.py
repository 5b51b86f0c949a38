"""The inbox: what a person finds on the code's page, in 我报过的 and on the case."""

from datetime import datetime

from server.base.unit import unit_of_work
from server.notices.models import InboxItem, Notice
from server.notices.texts import render


async def deliver(notice: Notice, now: datetime) -> None:
    """Lay the message in the inbox and mark it done, in one unit: a second time adds nothing."""
    text = render(notice.text_key, notice.values)
    async with unit_of_work() as unit:
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
            where={"id": notice.id, "lease": notice.lease},
            set={"done_at": now, "run_at": None, "lease": None},
        )
