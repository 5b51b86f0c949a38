"""From the sheets of a file to the rows of a town: each cell read, every wrong one named."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from server.workbook.cells import Raw, Wrong, written
from server.workbook.reading import Page
from server.workbook.rows import Cells, is_wrong, letters
from server.workbook.sheets import BY_TITLE, Column, Sheet

HEADINGS_WITHIN = 10  # the row with the headings is among the first
_NOTHING: Cells = {}


@dataclass(frozen=True, slots=True)
class Finding:
    """One wrong cell: where, and what is to be done. Without a column it is the row's.

    What `follows` is right in itself, and only waits for something wrong elsewhere.
    """

    sheet: str  # the title
    row: int
    column: int | None
    heading: str
    sentence: str
    follows: bool = False

    def __str__(self) -> str:
        where = f"第{self.row}行"
        if self.column is not None:
            where += f"{letters(self.column)}列"
        heading = f"（{self.heading}）" if self.heading else ""
        return f"“{self.sheet}”{where}{heading}：{self.sentence}"


@dataclass(slots=True)
class Line:
    """A row of a sheet as it was read. `values` has what its sheet has columns for; `raw`, what
    stood in the cells, is kept only of a line that could not be read.
    """

    sheet: Sheet
    number: int
    raw: Cells
    places: dict[str, int]  # where each column stands
    values: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()  # of nearly all lines the same nothing

    @property
    def name(self) -> tuple[Any, ...]:
        """What tells this row from the others of its sheet."""
        return tuple(
            self.values.get(key, self.sheet.column(key).default) for key in self.sheet.names
        )

    @property
    def is_wrong(self) -> bool:
        """Whether something in it is to be put right."""
        return any(not finding.follows for finding in self.findings)

    def find(self, key: str, sentence: str, *, follows: bool = False) -> None:
        """Something is wrong in this column, or what it names is."""
        column = self.sheet.column(key) if key else None
        heading = column.heading if column else ""
        at = self.places.get(key)
        found = Finding(self.sheet.title, self.number, at, heading, sentence, follows)
        self.findings = (*self.findings, found)


@dataclass
class Sent:
    """A file as it was understood: lines by sheet, what is wrong with whole sheets, remarks."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    broken: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def understand(pages: Iterable[Page], others: Iterable[str]) -> Sent:
    """Read every cell of every row of the sheets that are known."""
    sent = Sent()
    unread = [title for title in others if title != "说明"]
    if unread:
        named = "、".join(f"“{title[:31]}”" for title in unread[:10])
        sent.notes.append(f"没有读的表：{named}{'等' if len(unread) > 10 else ''}。")
    for page in pages:
        _page(sent, BY_TITLE[page.title], page)
    return sent


def _page(sent: Sent, sheet: Sheet, page: Page) -> None:
    places, at = _headings(sheet, page)
    missing = [one for one in sheet.columns if one.required and one.key not in places]
    if not page.rows:
        return
    if missing:
        named = "、".join(f"“{column.heading}”" for column in missing)
        sentence = f"缺少{named}列。第一行应当是模板里的列名。"
        sent.broken.append(Finding(sheet.title, page.rows[0][0], None, "", sentence))
        return
    strange = [
        written(raw)[:20]
        for column, raw in page.rows[at][1].items()
        if column not in places.values()
    ]
    if strange:
        named = "、".join(f"“{heading}”" for heading in strange)
        sent.notes.append(f"“{sheet.title}”里没有读的列：{named}。")
    lines = sent.lines.setdefault(sheet.key, [])
    seen: dict[tuple[Any, ...], int] = {}
    known: dict[Any, Any] = {}
    rows = page.rows[:at:-1]  # the last first: each goes as it is read
    page.rows = []
    while rows:
        line = Line(sheet, *rows.pop(), places)
        _read(line, page.merged, known)
        _twice(line, seen)
        if not line.findings:
            line.raw = _NOTHING  # its values say as much, and a large town has many rows
        lines.append(line)


def _headings(sheet: Sheet, page: Page) -> tuple[dict[str, int], int]:
    """Where each column stands, and in which row that is said."""
    known = {column.heading: column.key for column in sheet.columns}
    best: tuple[dict[str, int], int] = {}, 0
    for at, (_, cells) in enumerate(page.rows[:HEADINGS_WITHIN]):
        found = {
            known[said]: column
            for column, raw in cells.items()
            if isinstance(raw, str) and (said := raw.strip().rstrip("*＊").strip()) in known
        }
        if len(found) > len(best[0]):
            best = found, at
    return best


def _read(line: Line, merged: set[tuple[int, int]], known: dict[Any, Any]) -> None:
    """Read its cells; words that came before are kept once, in `known`."""
    for column in line.sheet.columns:
        at = line.places.get(column.key)
        if at is None:
            continue
        raw = line.raw.get(at)
        if raw is None and (line.number, at) in merged:
            line.find(column.key, "这里是合并单元格。请取消合并，每一格都填上。")
        elif raw is None:
            _empty(line, column)
        else:
            _cell(line, column, raw, known)


def _empty(line: Line, column: Column) -> None:
    if column.required:
        line.find(column.key, "没有填，这一格必须填。")
    else:
        line.values[column.key] = column.default


def _cell(line: Line, column: Column, raw: Raw, known: dict[Any, Any]) -> None:
    if sentence := is_wrong(raw):
        line.find(column.key, sentence)
        return
    try:
        value = column.kind.read(raw)
        line.values[column.key] = known.setdefault(value, value) if type(value) is str else value
    except Wrong as wrong:
        line.find(column.key, str(wrong))


def _twice(line: Line, seen: dict[tuple[Any, ...], int]) -> None:
    if line.findings:
        return
    name = line.name
    if line.sheet.key == "codes" and line.values.get("token"):
        name = (line.values["token"],)
    before = seen.setdefault(name, line.number)
    if before != line.number:
        key = line.sheet.names[-1] if line.sheet.names else ""
        same = f"和第{before}行重复。" if line.sheet.names else "这张表只填一行。"
        line.find(key, same)
