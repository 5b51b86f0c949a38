"""An import as the administrator of a town sees it."""

from datetime import datetime
from uuid import UUID

from server.views.shape import Shape
from server.workbook import Import


class ImportSheet(Shape, frozen=True, kw_only=True):
    """How one sheet of a file stands."""

    title: str
    rows: int
    wrong: int
    waiting: int = 0
    refused: bool


class ImportCard(Shape, frozen=True, kw_only=True):
    """A file with a town in it: how far it is, what is wrong in it, what came of it."""

    id: UUID
    title: str
    state: str
    made_at: datetime
    goes_on: bool
    good_rows: bool
    written: int
    expected: int
    sentence: str
    sheets: list[ImportSheet]
    findings: list[str]
    wrong: int
    waiting: int
    notes: list[str]
    new: int
    changed: int


def import_card(one: Import) -> ImportCard:
    """How far an import is and what came of it, in the order of its sheets."""
    told = one.told
    return ImportCard(
        id=one.id,
        title=one.title,
        state=one.state,
        made_at=one.made_at,
        goes_on=one.goes_on,
        good_rows=one.good_rows,
        written=one.written,
        expected=one.expected,
        sentence=told.get("sentence", ""),
        sheets=[ImportSheet(**tally) for tally in told.get("tallies", ())],
        findings=told.get("findings", []),
        wrong=told.get("wrong", 0),
        waiting=told.get("waiting", 0),
        notes=told.get("notes", []),
        new=sum(told.get("new", {}).values()),
        changed=sum(told.get("changed", {}).values()),
    )
