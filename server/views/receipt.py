"""What a resident holds after sending: the number, both promises, and when work starts."""

from msgspec import UNSET

from server import cases, org, places
from server.base import clock
from server.base.viewer import Viewer
from server.views.case_shapes import Receipt
from server.views.words import state_title


async def receipt(opened: cases.Opened) -> Receipt:
    """True times: out of hours it says when work starts and whom to call."""
    case = opened.case
    ground = await places.find(case.place_id)
    starts_at = await cases.starts_at(case, ground)
    call = starts_at is not None or bool(case.facts.get("urgent"))
    return Receipt(
        number=case.number,
        state=case.state,
        state_title=state_title(case),
        respond_by=case.respond_by,
        resolve_by=case.resolve_by,
        starts_at=starts_at or UNSET,
        duty_phone=(await org.duty_phone(ground) or UNSET) if call else UNSET,
        key=opened.key or UNSET,
        emergency=bool(case.facts.get("danger")),
    )


async def receipt_of(number: str, viewer: Viewer) -> Receipt:
    """The same again, for whoever holds the case: after a form was posted and redirected."""
    case = await cases.find_case(number, viewer)
    return await receipt(cases.Opened(case=case, key=None))


async def filed_receipt(number: str, viewer: Viewer) -> Receipt:
    """The receipt to print for whom the viewer has just filed it, her key with it.

    Raises CaseUnknown for anyone else, ReceiptGone after a day.
    """
    case = await cases.find_case(number, viewer)
    key = await cases.key_to_print(case, viewer, clock.now())
    return await receipt(cases.Opened(case=case, key=key))
