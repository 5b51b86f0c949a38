"""What a viewer may do with a case now, as the law of its kind says."""

from collections.abc import Collection, Iterable

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


def theirs_in_some(found: Iterable[CaseFile], viewer: Viewer, moves: Collection[str]) -> list[str]:
    """Those of these moves that are this viewer's in one of the cases at least, as far as states
    and posts say. It asks the database nothing.
    """
    missing = set(moves)
    for case in found:
        if not missing:
            break
        state, who = parts.state_of(case), movers.mover_alone(case, viewer)
        missing -= {
            one for one in missing if flows.is_theirs(flows.FLOWS[case.flow], state, one, who)
        }
    return [one for one in moves if one not in missing]
