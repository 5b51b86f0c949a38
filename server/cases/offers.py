"""What a viewer may do with a case now, as the law of its kind says."""

from server import flows, org
from server.base import clock
from server.base.viewer import Viewer
from server.cases.effects import deeds
from server.cases.record import parts
from server.cases.record.files import CaseFile
from server.cases.sight import movers


async def offered(case: CaseFile, viewer: Viewer) -> list[flows.Offer]:
    """The moves open to this viewer, in the order the flow lists them."""
    now = clock.now()
    return flows.offered(
        flows.FLOWS[case.flow],
        parts.state_of(case),
        who=await movers.mover_of(case, viewer),
        now=now,
        calendar=await org.calendar(),
        answers=await deeds.answers(case),
    )
