"""Making workbooks: the empty template, a town in it, the wrong rows of a file with what is wrong.

Every cell is a text, so nothing anybody wrote can reckon; lists of what may be chosen hang on the
columns that have one.
"""

import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

from server.workbook.cells import Raw, Wrong, written
from server.workbook.parsing import Finding, Line, Sent
from server.workbook.sheets import SHEETS, Column, Sheet
from server.workbook.standing import Key, Values

_LISTED_ROWS = 20_000  # as far down as a list can be opened
_WIDTH = 18
_LONGEST = 32_000
_GOOD = "这一行没有错，等这张表里有错的改好一起写入。"

Rows = Mapping[str, Mapping[Key, Values]]


def make_template(rows: Rows | None = None) -> bytes:
    """The workbook to be filled in, with these rows in it already."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"constant_memory": True, "strings_to_formulas": False}) as book:
        _explained(book)
        for sheet in SHEETS:
            page = _page(book, sheet.title, sheet.columns)
            for at, values in enumerate((rows or {}).get(sheet.key, {}).values(), start=1):
                for column, each in enumerate(sheet.columns):
                    said = _shown(each, values)
                    if said:
                        page.write_string(at, column, said)
    return kept.getvalue()


def make_findings(sent: Sent, refused: Collection[str] = ()) -> bytes:
    """What is not written: wrong rows, rows that wait for them, and of sheets in `refused` every
    row. Each wrong cell is coloured, and in the last columns stands where it was and why.

    Put right, it can be sent as it is.
    """
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"constant_memory": True, "strings_to_formulas": False}) as book:
        red = book.add_format({"bg_color": "#FFD9D6", "text_wrap": True})
        yellow = book.add_format({"bg_color": "#FFF3D1", "text_wrap": True})
        told = book.add_format({"font_color": "#A11B12", "text_wrap": True})
        left = {
            sheet.key: [
                line
                for line in sent.lines.get(sheet.key, ())
                if line.findings or sheet.key in refused
            ]
            for sheet in SHEETS
        }
        _overview(book, sent.broken)
        for sheet in SHEETS:
            if not left[sheet.key]:
                continue
            columns = _sent_columns(sheet, left[sheet.key])
            page = _page(book, sheet.title, columns)
            page.write_string(0, len(columns), "原来第几行", told)
            page.write_string(0, len(columns) + 1, "哪里不对", told)
            page.set_column(len(columns) + 1, len(columns) + 1, 60)
            for at, line in enumerate(left[sheet.key], start=1):
                _left_line(page, at, line, columns, (red, yellow, told))
    return kept.getvalue()


def _overview(book: Any, broken: Iterable[Finding]) -> None:
    page = book.add_worksheet("说明")
    page.set_column(0, 0, 100)
    said = "这里是没有写入的行。红色的格子要改，最后一列说明怎么改；黄色的不用动，等红色的改好。"
    page.write_string(0, 0, said)
    page.write_string(1, 0, "改好以后，把这个文件直接再传一次；已经写入的不会变。")
    for at, finding in enumerate(broken, start=3):
        page.write_string(at, 0, str(finding))


def _sent_columns(sheet: Sheet, lines: Sequence[Line]) -> tuple[Column, ...]:
    """The columns the file had: an empty one more would empty what stands. Of outlines from
    GeoJSON those of which any says something."""
    sent = lines[0].places.keys() or {key for line in lines for key in line.values}
    return tuple(column for column in sheet.columns if column.required or column.key in sent)


def _left_line(
    page: Any, at: int, line: Line, columns: Sequence[Column], inks: tuple[Any, Any, Any]
) -> None:
    *colours, told = inks  # of what is wrong, of what waits; of the words behind
    marks = {finding.heading: colours[finding.follows] for finding in line.findings}
    for column, each in enumerate(columns):
        where = line.places.get(each.key)
        raw = line.raw.get(where) if where is not None else None
        said = _as_typed(raw) if line.raw else _shown(each, line.values)
        mark = marks.get(each.heading)
        if said:
            page.write_string(at, column, said, mark)
        elif mark:
            page.write_blank(at, column, None, mark)
    page.write_string(at, len(columns), str(line.number), told)
    said = " ".join(
        f"{finding.heading}：{finding.sentence}" if finding.heading else finding.sentence
        for finding in line.findings
    )
    page.write_string(at, len(columns) + 1, (said or _GOOD)[:_LONGEST], told)


def _as_typed(raw: Raw) -> str:
    """What stood in the cell, as far as a cell may hold it."""
    try:
        return written(raw, _LONGEST)
    except Wrong:
        return str(raw)[:_LONGEST]


def _shown(column: Column, values: Values) -> str:
    """The cell as it is read again; nothing where the row says nothing."""
    value = values.get(column.key)
    if column.key not in values or value == [] or (value is None and not column.required):
        return ""
    return column.kind.show(value)[:_LONGEST]


def _page(book: Any, title: str, columns: Sequence[Column]) -> Any:
    page = book.add_worksheet(title)
    must = book.add_format({"bold": True, "bg_color": "#DCE9F7", "num_format": "@"})
    may = book.add_format({"bg_color": "#EEF2F6", "num_format": "@"})
    as_text = book.add_format({"num_format": "@"})
    page.freeze_panes(1, 0)
    page.set_column(0, len(columns) - 1, _WIDTH, as_text)
    for at, column in enumerate(columns):
        heading = f"{column.heading}*" if column.required else column.heading
        page.write_string(0, at, heading, must if column.required else may)
        if column.kind.choices:
            # A list of more than 255 characters would be left out by Excel; none of ours is.
            rule = {"validate": "list", "source": list(column.kind.choices)}
            rule |= {"error_type": "warning"}
            page.data_validation(1, at, _LISTED_ROWS, at, rule)
    return page


_HOW = (
    "一张表一样东西，从左到右填；带*的列必须填，其他可以空着。表名和列名不要改，用不到的表留空或删掉。",
    "先填“区划”“网格”，再填里面的小区、楼栋、单元、房屋；先填“单位”“人员”，再填“岗位”。",
    "地方用编码称呼：区划和网格用正式编码，里面的用“网格编码-编号”，比如1506030019011001-b01-u1。",
    "编码、电话这样的长数字，请把单元格设成“文本”。不要合并单元格，不要用公式。",
    "同一个文件可以传几次：已经有的不会重复，改过的格子会更新，表里没有的行不会删除。",
)


def _explained(book: Any) -> None:
    """The first sheet: how to fill in the others, column by column, each with an example."""
    page = book.add_worksheet("说明")
    bold = book.add_format({"bold": True})
    for column, width in enumerate((12, 14, 8, 60, 40)):
        page.set_column(column, column, width)
    for at, sentence in enumerate(_HOW):
        page.write_string(at, 0, sentence)
    at = len(_HOW) + 1
    for column, heading in enumerate(("表", "列", "必填", "怎么填", "例")):
        page.write_string(at, column, heading, bold)
    for sheet in SHEETS:
        for nth, each in enumerate(sheet.columns):
            at += 1
            few = "、".join(each.kind.choices) if len(each.kind.choices) <= 15 else "从列表里选"
            how = "；".join(part for part in (each.hint, few) if part)
            if nth == 0 and sheet.about:
                how = "；".join(part for part in (sheet.about, how) if part)
            said = (sheet.title, each.heading, "必填" if each.required else "", how, each.example)
            for column, told in enumerate(said):
                page.write_string(at, column, told)
