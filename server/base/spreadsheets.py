"""Lists as the files offices open: CSV and xlsx, in which nobody's words can become a formula.

Made beside the loop, one at a time, a few waiting, each within its time.
"""

import asyncio
import csv
import io
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import xlsxwriter

from server.base.errors import Unavailable

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
QUEUE = 3
LIMIT_S = 20.0
_BOM = "\ufeff"  # by which Excel knows that it is UTF-8
# What makes a spreadsheet reckon instead of show, also as a Chinese keyboard types it.
_REACHES_FOR = frozenset("=+-@\t\r\n＝＋－＠")
_NOT_SEEN = " \u00a0\u3000\u200b\ufeff"
_LONGEST_CELL = 32_000  # a cell of xlsx holds 32,767
_COLUMN_WIDTH = 18
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="spreadsheet")

Rows = Iterable[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A list to be given away: what its columns are called, its rows, a line below them."""

    title: str
    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]
    note: str = ""


class _Line:
    """How many wait for the thread."""

    waiting = 0


async def as_csv(table: Table) -> bytes:
    """UTF-8 with its mark, every cell in quotes. Raises Unavailable where too many wait."""
    return await _beside(_csv, table)


async def as_xlsx(table: Table) -> bytes:
    """One sheet, every cell a text. Raises Unavailable where too many wait or it takes too long."""
    return await _beside(_xlsx, table)


def safe_cell(text: str) -> str:
    """The text as CSV may hold it: what would be reckoned gets a mark before it that stops that."""
    bare = text.lstrip(_NOT_SEEN)
    return f"'{text}" if bare[:1] in _REACHES_FOR and bare else text


def _csv(table: Table, until: float) -> bytes:
    kept = io.StringIO()
    writer = csv.writer(kept, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in _lines(table, until):
        writer.writerow([safe_cell(_tidy(cell)) for cell in row])
    return (_BOM + kept.getvalue()).encode()


def _xlsx(table: Table, until: float) -> bytes:
    kept = io.BytesIO()
    # Row by row to a temporary file: a long list takes no more memory than a short one.
    with xlsxwriter.Workbook(kept, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(table.title)
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(table.headings) - 1, _COLUMN_WIDTH)
        for at, row in enumerate(_lines(table, until)):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, _tidy(cell), bold if at == 0 else None)
    return kept.getvalue()


def _lines(table: Table, until: float) -> Iterable[Sequence[str]]:
    """Headings, rows and the line below, as long as there is time."""
    yield table.headings
    for row in table.rows:
        if time.monotonic() > until:
            raise Unavailable(retry_after_s=60)
        yield row
    if table.note:
        yield (table.note,)


def _tidy(text: str) -> str:
    """Without characters that no file may hold; line breaks stay."""
    kept = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    return kept[:_LONGEST_CELL]


async def _beside(make: Callable[[Table, float], bytes], table: Table) -> bytes:
    if _Line.waiting > QUEUE:
        raise Unavailable(retry_after_s=10)
    _Line.waiting += 1
    try:
        until = time.monotonic() + LIMIT_S
        return await asyncio.get_running_loop().run_in_executor(_thread, make, table, until)
    finally:
        _Line.waiting -= 1
