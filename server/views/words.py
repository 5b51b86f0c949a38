"""What things are called on the screen: states, clocks, steps, and those who made a move."""

from server import cases, org
from server.cases import CaseFile
from server.flows import FLOWS

RESIDENT = "居民"
AUTOMATIC = "码上"
RESIDENT_TITLES = {
    "raiser": "上报人",
    "second": "也遇到的居民",
    "visitor": "也遇到的居民",
    "follower": "也遇到的居民",
    "anyone": "上报人",
    "claimant": "上报人",
    "leaver": "上报人",
}
AUTOMATIC_TITLES = {"flow": "自动", "clock": "到时自动", "succession": "换物业"}


def state_title(case: CaseFile, *, staff: bool = False) -> str:
    """Where the case stands, in the words of the viewer."""
    return title_of_state(case.flow, case.state, staff=staff)


def title_of_state(flow: str, key: str, *, staff: bool = False) -> str:
    state = FLOWS[flow].state(key)
    return state.title if staff else state.public


async def category_title(case: CaseFile) -> str:
    """What the case is about, never anyone's words; of a kind no longer in use its key."""
    return await cases.subject(case) or case.category


def role_title(by: str) -> str:
    """What the maker of a move is called."""
    known = RESIDENT_TITLES.get(by) or AUTOMATIC_TITLES.get(by)
    return known or org.role_title(by)
