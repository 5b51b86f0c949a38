"""Everything a page tells of a case, in one statement: the case, its history, what was reported at
the same place before, and what its viewer has not read of it.
"""

import sys
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from server import catalogue, notices
from server.base import cache, database
from server.base.ids import valid_number
from server.base.viewer import Viewer
from server.cases.errors import CaseUnknown
from server.cases.record import reading
from server.cases.record.files import CaseFile
from server.cases.record.keys import key_hashes
from server.cases.record.reading import History
from server.cases.record.writing import Moved
from server.cases.sight.lenses import lens_of
from server.cases.sight.scope import Args, may_see

MOST_BEFORE = 5
MOST_ASKED = 256  # viewers whose statement is kept
AGAIN_WITHIN = timedelta(days=30)


_ASKED: dict[Viewer, tuple[str, list[object]]] = cache.shelf()


class Before(Struct, frozen=True, array_like=True):
    """又坏了: something of the same kind, reported at the same place a while ago."""

    number: str
    flow: str
    state: str
    opened_at: datetime


class Dossier(Struct, frozen=True):
    """A case as one viewer may open it. Of `before` only what this viewer may see, newest first."""

    case: CaseFile
    history: History
    before: tuple[Before, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        return self.case.number


async def find_dossier(number: str, viewer: Viewer) -> Dossier:
    """The case and what belongs to its page. Raises CaseUnknown where it is not theirs."""
    if not valid_number(number):
        raise CaseUnknown
    asked = _ASKED.get(viewer)
    if asked is None:
        if len(_ASKED) >= MOST_ASKED:
            _ASKED.clear()
        asked = _ASKED[viewer] = _asked_by(viewer)
    row = await database.fetch_one(asked[0], number, *asked[1])
    case = reading.case_of(row) if row else None
    if row is None or case is None or lens_of(case, viewer) is None:
        raise CaseUnknown
    return Dossier(case, reading.history_of(row), _lately(row, case), _titles(row))


def _asked_by(viewer: Viewer) -> tuple[str, list[object]]:
    """What this viewer asks of a case with the number $1, and the other values: always the same."""
    args = Args()
    where = f"c.number = {args.add(None)}"
    text = (
        f"SELECT {reading.selected()}, {reading.past()}, {_before(args, viewer)} AS before,"
        f" {_unread(args, viewer)} AS unread FROM cases c WHERE {where}"
    )
    return sys.intern(text), args.values[1:]


async def after(dossier: Dossier, moved: Moved, viewer: Viewer) -> Dossier:
    """The same once this was written. Asks again only where the case became one of another kind."""
    case, history = moved.case, dossier.history
    grown = History((*history.events, *moved.events), history.elsewhere)
    before = dossier.before
    if case.category != dossier.case.category:
        before = await list_before(case, viewer)
    return Dossier(case, grown, before, dossier.unread)


async def list_before(case: CaseFile, viewer: Viewer) -> tuple[Before, ...]:
    """The same kind of thing at the same place, reported in the thirty days before; newest first.

    Only what this viewer may see.
    """
    args = Args()
    where = f"c.id = {args.add(case.id)}"
    row = await database.fetch_one(
        f"SELECT {_before(args, viewer)} AS before FROM cases c WHERE {where}", *args.values
    )
    return _lately(row, case) if row else ()


def _before(args: Args, viewer: Viewer) -> str:
    """For those who handle cases; a resident is not told what others reported."""
    if not viewer.is_staff:
        return "NULL"
    newest = (
        "SELECT o.id, o.number, o.flow, o.state, o.opened_at, o.path, o.about_unit_id,"
        " o.about_post_id FROM cases o WHERE o.place_id = c.place_id AND o.category = c.category"
        f" AND o.opened_at < c.opened_at ORDER BY o.opened_at DESC LIMIT {MOST_BEFORE}"
    )
    return reading.as_arrays(
        ("b.number", "b.flow", "b.state", "b.opened_at"),
        f"({newest}) b WHERE {may_see(args, viewer, 'b')}",
    )


def _unread(args: Args, viewer: Viewer) -> str:
    waiting, values = notices.unread_here(
        viewer, key_hashes(viewer.keys), start=len(args.values) + 1
    )
    args.values += values
    return reading.as_arrays(("i.id", "i.title"), f"inbox_item i WHERE i.case_id = c.id{waiting}")


def _lately(row: dict[str, Any], case: CaseFile) -> tuple[Before, ...]:
    if case.category in ("", catalogue.OTHER):  # what has no kind is not the same again
        return ()
    found: list[Before] = reading.listed(_BEFORE, row["before"])
    recent = (one for one in found if one.opened_at >= case.opened_at - AGAIN_WITHIN)
    return tuple(sorted(recent, key=lambda one: one.opened_at, reverse=True))


def _titles(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(title for _, title in sorted(reading.listed(_UNREAD, row["unread"])))


_BEFORE = msgspec.json.Decoder(list[Before])
_UNREAD = msgspec.json.Decoder(list[tuple[int, str]])
