"""The paper a resident takes home: whoever filed it for her may print it, for a day."""

from datetime import datetime, timedelta

from server.base.viewer import Viewer
from server.cases.errors import CaseUnknown, ReceiptGone
from server.cases.record import reading
from server.cases.record.files import CaseFile
from server.cases.record.keys import key_of
from server.cases.sight.relations import is_filer

PRINTED_WITHIN = timedelta(hours=24)


async def key_to_print(case: CaseFile, viewer: Viewer, now: datetime) -> str:
    """The resident's key to her case, to be printed and handed over.

    Raises CaseUnknown for anyone but the account that filed it and where there is no resident,
    ReceiptGone after a day.
    """
    first = (await reading.read_events(case.id))[0]
    if not is_filer(case, viewer) or first.by_account_id != viewer.account_id:
        raise CaseUnknown
    if case.raiser_gone:
        raise CaseUnknown
    if now - case.opened_at > PRINTED_WITHIN:
        raise ReceiptGone
    return key_of(case.id)
