"""Workbooks as offices send them, made cell by cell; and reading what comes back."""

import io
import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import xlsxwriter

from server import workbook
from server.workbook import Checked, Sent, Written

DIVISIONS = (
    ("编码*", "名称*", "级别*", "启用日期*"),
    ("150600", "鄂尔多斯市", "盟市", "2016-07-01"),
    ("150603", "康巴什区", "旗县区", "2016-07-01"),
    ("150603001", "哈巴格希街道", "街道乡镇", "2016-07-01"),
    ("150603001901", "湖畔社区", "社区村", "2016-07-01"),
)
SQUARE = "109.78,39.6 109.79,39.6 109.79,39.61 109.78,39.61"
GRIDS = (
    ("编码", "名称", "类型", "户数", "边界"),
    ("1506030019011001", "第一网格", "基础网格", "420", SQUARE),
)
BUILDINGS = (
    ("所在网格", "编号", "名称", "所属小区", "层数", "电梯数", "经度", "纬度"),
    ("1506030019011001", "b01", "1号楼", None, "11", "2", "109.785", "39.605"),
    ("1506030019011001", "b02", "2号楼", None, "11", "2", "109.786", "39.605"),
)
GROUND = {"区划": DIVISIONS, "网格": GRIDS, "楼栋": BUILDINGS}
STAFF = {
    "单位": (("名称", "类型", "服务范围"), ("湖畔居委会", "社区", "150603001901")),
    "人员": (("工号", "姓名"), ("wang01", "王敏"), ("li02", "李强"), ("chen03", "陈静")),
    "岗位": (
        ("单位", "岗位", "管辖范围", "序号", "任职人", "负责范围"),
        ("湖畔居委会", "网格员", "1506030019011001", "1", "wang01", "1506030019011001"),
    ),
    "值班": (
        ("单位", "岗位", "管辖范围", "序号", "日子", "开始", "结束"),
        ("湖畔居委会", "网格员", "1506030019011001", "1", "每天", "08:00", "12:00"),
        ("湖畔居委会", "网格员", "1506030019011001", "1", "每天", "14:00", "20:00"),
    ),
}
_DUTY_POST = ("湖畔居委会", "24小时值班", "150603001901", "1")
TURNS = {
    "岗位": (
        *STAFF["岗位"],
        (*_DUTY_POST, "wang01、li02", "150603001901"),
    ),
    "轮班": (
        (
            *STAFF["值班"][0][:4],
            "人员",
            "班次",
            "从哪天起",
            "开始",
            "结束",
            "几天一轮",
            "到哪天为止",
        ),
        (*_DUTY_POST, "wang01", "白班", "2026-12-01", "08:00", "20:00", "2", "2099-06-30"),
        (*_DUTY_POST, "li02", "夜班", "2026-12-01", "20:00", "08:00", "2", None),
    ),
    "请假": (
        ("人员", "从", "到", "代班人"),
        ("wang01", "2099-01-02 08:30", "2099-01-05 18:00", "li02"),
        ("wang01", "2099-02-02 08:30", "2099-02-05 18:00", None),
    ),
}


def a_workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], **merged: str) -> bytes:
    """A workbook with these sheets; words that begin with = are formulas, `merged` by title."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        for title, rows in sheets.items():
            page = book.add_worksheet(title)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
            if title in merged:
                page.merge_range(merged[title], "")
    return kept.getvalue()


def changed(
    rows: Sequence[Sequence[Any]], row: int, column: int, value: Any
) -> tuple[tuple[Any, ...], ...]:
    """The same rows with another value in one cell; both counted from 0."""
    copied = [list(each) for each in rows]
    copied[row][column] = value
    return tuple(tuple(each) for each in copied)


def xml_of(content: bytes, part: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(part).decode()


def _packing(kept: io.BytesIO) -> zipfile.ZipFile:
    return zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED)


def put_into(content: bytes, part: str, text: str) -> bytes:
    """The same workbook with another part in it."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, _packing(kept) as other:
        for name in packed.namelist():
            other.writestr(name, text if name == part else packed.read(name))
    return kept.getvalue()


async def checked(content: bytes, *, whole: bool = True, crs: str = "wgs84") -> Checked:
    sent = workbook.open_file(content)
    return workbook.check(sent, await workbook.survey(), whole=whole, crs=crs)


async def brought_in(content: bytes, *, whole: bool = True, crs: str = "wgs84") -> Written:
    return await workbook.write(await checked(content, whole=whole, crs=crs))


def told(found: Checked) -> list[str]:
    return [str(finding) for finding in found.findings]


def words_of(sent: Sent, refused: Collection[str] = ()) -> str:
    """All words in the workbook of what is not written."""
    content = workbook.make_findings(sent, refused)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        pages = [packed.read(name).decode() for name in packed.namelist() if "sheets/" in name]
    return " ".join(re.findall(r"<t[^>]*>([^<]*)</t>", "".join(pages)))
