"""The rows of a sheet as they stand in the file: formulas, faults and merged cells as such."""

import re
from typing import Any

from server.workbook.cells import Raw
from server.workbook.unpacking import Stream

MOST_COLUMNS = 40  # read of a row; what stands further right is nobody's
MOST_MERGED = 20_000  # cells of merged ranges that are remembered
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)


class Formula(str):
    """A cell that reckons instead of saying something; its words are the formula."""


class Fault(str):
    """A cell in which the spreadsheet itself shows an error: #REF!, #N/A."""


Cells = dict[int, Raw]  # by column, the first is 0


class Rows(Stream):
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


def merged_in(ranges: list[str], numbers: set[int]) -> set[tuple[int, int]]:
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
