"""回访: the residents to ring up, each with what one needs to know before dialling."""

from msgspec import UNSET

from server import cases, org
from server.base import seal
from server.base.fields import OUTCOMES
from server.base.viewer import Viewer
from server.cases import ToCall
from server.views.list_shapes import Call, CallItem, CallItems
from server.views.words import category_title

_OUTCOMES = dict(OUTCOMES)


async def calls_to_make(viewer: Viewer, *, after: str | None = None) -> CallItems:
    """Whom the viewer is to ring up, the soonest to end in silence first. Without any number."""
    found = await cases.list_to_call(viewer, after=after)
    items = [await _item(one) for one in found.items]
    return CallItems(items=items, next=found.next or UNSET)


async def call(number: str, viewer: Viewer) -> Call:
    """One of them, with her number, for one call. Raises CaseUnknown for whoever is not to ring."""
    one = await cases.find_to_call(number, viewer)
    return Call(item=await _item(one), phone=await cases.phone_to_call(one, viewer))


async def _item(one: ToCall) -> CallItem:
    case, given = one.case, one.solved.body["given"]
    name = cases.raiser_name(case)
    due_at = case.main.due_at
    return CallItem(
        number=case.number,
        title=await category_title(case),
        place=case.place_name,
        spot=case.spot or UNSET,
        text=case.text or UNSET,
        raiser=seal.mask_name(name) if name else UNSET,
        channel_title=cases.CHANNELS[case.channel],
        opened_at=case.opened_at,
        due_at=due_at or UNSET,
        solved_at=one.solved.at,
        solved_by=await org.unit_name(case.main.unit_id) if case.main.unit_id else "",
        outcome=_OUTCOMES[given["outcome"]],
        said=given.get("text") or UNSET,
        missed_at=[event.at for event in one.missed],
    )
