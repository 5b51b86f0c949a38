"""The tabs of the desk, and what a clerk asks of the list."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server.base.errors import FieldError, Invalid
from server.cases.sight.scope import Args
from server.flows import FLOWS

# What an office opened itself is no ticket of the desk.
_STATES = [state for flow in FLOWS.values() if not flow.in_office for state in flow.main.states]
ENDED = tuple(dict.fromkeys(state.key for state in _STATES if state.end))
OPEN = tuple(dict.fromkeys(state.key for state in _STATES if not state.end))
NOBODY_IS_LATE = ("resolved", "waiting_raiser", "hung")


@dataclass(frozen=True, slots=True)
class Tab:
    """Which cases it lists: open ones or ended ones, in these states; perhaps only late ones."""

    states: tuple[str, ...]
    live: bool = True
    late: bool = False


LATE = Tab(tuple(state for state in OPEN if state not in NOBODY_IS_LATE), late=True)
TABS = {
    "open": Tab(OPEN),
    "to_sign": Tab(("dispatched",)),
    "dispute": Tab(("dispute",)),
    "overdue": LATE,
    "resolved": Tab(("resolved",)),
    "closed": Tab(ENDED, live=False),
}


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """What a clerk looks for. `overdue` narrows any open tab; `q` is a number or words."""

    tab: str = "open"
    estate_id: UUID | None = None
    overdue: bool = False
    q: str = ""

    @property
    def of(self) -> Tab:
        """Raises Invalid naming `tab` for one there is not."""
        tab = TABS.get(self.tab)
        if tab is None:
            raise Invalid(FieldError("tab", "not-a-tab", "没有这一栏，请从列出的里面选。"))
        if not self.overdue or tab.late:
            return tab
        states = tuple(state for state in tab.states if state in LATE.states)
        return Tab(states, live=tab.live, late=True)


def stands(tab: Tab, column: str = "c.state") -> str:
    """In one of the tab's states."""
    return f"{column} IN ({', '.join(repr(state) for state in tab.states) or 'NULL'})"


def belongs(args: Args, tab: Tab, now: datetime, column: str = "c.state") -> str:
    """The cases `c` of a tab. `live` is spelt as the indexes of its order have it."""
    late = f" AND c.due_at < {args.add(now)}" if tab.late else ""
    return f"{'c.live' if tab.live else 'NOT c.live'} AND {stands(tab, column)}{late}"
