"""Reading an xlsx as a stream, within limits: nothing of it is unpacked that is not read.

Ours, because what reads workbooks shows the last value of a formula as if somebody had typed it,
says nothing of merged cells while it streams, and unpacks whatever a file claims to hold.
"""

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO
from xml.parsers import expat

from server.workbook.errors import NotAWorkbook, WorkbookTooLarge
from server.workbook.rows import Cells, Rows, merged_in
from server.workbook.unpacking import Budget, Elements, Stream, check_parts, parse, read_part

MOST_BYTES = 20_000_000  # of the file
MOST_SHEETS = 60
MOST_ROWS = 200_000  # of one sheet, with something in them
MOST_SHARED = 2_000_000

# No zip, cut off, encrypted, packed in a way nobody uses, or not what it says of itself.
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError),
    *(expat.ExpatError, LookupError, ValueError, StopIteration),
)


@dataclass(slots=True)
class Page:
    """One sheet as it was read: its rows by number, and which cells are merged away."""

    title: str
    rows: list[tuple[int, Cells]] = field(default_factory=list)
    merged: set[tuple[int, int]] = field(default_factory=set)  # row, column; the first is not among


def read_workbook(
    file: IO[bytes], wanted: set[str], *, tick: Callable[[], object] = lambda: None
) -> tuple[list[Page], list[str]]:
    """The sheets with these titles as they stand, and the titles of all others.

    `tick` is called again and again and may raise, to give up. Raises NotAWorkbook for what is
    none, WorkbookTooLarge for what is more than anybody fills in.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            check_parts(packed)
            budget = Budget()
            sheets = _sheets(packed, budget)
            pages, others = [], [title for title, _ in sheets if title not in wanted]
            shared: list[str] | None = None
            for title, part in sheets:
                if title in wanted:
                    shared = _shared(packed, budget) if shared is None else shared
                    pages.append(_page(packed, part, title, shared, budget=budget, tick=tick))
            return pages, others
    except _UNREADABLE as cause:
        raise NotAWorkbook from cause


def _sheets(packed: zipfile.ZipFile, budget: Budget) -> list[tuple[str, str]]:
    """The titles of the sheets and the parts they lie in."""
    book, links = Elements("sheet"), Elements("Relationship")
    read_part(packed, "xl/workbook.xml", book, budget)
    read_part(packed, "xl/_rels/workbook.xml.rels", links, budget)
    parts = {link["Id"]: link["Target"] for link in links.found}
    if len(book.found) > MOST_SHEETS:
        raise WorkbookTooLarge(what=f"表超过{MOST_SHEETS}张")
    found = []
    for sheet in book.found:
        link = next(value for name, value in sheet.items() if name.endswith(":id"))
        target = parts[link]
        part = target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
        found.append((sheet["name"].strip(), part))
    return found


class _Shared(Stream):
    """The strings that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self._parts: list[str] = []
        self._in_text, self._in_sound = False, False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._in_sound = True
        elif name == "t":
            self._in_text = not self._in_sound

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "si":
            self.strings.append("".join(self._parts))
            if len(self.strings) > MOST_SHARED:
                raise WorkbookTooLarge(what="不同的文字太多")
        elif name == "rPh":
            self._in_sound = False
        elif name == "t":
            self._in_text = False

    def words(self, said: str) -> None:
        if self._in_text:
            self._parts.append(said)


def _shared(packed: zipfile.ZipFile, budget: Budget) -> list[str]:
    if "xl/sharedStrings.xml" not in packed.NameToInfo:
        return []
    stream = _Shared()
    read_part(packed, "xl/sharedStrings.xml", stream, budget)
    return stream.strings


def _page(
    packed: zipfile.ZipFile,
    part: str,
    title: str,
    shared: list[str],
    *,
    budget: Budget,
    tick: Callable[[], object],
) -> Page:
    page, stream = Page(title), Rows(shared)
    for _ in parse(packed, part, stream, budget):
        budget.keep(sum(len(cells) for _, cells in stream.done))
        page.rows += stream.done
        stream.done.clear()
        if len(page.rows) > MOST_ROWS:
            raise WorkbookTooLarge(what=f"“{title}”超过{MOST_ROWS // 10_000}万行")
        tick()
    page.merged = merged_in(stream.ranges, {number for number, _ in page.rows})
    return page
