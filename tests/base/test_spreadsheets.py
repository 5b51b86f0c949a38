"""Lists as files: read back as they were given, and no cell reckons, whatever it holds."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest

from server.base import spreadsheets
from server.base.errors import Unavailable
from server.base.spreadsheets import Table, as_csv, as_xlsx, safe_cell

HOSTILE = [
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://x.example","看这里")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u3000=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
]
HARMLESS = ["电梯不动了", "1号楼=1单元", 'a,b;"c"\nd', "261123004701", "😀 <b>", "", "0012"]
NAMES = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def table(*cells: str) -> Table:
    return Table("工单", ("内容", "再来一列"), [(cell, "末尾") for cell in cells], "谁导出的")


def cells_of(content: bytes) -> list[ElementTree.Element]:
    """Every cell of the sheet, as it lies in the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).findall(
            ".//x:c", NAMES
        )


def text_of(cell: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in cell.iter(f"{{{NAMES['x']}}}t"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_that_reaches_for_reckoning_is_stopped(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_cell_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


async def test_csv_comes_back_as_it_was_given_and_nothing_in_it_reckons() -> None:
    content = await as_csv(table(*HOSTILE, *HARMLESS))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["内容", "再来一列"]
    assert rows[-1] == ["谁导出的"]
    hostile = [row[0] for row in rows[1 : len(HOSTILE) + 1]]
    assert [cell[0] for cell in hostile] == ["'"] * len(HOSTILE)
    assert [row[0] for row in rows[len(HOSTILE) + 1 : -1]] == HARMLESS


async def test_every_cell_of_an_xlsx_is_a_text_and_none_a_formula_or_a_link() -> None:
    content = await as_xlsx(table(*HOSTILE, *HARMLESS, "http://x.example"))
    cells = cells_of(content)
    assert {cell.get("t") for cell in cells if text_of(cell)} <= {"inlineStr", "s"}
    assert [cell for cell in cells if cell.find("x:f", NAMES) is not None] == []
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert b"hyperlink" not in book.read("xl/worksheets/sheet1.xml")
        assert not [name for name in book.namelist() if "externalLink" in name]


async def test_an_xlsx_holds_what_was_given() -> None:
    cells = cells_of(await as_xlsx(table("=1+1", "电梯不动了", "0012")))
    said = [text_of(cell) for cell in cells]
    assert said == [
        *("内容", "再来一列"),
        *("=1+1", "末尾"),
        *("电梯不动了", "末尾"),
        *("0012", "末尾"),
        "谁导出的",
    ]


async def test_characters_no_file_may_hold_become_blanks() -> None:
    content = await as_xlsx(table("a\x00b\x0bc\ud800d", "第一行\n第二行"))
    said = [text_of(cell) for cell in cells_of(content)]
    assert "a b c d" in said
    assert "第一行\n第二行" in said


async def test_a_cell_longer_than_any_is_cut() -> None:
    assert len(text_of(cells_of(await as_xlsx(table("字" * 40_000)))[2])) == 32_000


async def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "LIMIT_S", -1.0)
    with pytest.raises(Unavailable):
        await as_xlsx(table("a"))


async def test_too_many_at_once_are_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets._Line, "waiting", spreadsheets.QUEUE + 1)
    with pytest.raises(Unavailable):
        await as_csv(table("a"))
