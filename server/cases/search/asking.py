"""Asking the index: the newest cases that have every piece of some words, and may be seen.

More than may be: whoever asks judges each of them. A number by its beginning, and the whole number
of another system, are found by indexes of their own.
"""

from server.base import database
from server.base.viewer import Viewer
from server.cases.record.references import plain_form
from server.cases.search.pieces import OPEN, marks_of_viewer, pieces
from server.cases.sight.scope import Args

NEWEST = 500
SHORT, CUT = "short", "newest"
NUMBER_LENGTH = 12
_ALL_OF = "string_to_array(s.words || ' ' || s.place, ' ')"


def reach(words: str, looked_at: int) -> str:
    """SHORT: no two characters stand together, so only numbers were looked for. CUT: more cases
    have the pieces than are looked at, the newest were. Else nothing.
    """
    if not pieces(words):
        return SHORT
    return CUT if looked_at >= NEWEST else ""


def newest(args: Args, viewer: Viewer, words: str, *, live: bool) -> str:
    """What begins a statement that asks for `found`: the table `newest`, made once for it; nothing
    where the words have no pieces.
    """
    if not pieces(words):
        return ""
    return f"WITH newest AS MATERIALIZED ({_newest(args, viewer, words, live=live)}) "


def looked_at(words: str) -> str:
    """How many cases `newest` gave, as a column of such a statement."""
    return "(SELECT count(*) FROM newest)" if pieces(words) else "0"


def found(args: Args, words: str) -> str:
    """A select of the ids of the cases to look at."""
    elsewhere = args.add(plain_form(words))
    ways = [f"SELECT DISTINCT x.case_id AS id FROM case_reference x WHERE x.number = {elsewhere}"]
    if words.isascii() and words.isdigit() and len(words) <= NUMBER_LENGTH:
        first, last = (args.add(words.ljust(NUMBER_LENGTH, digit)) for digit in "09")
        ways.append(f"SELECT c.id AS id FROM cases c WHERE c.number BETWEEN {first} AND {last}")
    if pieces(words):
        ways.append("SELECT id FROM newest")
    return " UNION ".join(ways)


def _newest(args: Args, viewer: Viewer, words: str, *, live: bool) -> str:
    wanted = [*pieces(words), *([OPEN] if live else [])]
    seen = marks_of_viewer(viewer)
    if database.dialect() == "sqlite":
        either = " OR ".join(f'"{mark}"' for mark in seen)
        every = " AND ".join([f"({either})", *(f'"{piece}"' for piece in wanted)])
        return (
            "SELECT s.case_id AS id FROM (SELECT rowid AS nth FROM case_search_index"
            f" WHERE case_search_index MATCH {args.add(every)}"
            f" ORDER BY rowid DESC LIMIT {NEWEST}) i CROSS JOIN case_search s WHERE s.id = i.nth"
        )
    # Ordered by no index: walking along the newest and splitting each is dearer than PostgreSQL
    # thinks, where words are rare.
    return (
        f"SELECT s.case_id AS id FROM case_search s WHERE {_ALL_OF} @> {args.add(wanted)}"
        f" AND {_ALL_OF} && {args.add(seen)} ORDER BY s.id + 0 DESC LIMIT {NEWEST}"
    )
