"""The numbers beside the tabs, as far as anybody reads them, and the estates to choose from.

What lies in the viewer's areas is counted by place and state. To a tab that is not full by that,
what is in their hands is added: looked at one by one where it is little, met on the way through the
tab's states where it is much.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server import places
from server.base import database
from server.base.viewer import Viewer
from server.cases.desk.finding import aside, counted_hands, open_ones
from server.cases.desk.tabs import TABS, Tab, belongs, stands
from server.cases.sight.scope import Args, area, in_their_hands, not_about, watched

MOST_COUNTED = 1000
LITTLE = 8000  # in hand: each is looked at once for all tabs
LOOKED_AT = 500  # cases in hand, for the estates they are in


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How many cases each tab holds, MOST_COUNTED where that many or more; and the estates."""

    tabs: dict[str, int]
    estates: tuple[UUID, ...]


async def count_desk(viewer: Viewer, *, now: datetime) -> DeskCounts:
    """What stands beside the tabs, and which estates there are to choose from."""
    args = Args()
    numbers = [f"{_number(_here(args, viewer, tab, now))} AS {key}" for key, tab in TABS.items()]
    numbers += [
        f"{counted_hands(args, viewer, LITTLE, live=live)} AS {name}"
        for name, live in (("open_hands", True), ("all_hands", False))
    ]
    row = await database.fetch_one(f"SELECT {', '.join(numbers)}", *args.values)
    assert row is not None
    hands = _Hands(
        viewer, now, few_open=row["open_hands"] <= LITTLE, few=row["all_hands"] <= LITTLE
    )
    tabs = {key: int(row[key]) for key in TABS}
    return DeskCounts(tabs | await _more(hands, tabs), await _estates(viewer))


@dataclass(frozen=True, slots=True)
class _Hands:
    """Whether what is in the viewer's hands is little: what is open of it, and all of it."""

    viewer: Viewer
    now: datetime
    few_open: bool
    few: bool

    def held(self, args: Args) -> str:
        """What is little, as the table `held`, to be looked at but once."""
        if not (self.few_open or self.few):
            return ""
        return (
            "WITH held AS MATERIALIZED (SELECT DISTINCT c.id, c.live, c.state, c.due_at"
            " FROM case_party p CROSS JOIN cases c"
            f" WHERE c.id = p.case_id AND {in_their_hands(args, self.viewer)}"
            f"{open_ones(not self.few)} AND {not_about(args, self.viewer)}) "
        )

    def of(self, args: Args, tab: Tab) -> str:
        """Those of a tab."""
        if self.few or (tab.live and self.few_open):
            return f"SELECT c.id FROM held c WHERE {belongs(args, tab, self.now)}"
        others = not_about(args, self.viewer)
        if tab.live:
            # Counted case by case: as a join PostgreSQL would look through all parties for it.
            mine = f"p.case_id = c.id AND {in_their_hands(args, self.viewer)}"
            theirs = f"(SELECT count(*) FROM case_party p WHERE {mine}) > 0"
            which = _which(args, tab, self.now)
            return f"SELECT c.id FROM cases c WHERE {which} AND {theirs} AND {others}"
        return (
            "SELECT DISTINCT c.id FROM case_party p CROSS JOIN cases c WHERE c.id = p.case_id"
            f" AND {in_their_hands(args, self.viewer)} AND p.ended = TRUE"
            f" AND {belongs(args, tab, self.now)} AND {others}"
        )


async def _more(hands: _Hands, tabs: dict[str, int]) -> dict[str, int]:
    """The numbers of the tabs that are not full, with what is in hand."""
    short = [key for key, number in tabs.items() if number < MOST_COUNTED]
    if not short:
        return {}
    args = Args()
    held = hands.held(args)
    numbers = []
    for key in short:
        here = _here(args, hands.viewer, TABS[key], hands.now)
        numbers.append(f"{_number([*here, hands.of(args, TABS[key])])} AS {key}")
    row = await database.fetch_one(f"{held}SELECT {', '.join(numbers)}", *args.values)
    return {key: int(row[key]) for key in short} if row else {}


def _number(found: list[str]) -> str:
    """How many these find together, each and all counted no further than is read."""
    if not found:
        return "0"
    ways = " UNION ".join(
        f"SELECT id FROM ({one} LIMIT {MOST_COUNTED}) n{nth}" for nth, one in enumerate(found)
    )
    return f"(SELECT count(*) FROM (SELECT id FROM ({ways}) n LIMIT {MOST_COUNTED}) m)"


def _here(args: Args, viewer: Viewer, tab: Tab, now: datetime) -> list[str]:
    """Late ones are met at the beginning of the order, all others in the area by their state."""
    path = aside("c.path") if tab.late else "c.path"
    return [
        f"SELECT c.id FROM cases c WHERE {_which(args, tab, now)} AND {area(args, path, one)}"
        f" AND {not_about(args, viewer)}"
        for one in watched(viewer)
    ]


def _which(args: Args, tab: Tab, now: datetime) -> str:
    return belongs(args, tab, now, aside("c.state")) if tab.late else stands(tab)


async def _estates(viewer: Viewer) -> tuple[UUID, ...]:
    """Those of the areas of every post, and those of some of the cases in hand."""
    areas = sorted({post.area for post in viewer.posts if post.area})
    here = [one.id for path in areas for one in await places.places_under(path, "estate")]
    args = Args()
    rows = await database.fetch(
        "SELECT DISTINCT c.estate_id FROM (SELECT p.case_id FROM case_party p"
        f" WHERE {in_their_hands(args, viewer)} LIMIT {LOOKED_AT}) k CROSS JOIN cases c"
        f" WHERE c.id = k.case_id AND c.estate_id IS NOT NULL AND {not_about(args, viewer)}",
        *args.values,
    )
    return tuple(dict.fromkeys([*here, *(row["estate_id"] for row in rows)]))
