"""How the cases of a list are found: among the few that may be meant, or along the whole order.

Counted first, and no further than is worth while: the cases of the tab that lie in the viewer's
areas or are in their hands; those of the estate that is chosen. If either are few, they are all
looked at and sorted, which is exact and soon done. If both are many, the order of the list itself
is walked until it is full: where so many are to be seen, the next is never far. Words are looked
for among the few, or by the index of the search.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from server.base import database
from server.base.fields import clean_text
from server.base.viewer import Viewer
from server.cases.desk.tabs import DeskFilter, Tab, belongs, stands
from server.cases.record.references import plain_form
from server.cases.search import asking
from server.cases.sight.scope import Args, area, each_hand, in_their_hands, may_see, watched
from server.places import HOME

FEW = 2000
LONGEST_SEARCH = 60
_WILD = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})


class Way(Enum):
    """Where the cases of a list are looked for."""

    NEAR = "in the viewer's areas and hands"
    ESTATE = "in the estate"
    SEARCHED = "in what the search finds"
    ORDER = "along the order of the list"


@dataclass(frozen=True, slots=True)
class Quest:
    """What somebody looks for, and the way it is found."""

    viewer: Viewer
    wanted: DeskFilter
    now: datetime
    words: str
    way: Way

    def beginning(self, args: Args) -> str:
        """What a statement with `seen` in it begins with."""
        if self.way is not Way.SEARCHED:
            return ""
        return asking.newest(args, self.viewer, self.words, live=self.wanted.of.live)

    def seen(self, args: Args) -> str:
        """FROM and WHERE of the cases `c` that are meant and may be seen."""
        tab = self.wanted.of
        if self.way is Way.ORDER:
            source, state = "cases c", aside("c.state")
        else:
            source, state = f"({self._places(args)}) k CROSS JOIN cases c", "c.state"
        parts = [may_see(args, self.viewer), belongs(args, tab, self.now, state)]
        if self.way is not Way.ORDER:
            parts.append("c.id = k.id")
        if self.wanted.estate_id is not None:
            parts.append(f"{aside('c.estate_id')} = {args.add(self.wanted.estate_id)}")
        if self.words:
            parts.append(_has(args, self.words))
        return f"FROM {source} WHERE {' AND '.join(f'({part})' for part in parts)}"

    def _places(self, args: Args) -> str:
        tab = self.wanted.of
        if self.way is Way.ESTATE:
            return _in_estate(args, self.wanted, tab)
        if self.way is Way.SEARCHED:
            return asking.found(args, self.words)
        return " UNION ".join(_near(args, self.viewer, tab))


async def quest(viewer: Viewer, wanted: DeskFilter, now: datetime) -> Quest:
    """Choose the way. Raises Invalid for a tab there is not."""
    words = clean_text(wanted.q[:LONGEST_SEARCH])
    return Quest(viewer, wanted, now, words, await _way(viewer, wanted, words))


def aside(column: str) -> str:
    """A column that is compared, but chooses no index: SQLite would take the wrong one."""
    return f"+{column}" if database.dialect() == "sqlite" else column


async def _way(viewer: Viewer, wanted: DeskFilter, words: str) -> Way:
    args, tab = Args(), wanted.of
    here = [_counted(one, FEW) for one in _here(args, viewer, tab)]
    near = " + ".join([*here, counted_hands(args, viewer, FEW, live=tab.live)])
    estate = _counted(_in_estate(args, wanted, tab), FEW) if wanted.estate_id else "NULL"
    row = await database.fetch_one(f"SELECT {near} AS near, {estate} AS estate", *args.values)
    assert row is not None
    if row["near"] <= FEW:
        return Way.NEAR
    if row["estate"] is not None and row["estate"] <= FEW:
        return Way.ESTATE
    return Way.SEARCHED if words else Way.ORDER


def counted_hands(args: Args, viewer: Viewer, most: int, *, live: bool) -> str:
    """How much is in the viewer's hands, as a sum: open, or all of it; counted to just beyond."""
    return (
        " + ".join(
            _counted(f"SELECT 1 FROM case_party p WHERE {hand}{open_ones(live)}", most)
            for hand in each_hand(args, viewer)
        )
        or "0"
    )


def open_ones(live: bool) -> str:
    """Of the parties `p`, those of cases that have not ended, where only these are wanted."""
    return " AND p.ended = FALSE" if live else ""


def _counted(found: str, most: int) -> str:
    return f"(SELECT count(*) FROM ({found} LIMIT {most + 1}) n)"


def _near(args: Args, viewer: Viewer, tab: Tab) -> list[str]:
    """Selects of the cases of a tab that might be seen, and of some more that are not."""
    here = _here(args, viewer, tab)
    hands = f"{in_their_hands(args, viewer)}{open_ones(tab.live)}"
    return [*here, f"SELECT DISTINCT p.case_id AS id FROM case_party p WHERE {hands}"]


def _here(args: Args, viewer: Viewer, tab: Tab) -> list[str]:
    return [
        f"SELECT c.id AS id FROM cases c WHERE {stands(tab)} AND {area(args, 'c.path', path)}"
        for path in watched(viewer)
    ]


def _in_estate(args: Args, wanted: DeskFilter, tab: Tab) -> str:
    here = f"c.estate_id = {args.add(wanted.estate_id)}"
    return f"SELECT c.id AS id FROM cases c WHERE {here} AND {stands(tab)}"


def _has(args: Args, words: str) -> str:
    """The whole number of another system, or every word between blanks somewhere in the case."""
    elsewhere = args.add(plain_form(words))
    every = " AND ".join(f"({_somewhere(args, word)})" for word in words.split())
    return (
        f"{every} OR c.id IN (SELECT x.case_id FROM case_reference x WHERE x.number = {elsewhere})"
    )


def _somewhere(args: Args, word: str) -> str:
    """A number by its beginning, a word anywhere in text, place or kind; of a home also in its
    door, which whoever has the case on the desk is shown.
    """
    word = word.translate(_WILD)
    anywhere, beginning = args.add(f"%{word}%"), args.add(f"{word}%")
    kinds = f"SELECT k.key FROM category k WHERE k.title LIKE {anywhere} ESCAPE '\\'"
    return (
        f"c.number LIKE {beginning} ESCAPE '\\' OR c.text LIKE {anywhere} ESCAPE '\\'"
        f" OR c.place_name LIKE {anywhere} ESCAPE '\\' OR c.spot LIKE {anywhere} ESCAPE '\\'"
        f" OR c.category IN ({kinds})"
        f" OR (c.place_name LIKE '%{HOME}' AND EXISTS (SELECT 1 FROM place h"
        f" WHERE h.id = c.place_id AND h.full_name LIKE {anywhere} ESCAPE '\\'))"
    )
