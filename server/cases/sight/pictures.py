"""Which photos belong to which move, and who may see them."""

from uuid import UUID

from server.base.viewer import Viewer
from server.cases.record import reading
from server.cases.record.files import CaseFile, EventFile
from server.cases.sight.history import said_by_resident
from server.cases.sight.lenses import lens_of, sees_words


def photo_ids(event: EventFile) -> tuple[UUID, ...]:
    """The photos given with a move."""
    return tuple(UUID(one) for one in event.body["given"].get("photos") or ())


def photo_count(case: CaseFile) -> int:
    """How many photos the report came with."""
    return int(case.facts.get("photos") or 0)


def lacks_proof(case: CaseFile) -> bool:
    """Said to be done, without the photo its category asks for: it may still be handed in."""
    wanted = case.facts.get("evidence") == "photo" and case.outcome in (None, "fixed")
    return wanted and case.state == "resolved" and not case.facts.get("proof")


async def may_see_photo(photo_id: UUID, case_id: UUID, viewer: Viewer) -> bool:
    """Whether the viewer may see this photo of this case: who joined sees only those of staff."""
    case = await reading.read_by_id(case_id)
    lens = lens_of(case, viewer) if case is not None else None
    if case is None or lens is None:
        return False
    if sees_words(lens):
        return True
    events = await reading.read_events(case_id)
    by_staff = [event for event in events if not said_by_resident(event)]
    return lens == "progress" and any(photo_id in photo_ids(event) for event in by_staff)
