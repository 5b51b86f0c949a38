"""Reading an xlsx as a stream, within limits: nothing of it is unpacked that is not read.

Ours, because what reads workbooks shows the last value of a formula as if somebody had typed it,
says nothing of merged cells while it streams, and unpacks whatever a file claims to hold.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO, Any
from xml.parsers import expat

from server.workbook.cells import Raw
from server.workbook.errors import NotAWorkbook, WorkbookTooLarge

MOST_BYTES = 20_000_000  # of the file
MOST_UNPACKED = 400_000_000
MOST_PARTS = 500
MOST_SHEETS = 60
MOST_ROWS = 200_000  # of one sheet, with something in them
MOST_CELLS = 5_000_000
MOST_COLUMNS = 40  # read of a row; what stands further right is nobody's
MOST_SHARED = 2_000_000
MOST_MERGED = 20_000  # cells of merged ranges that are remembered
_CHUNK = 1 << 16
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)

# No zip, cut off, encrypted, packed in a way nobody uses, or not what it says of itself.
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError),
    *(expat.ExpatError, LookupError, ValueError, StopIteration),
)


class Formula(str):
    """A cell that reckons instead of saying something; its words are the formula."""


class Fault(str):
    """A cell in which the spreadsheet itself shows an error: #REF!, #N/A."""


Cells = dict[int, Raw]  # by column, the first is 0


@dataclass(slots=True)
class Page:
    """One sheet as it was read: its rows by number, and which cells are merged away."""

    title: str
    rows: list[tuple[int, Cells]] = field(default_factory=list)
    merged: set[tuple[int, int]] = field(default_factory=set)  # row, column; the first is not among


@dataclass
class _Budget:
    """What may still be unpacked and kept, over the whole workbook."""

    unpacked: int = MOST_UNPACKED
    cells: int = MOST_CELLS

    def unpack(self, size: int) -> None:
        self.unpacked -= size
        if self.unpacked < 0:
            raise WorkbookTooLarge(what=f"解开超过{MOST_UNPACKED // 1_000_000}MB")

    def keep(self, cells: int) -> None:
        self.cells -= cells
        if self.cells < 0:
            raise WorkbookTooLarge(what=f"格子超过{MOST_CELLS // 10_000}万个")


def read_workbook(
    file: IO[bytes], wanted: set[str], *, tick: Callable[[], object] = lambda: None
) -> tuple[list[Page], list[str]]:
    """The sheets with these titles as they stand, and the titles of all others.

    `tick` is called again and again and may raise, to give up. Raises NotAWorkbook for what is
    none, WorkbookTooLarge for what is more than anybody fills in.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            _check_parts(packed)
            budget = _Budget()
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


def _check_parts(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS:
        raise WorkbookTooLarge(what=f"里面的文件超过{MOST_PARTS}个")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise WorkbookTooLarge(what=f"解开超过{MOST_UNPACKED // 1_000_000}MB")


class _Stream:
    """A part of the workbook being parsed; a subclass says what to do with its elements."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words

    def _refuse(self, *_: object) -> None:
        raise NotAWorkbook  # No workbook has a document type; entities could swell without end.

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def words(self, said: str) -> None: ...


def _parse(packed: zipfile.ZipFile, part: str, stream: _Stream, budget: _Budget) -> Iterator[None]:
    """Parse a part chunk by chunk, pausing after each."""
    with packed.open(part) as opened:
        while chunk := opened.read(_CHUNK):
            budget.unpack(len(chunk))
            stream.parser.Parse(chunk, False)
            yield
        stream.parser.Parse(b"", True)
        yield


def _whole(packed: zipfile.ZipFile, part: str, stream: _Stream, budget: _Budget) -> None:
    for _ in _parse(packed, part, stream, budget):
        pass


class _Elements(_Stream):
    """The attributes of every element of one name."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted, self.found = wanted, list[dict[str, str]]()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == self.wanted:
            self.found.append(attributes)


def _sheets(packed: zipfile.ZipFile, budget: _Budget) -> list[tuple[str, str]]:
    """The titles of the sheets and the parts they lie in."""
    book, links = _Elements("sheet"), _Elements("Relationship")
    _whole(packed, "xl/workbook.xml", book, budget)
    _whole(packed, "xl/_rels/workbook.xml.rels", links, budget)
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


class _Shared(_Stream):
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


def _shared(packed: zipfile.ZipFile, budget: _Budget) -> list[str]:
    if "xl/sharedStrings.xml" not in packed.NameToInfo:
        return []
    stream = _Shared()
    _whole(packed, "xl/sharedStrings.xml", stream, budget)
    return stream.strings


class _Rows(_Stream):
    """The rows of a sheet, one after the other, and the ranges merged in it."""

    def __init__(self, shared: list[str]) -> None:
        super().__init__()
        self.done: list[tuple[int, Cells]] = []
        self.ranges: list[str] = []
        self._shared = shared
        self._row, self._column, self._cells = 0, -1, Cells()
        self._kind, self._parts = "n", list[str]()
        self._formula: list[str] | None = None
        self._takes: list[str] | None = None
        self._in_sound = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            place = _CELL.fullmatch(attributes.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._kind = attributes.get("t", "n")
            self._parts, self._formula = [], None
        elif name in ("v", "t") and not self._in_sound:
            self._takes = self._parts
        elif name == "f":
            self._takes = self._formula = []
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column, self._cells = -1, {}
        elif name == "rPh":
            self._in_sound = True
        elif name == "mergeCell":
            self.ranges.append(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in ("v", "t", "f"):
            self._takes = None
        elif name == "c":
            value = self._value()
            if value is not None and self._column < MOST_COLUMNS:
                self._cells[self._column] = value
        elif name == "row":
            if self._cells:
                self.done.append((self._row, self._cells))
        elif name == "rPh":
            self._in_sound = False

    def words(self, said: str) -> None:
        if self._takes is not None:
            self._takes.append(said)

    def _value(self) -> Raw:
        if self._formula is not None:
            return Formula("=" + "".join(self._formula))
        said = "".join(self._parts)
        if not said.strip():
            return None
        if self._kind == "s":
            return self._shared[int(said)].strip() or None
        if self._kind == "b":
            return said.strip() == "1"
        if self._kind == "e":
            return Fault(said)
        return float(said) if self._kind == "n" else said.strip()


def _page(
    packed: zipfile.ZipFile,
    part: str,
    title: str,
    shared: list[str],
    *,
    budget: _Budget,
    tick: Callable[[], object],
) -> Page:
    page, stream = Page(title), _Rows(shared)
    for _ in _parse(packed, part, stream, budget):
        budget.keep(sum(len(cells) for _, cells in stream.done))
        page.rows += stream.done
        stream.done.clear()
        if len(page.rows) > MOST_ROWS:
            raise WorkbookTooLarge(what=f"“{title}”超过{MOST_ROWS // 10_000}万行")
        tick()
    page.merged = _merged(stream.ranges, {number for number, _ in page.rows})
    return page


def _merged(ranges: list[str], numbers: set[int]) -> set[tuple[int, int]]:
    """The cells that are merged into another one, of the rows there are."""
    found: set[tuple[int, int]] = set()
    for said in ranges:
        first, _, last = said.partition(":")
        corners = _CELL.fullmatch(first), _CELL.fullmatch(last)
        if corners[0] is None or corners[1] is None:
            continue
        left, right = _column(corners[0][1]), min(_column(corners[1][1]), MOST_COLUMNS)
        top, bottom = int(corners[0][2]), int(corners[1][2])
        height = range(top, bottom + 1) if bottom - top < len(numbers) else sorted(numbers)
        inside = (row for row in height if top <= row <= bottom)
        for cell in ((row, column) for row in inside for column in range(left, right + 1)):
            if len(found) >= MOST_MERGED:
                return found
            if cell != (top, left):
                found.add(cell)
    return found


def _column(letters: str) -> int:
    """A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def letters(column: int) -> str:
    """0 is A, 26 is AA."""
    said, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        said = chr(65 + rest) + said
    return said


def is_wrong(raw: Any) -> str | None:
    """Why this cell cannot be read at all, if so."""
    if isinstance(raw, Formula):
        return "这是公式，不是填的内容。请复制后“选择性粘贴”为数值再传。"
    if isinstance(raw, Fault):
        return f"表格自己在这里显示错误（{raw[:10]}），请重新填。"
    return None
