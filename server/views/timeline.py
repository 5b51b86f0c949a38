"""What has happened in a case, line by line, as far as the viewer's lens shows it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from msgspec import UNSET

from server.cases import CaseFile, EventFile, given_of, photo_ids, sees_event, sees_said
from server.flows import CLOCK, FLOWS
from server.views.case_shapes import EventShape
from server.views.given import facts_given, names_given
from server.views.people import who_shape
from server.views.photos import photo_shapes, pick
from server.views.shapes import PhotoShape
from server.views.words import title_of_state

_LATE = {"-": "快到时限", "0": "过了时限", "+": "早已过了时限"}  # as a rung begins
_WORDS = ("text", "reason", "question", "call")


async def timeline(
    case: CaseFile, events: Iterable[EventFile], lens: str, *, staff: bool
) -> list[EventShape]:
    """The lines this lens shows, oldest first."""
    shown = [event for event in events if sees_event(case, event, lens)]
    shapes = await photo_shapes({one for event in shown for one in photo_ids(event)})
    names = await names_given(shown)
    return [_line(case, event, lens, shapes, names, staff=staff) for event in shown]


def _line(
    case: CaseFile,
    event: EventFile,
    lens: str,
    shapes: Mapping[UUID, PhotoShape],
    names: Mapping[str, str],
    *,
    staff: bool,
) -> EventShape:
    words = sees_said(event, lens)
    photos = pick(photo_ids(event), shapes) if words else []
    moved = event.no == 0 and event.body["to"] != event.body["from"]
    state = event.body["to"] if moved else ""
    return EventShape(
        at=event.at,
        who=who_shape(event, names),
        move=event.move,
        move_title=FLOWS[case.flow].title_of(event.move),
        state_title=title_of_state(case.flow, state, staff=staff) if state else UNSET,
        text=_said(case, event, names) if words else UNSET,
        photos=photos or UNSET,
    )


def _said(case: CaseFile, event: EventFile, names: Mapping[str, str]) -> str:
    """What was said with a move; of the opening, the resident's own words."""
    if event.version == 1:
        return case.text or UNSET  # type: ignore[return-value]  # absent rather than empty
    given = given_of(event)
    said = [
        _rang(case, event),
        facts_given(given, names),
        *(str(given.get(name) or "") for name in _WORDS),
    ]
    return "\n".join(filter(None, said)) or UNSET  # type: ignore[return-value]


def _rang(case: CaseFile, event: EventFile) -> str:
    """Of a bell, and of what a broken promise makes by itself: which time it was, and how late."""
    if event.by_role != CLOCK:
        return ""
    turned = (one["key"] for one in event.body["clocks"])
    rang = FLOWS[case.flow].rang(event.move, event.body["given"], turned)
    late = _LATE.get(rang[1][0]) if rang and (event.move == "ring" or rang[1] != "0") else None
    return f"{rang[0].title}{late}。" if rang and late else ""
