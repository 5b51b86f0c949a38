"""What of a case's history a lens shows: which moves, and the words and photos said with them."""

from server.cases.record.files import CaseFile, EventFile
from server.cases.sight.lenses import LENSES, sees_words
from server.flows import BY_PHONE, FLOWS

RING = "ring"  # a clock reminded somebody; nothing else happened


def said_by_resident(event: EventFile) -> bool:
    """Whether words and photos of a move are a resident's, also where staff took them down."""
    taken_down = event.version == 1 or event.move in BY_PHONE
    return event.by_post_id is None or taken_down


def sees_said(event: EventFile, lens: str) -> bool:
    """Residents' words and photos are for the raiser and for those who handle the case."""
    return sees_words(lens) or not said_by_resident(event)


def sees_event(case: CaseFile, event: EventFile, lens: str) -> bool:
    """A move may be narrowed to wider lenses than the viewer's."""
    if event.move == RING:
        return lens == "work"
    ways = FLOWS[case.flow].by_key.get(event.move, ())
    seen = next((move.seen for _, move in ways if move.seen), "")
    return not seen or LENSES.index(lens) <= LENSES.index(seen)
